import { useMemo } from "react";
import type { CardGraded } from "~/contract/api";
import { useAnswer } from "../useAnswer";

/** How far the map may be believed; nothing is asked where it is not `wanted`. */
export function useTruth(mapId: string, wanted = true) {
  return useAnswer(wanted ? { operation: "GET /api/maps/{map_id}/truth", path: { map_id: mapId } } : undefined);
}

/** How well each card is grounded, by its id. */
export function useGrades(mapId: string, wanted: boolean): ReadonlyMap<string, CardGraded> {
  const { answer } = useTruth(mapId, wanted);
  return useMemo(() => new Map(answer?.cards.map((one) => [one.card, one])), [answer]);
}
