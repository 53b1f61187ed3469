import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FindingDecision, FindingTold } from "~/contract/api";
import { ask } from "~/session/api";
import { Button, Fault } from "../kit";
import { ago, instant } from "../when";

const FEW = 1;
const DID: Record<string, string> = { accept: "accepted it", dismiss: "dismissed it", reopen: "opened it again" };

/** Who decided what about a finding, and why: the last decision, and all on request. Nothing where nobody did. */
export function Made({ one, mapId }: { one: FindingTold; mapId: string }) {
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["decisions", mapId, one.id, one.decision?.at ?? ""],
    queryFn: () =>
      ask("GET /api/maps/{map_id}/findings/{finding_id}/decisions", { path: { map_id: mapId, finding_id: one.id } }),
    staleTime: 0, // the list says when another one holds; one that was opened again has none, as before
  });
  const made = data ?? (one.decision ? [one.decision] : []);
  const fault = error && <Fault says={error.message} retry={() => void refetch()} />;
  if (!made.length) return fault;
  return (
    <div className="rounded-lg bg-sunken px-3.5 py-2.5 text-sm">
      <ol aria-label="What was decided" className="space-y-1.5">
        {made.slice(0, all ? undefined : FEW).map((decision) => (
          <li key={`${decision.at} ${decision.decision}`} className="break-words">
            <b className="font-semibold">{decision.who || "Somebody"}</b> {didOf(decision)}{" "}
            <time dateTime={decision.at} data-tip={instant(decision.at)} className="text-ink-soft">
              {ago(decision.at)}
            </time>
            {decision.reason && `, because: ${decision.reason}`}
          </li>
        ))}
      </ol>
      {made.length > FEW && (
        <Button kind="quiet" size="sm" className="mt-1 -ml-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Only the last" : `All ${made.length} decisions`}
        </Button>
      )}
      {fault}
    </div>
  );
}

function didOf({ decision, until }: FindingDecision): string {
  return decision === "snooze" ? `put it off until ${until}` : (DID[decision] ?? decision);
}
