import { type ReactNode, useState } from "react";
import type { FindingTold, ToDecide } from "~/contract/api";
import { Button, Field, FormDialog } from "../kit";
import type { PanelProps } from "../panel";
import { useDeciding } from "./useDeciding";

type Props = Pick<PanelProps, "desk" | "session" | "mapId"> & { one: FindingTold; away: () => void };

/** What is done with a finding: accepted, dismissed with a reason, put off until a day, or opened again. */
export function Deciding({ desk, session, mapId, one, away }: Props) {
  const [asks, setAsks] = useState<"dismiss" | "snooze">();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const deciding = useDeciding({ session, mapId }, (decision) => {
    setAsks(undefined);
    if (decision === "dismiss" || decision === "snooze") away();
  });
  const decide = (decision: string, said: Partial<ToDecide> = {}) =>
    deciding.mutate({ finding: one, body: { decision, reason: "", ...said } as ToDecide });
  const close = () => {
    setAsks(undefined);
    deciding.reset();
  };
  const made = one.decision?.decision;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {made !== "accept" && (
          <Button kind="primary" icon="check" busy={deciding.isPending && !asks} onClick={() => decide("accept")}>
            Accept
          </Button>
        )}
        {made && (
          <Button icon="undo" busy={deciding.isPending && !asks} onClick={() => decide("reopen")}>
            Open again
          </Button>
        )}
        {made !== "dismiss" && (
          <Button icon="archive" onClick={() => setAsks("dismiss")}>
            Dismiss…
          </Button>
        )}
        {made !== "snooze" && (
          <Button icon="timer" onClick={() => setAsks("snooze")}>
            Put off…
          </Button>
        )}
        {desk.offers("decisions") && (
          <Button icon="goal" onClick={() => desk.show("decisions", { new: { finding: one.id } })}>
            Make an initiative
          </Button>
        )}
      </div>
      {deciding.isError && !asks && (
        <p role="alert" className="mt-2 text-sm text-coral">
          {deciding.error.message}
        </p>
      )}
      {asks === "dismiss" && (
        <Asking
          title="Dismiss this finding"
          does="Dismiss"
          about="It is no longer listed, for everybody. Whoever meets it next reads why."
          deciding={deciding}
          send={() => decide("dismiss", { reason })}
          close={close}
        >
          <Field label="Why?" multiline required maxLength={4000} value={reason} onChange={setReason} />
        </Asking>
      )}
      {asks === "snooze" && (
        <Asking
          title="Put this finding off"
          does="Put off"
          about="It is listed again from this day on."
          deciding={deciding}
          send={() => decide("snooze", { until, reason })}
          close={close}
        >
          <Field label="Until" type="date" required min={tomorrow()} value={until} onChange={setUntil} />
          <Field label="Why? (can be left empty)" maxLength={4000} value={reason} onChange={setReason} />
        </Asking>
      )}
    </>
  );
}

function Asking({
  title,
  does,
  about,
  deciding,
  send,
  close,
  children,
}: {
  title: string;
  does: string;
  about: string;
  deciding: ReturnType<typeof useDeciding>;
  send: () => void;
  close: () => void;
  children: ReactNode;
}) {
  const sending = { mutate: send, isPending: deciding.isPending, error: deciding.error };
  return (
    <FormDialog title={title} about={about} does={does} sending={sending} onClose={close}>
      {children}
    </FormDialog>
  );
}

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}
