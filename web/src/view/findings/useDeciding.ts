import { useMutation } from "@tanstack/react-query";
import type { FindingTold, ToDecide } from "~/contract/api";
import { ask } from "~/session/api";
import type { MapSession } from "~/session/session";
import { announce, announceFault } from "../kit";

interface Asked {
  session: MapSession;
  mapId: string;
}

interface Decision {
  finding: FindingTold;
  body: ToDecide;
}

const DONE: Record<string, string> = {
  accept: "Accepted",
  dismiss: "Dismissed",
  snooze: "Put off",
  reopen: "Open again",
};

/** Says what is done with a finding; everybody's list is asked again. `away`: it was put away, which can be undone. */
export function useDeciding({ session, mapId }: Asked, away?: () => void) {
  const decide = async ({ finding, body }: Decision) => {
    const path = { map_id: mapId, finding_id: finding.id };
    const made = await ask("POST /api/maps/{map_id}/findings/{finding_id}/decision", { path, body });
    const put = made.decision === "dismiss" || made.decision === "snooze";
    const undo = () => void decide({ finding, body: { decision: "reopen" } }).catch(announceFault);
    announce(`${DONE[made.decision]}: ${finding.title}`, put ? { action: { title: "Undo", run: undo } } : {});
    session.answers.stale();
    return put;
  };
  return useMutation({ mutationFn: decide, onSuccess: (put) => put && away?.() });
}

/** Says how much work it would be; null: nobody knows. `failed`: that was not kept. */
export function useEstimating({ session, mapId }: Asked, failed: (finding: FindingTold) => void) {
  return useMutation({
    mutationFn: ({ finding, effort }: { finding: FindingTold; effort: number | null }) =>
      ask("PUT /api/maps/{map_id}/findings/{finding_id}/effort", {
        path: { map_id: mapId, finding_id: finding.id },
        body: { effort },
      }),
    onSuccess: ({ effort }, { finding }) => {
      announce(effort === null ? `Effort not estimated: ${finding.title}` : `Effort ${effort}: ${finding.title}`);
      session.answers.stale();
    },
    onError: (fault, { finding }) => {
      announceFault(fault);
      failed(finding);
    },
  });
}
