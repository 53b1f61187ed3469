import type { FindingTold } from "~/contract/api";
import { Button } from "../kit";
import type { PanelProps } from "../panel";
import type { Away } from "./PutAway";
import { useDeciding } from "./useDeciding";

export type FindingProps = Pick<PanelProps, "desk" | "session" | "mapId"> & {
  one: FindingTold;
  /** The list is being asked for anew. */
  asking: boolean;
  /** Asks what has to be known before it is put away. */
  putAway: (as: Away) => void;
};

/** What is done with a finding: accepted, dismissed with a reason, put off until a day, or opened again. */
export function Deciding({ desk, session, mapId, one, asking, putAway }: FindingProps) {
  const deciding = useDeciding({ session, mapId });
  const decide = (decision: "accept" | "reopen") => deciding.mutate({ finding: one, body: { decision } });
  // A second click would decide once more until the list tells what the first one did.
  const untold = deciding.isSuccess && asking && deciding.variables.finding === one;
  const busy = deciding.isPending || untold;
  const made = one.decision?.decision;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {made !== "accept" && (
          <Button kind="primary" icon="check" busy={busy} onClick={() => decide("accept")}>
            Accept
          </Button>
        )}
        {made && (
          <Button icon="undo" busy={busy} onClick={() => decide("reopen")}>
            Open again
          </Button>
        )}
        {made !== "dismiss" && (
          <Button icon="archive" onClick={() => putAway("dismiss")}>
            Dismiss…
          </Button>
        )}
        {made !== "snooze" && (
          <Button icon="timer" onClick={() => putAway("snooze")}>
            Put off…
          </Button>
        )}
        {desk.offers("decisions") && (
          <Button icon="goal" onClick={() => desk.show("decisions", { new: { finding: one.id } })}>
            Make an initiative
          </Button>
        )}
      </div>
      {deciding.isError && (
        <p role="alert" className="mt-2 text-sm text-coral">
          {deciding.error.message}
        </p>
      )}
    </>
  );
}
