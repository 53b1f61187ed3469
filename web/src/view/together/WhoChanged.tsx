import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "~/session/api";
import { Avatar, Button, Fault } from "../kit";
import { ago, instant } from "../when";
import { worksOf } from "./edits";
import { useTogether } from "./useTogether";

const FEW = 1;

/** Who changed a record ("": the map's head), what of it, and when: the last one, and all on request. */
export function WhoChanged({ id }: { id: string }) {
  const together = useTogether();
  const [all, setAll] = useState(false);
  const mapId = together?.mapId ?? "";
  const edits = useQuery({
    queryKey: ["edits", mapId, id],
    queryFn: () => ask("GET /api/maps/{map_id}/edits", { path: { map_id: mapId }, query: { record: id, most: "200" } }),
    enabled: mapId !== "",
    staleTime: 2_000,
  });
  if (!together) return null;
  if (edits.isError) return <Fault says={edits.error.message} retry={() => void edits.refetch()} />;
  const works = worksOf(edits.data ?? []);
  if (!works.length)
    return edits.data ? <p className="text-sm text-ink-soft">Nobody has changed this here yet.</p> : null;
  return (
    <div>
      <ol aria-label="Who changed this" className="space-y-2">
        {works.slice(0, all ? undefined : FEW).map((one) => (
          <li key={`${one.at} ${one.by}`} className="flex items-start gap-2 text-sm">
            <Avatar name={one.by || "?"} size="xs" />
            <p className="min-w-0 flex-1 text-ink-soft">
              <span className="font-medium text-ink">{one.by || "Somebody who left"}</span> changed{" "}
              {one.fields.join(", ")}{" "}
              <time dateTime={one.at} data-tip={instant(one.at)} className="text-ink-faint">
                {ago(one.at)}
              </time>
            </p>
          </li>
        ))}
      </ol>
      {works.length > FEW && (
        <Button kind="quiet" size="sm" className="mt-1 -ml-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Only the last" : `All ${works.length} changes`}
        </Button>
      )}
    </div>
  );
}
