import { useMutation } from "@tanstack/react-query";
import type { FindingTold, ToDecide } from "~/contract/api";
import { ask } from "~/session/api";
import type { MapSession } from "~/session/session";
import { announce, announceFault } from "../kit";

interface Asked {
  session: MapSession;
  mapId: string;
}

const DONE: Record<string, string> = {
  accept: "Accepted",
  dismiss: "Dismissed",
  snooze: "Put off",
  reopen: "Open again",
};

/** Says what is done with a finding; everybody's list is asked again. */
export function useDeciding({ session, mapId }: Asked, done: (decision: string) => void) {
  const deciding = useMutation({
    mutationFn: ({ finding, body }: { finding: FindingTold; body: ToDecide }) =>
      ask("POST /api/maps/{map_id}/findings/{finding_id}/decision", {
        path: { map_id: mapId, finding_id: finding.id },
        body,
      }),
    onSuccess: (made, { finding }) => {
      const away = made.decision === "dismiss" || made.decision === "snooze";
      const again = () => deciding.mutate({ finding, body: { decision: "reopen" } as ToDecide });
      announce(`${DONE[made.decision]}: ${finding.title}`, away ? { action: { title: "Undo", run: again } } : {});
      session.answers.stale();
      done(made.decision);
    },
  });
  return deciding;
}

/** Says how much work it would be; null: nobody knows. */
export function useEstimating({ session, mapId }: Asked) {
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
    onError: announceFault,
  });
}
