import { useState } from "react";
import type { InitiativeTold, StatusMove } from "~/contract/api";
import { WAYS } from "~/overlay/decisions";
import { Field, FormDialog } from "../kit";
import { type Page, useInitiatives } from "./useInitiatives";

const ABOUT: Record<string, string> = {
  running:
    "From its start on, target, baseline, roll-out and dates stay as they are: a goal that moves can always be met.",
  finished: "It is done, and what it changed stays. Later data go on telling whether it helped.",
  stopped: "It is given up. The reason stays written down, for those who would try it again.",
};

/** Asks what has to be known before an initiative goes on: the day, and why it is stopped. */
export function MoveQuestion({
  one,
  to,
  onClose,
  ...page
}: { one: InitiativeTold; to: string; onClose: () => void } & Page) {
  const [on, setOn] = useState(one.status !== "running" && one.starts_on ? one.starts_on : "");
  const [reason, setReason] = useState("");
  const { move } = useInitiatives(page, onClose);
  const mutate = () =>
    move.mutate({ id: one.id, body: { to: to as StatusMove["to"], ...(on && { on }), ...(reason && { reason }) } });
  return (
    <FormDialog
      title={`${WAYS[to]!.does} “${one.title}”`}
      about={ABOUT[to]}
      does={WAYS[to]!.does}
      sending={{ ...move, mutate }}
      onClose={onClose}
    >
      <Field
        label={to === "running" ? "First day" : "Last day"}
        type="date"
        value={on}
        onChange={setOn}
        hint="Today when nothing is said."
      />
      {to === "stopped" && <Field label="Why it is stopped" multiline value={reason} onChange={setReason} required />}
    </FormDialog>
  );
}
