import { useState } from "react";
import type { FindingTold, ToDecide } from "~/contract/api";
import { Field, FormDialog } from "../kit";
import type { PanelProps } from "../panel";
import { useDeciding } from "./useDeciding";

export type Away = "dismiss" | "snooze";

type Props = Pick<PanelProps, "session" | "mapId"> & {
  one: FindingTold;
  as: Away;
  close: () => void;
  /** It is no longer listed. */
  away: () => void;
};

/** Asks why a finding is dismissed, or until when it is put off. It stays open, whatever becomes of the list below. */
export function PutAway({ session, mapId, one, as, close, away }: Props) {
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const deciding = useDeciding({ session, mapId }, away);
  const send = (body: ToDecide) => ({ ...deciding, mutate: () => deciding.mutate({ finding: one, body }) });
  if (as === "dismiss")
    return (
      <FormDialog
        title="Dismiss this finding"
        does="Dismiss"
        about="It is no longer listed, for everybody. Whoever meets it next reads why."
        sending={send({ decision: "dismiss", reason })}
        onClose={close}
      >
        <Field label="Why?" multiline required maxLength={4000} value={reason} onChange={setReason} />
      </FormDialog>
    );
  return (
    <FormDialog
      title="Put this finding off"
      does="Put off"
      about="It is listed again from this day on."
      sending={send({ decision: "snooze", until, reason })}
      onClose={close}
    >
      <Field label="Until" type="date" required min={tomorrow()} value={until} onChange={setUntil} />
      <Field label="Why? (can be left empty)" maxLength={4000} value={reason} onChange={setReason} />
    </FormDialog>
  );
}

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}
