import { partOf } from "~/overlay/flow/whose";
import type { Top } from "~/overlay/more";
import { orEarlier, useAnswer } from "../useAnswer";
import type { FlowPage } from "./flow";

type Paths = "GET /api/maps/{map_id}/paths/routes" | "GET /api/maps/{map_id}/paths/edges";

/** The most frequent routes or moves of a group; a shorter list stays in sight until a longer one comes. */
export function usePaths<K extends Paths>(operation: K, page: FlowPage, group: string | undefined, top: Top) {
  const part = group === undefined ? undefined : partOf(group, page.period);
  const question = (rows: number) =>
    part && { operation, path: { map_id: page.mapId }, query: { top: String(rows), ...part } };
  const shorter = useAnswer(question(top.before));
  return orEarlier(useAnswer(question(top.now)), shorter);
}
