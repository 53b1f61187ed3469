import { useState } from "react";
import type { InitiativeEdit, InitiativeTold } from "~/contract/api";
import { Field, FormDialog } from "../kit";
import { type Page, useInitiatives } from "./useInitiatives";

/** Changes what an initiative says; of one that has begun only what no verdict rests on. */
export function EditTarget({ one, onClose, ...page }: { one: InitiativeTold; onClose: () => void } & Page) {
  const share = one.target.baseline?.unit === "share";
  const size = (value: number | null) =>
    value === null ? "" : String(share ? Number((value * 100).toFixed(6)) : value);
  const [said, setSaid] = useState({
    title: one.title,
    owner: one.owner,
    hypothesis: one.hypothesis,
    expected: size(one.target.expected),
    smallest: size(one.target.smallest),
    startsOn: one.starts_on ?? "",
    endsOn: one.ends_on ?? "",
  });
  const field = (name: keyof typeof said) => ({
    value: said[name],
    onChange: (value: string) => setSaid((now) => ({ ...now, [name]: value })),
  });
  const { edit } = useInitiatives(page, onClose);
  const number = (text: string) => (text.trim() ? Number(text) / (share ? 100 : 1) : null);
  const free: InitiativeEdit = { title: said.title, owner: said.owner };
  const body: InitiativeEdit = one.began
    ? free
    : {
        ...free,
        hypothesis: said.hypothesis,
        starts_on: said.startsOn || null,
        ends_on: said.endsOn || null,
        target: { expected: number(said.expected), smallest: number(said.smallest) },
      };
  const unit = share ? "In percentage points." : "In the measure’s unit.";
  return (
    <FormDialog
      title="Change the initiative"
      about={one.began ? "It has begun, so its target, baseline, roll-out and dates stay as they are." : undefined}
      does="Save"
      sending={{ ...edit, mutate: () => edit.mutate({ id: one.id, body }) }}
      onClose={onClose}
    >
      <Field label="What is to be done" required maxLength={200} {...field("title")} />
      <Field label="Owner" maxLength={200} {...field("owner")} />
      {!one.began && (
        <>
          <Field label="Why it should work" multiline {...field("hypothesis")} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Expected effect" type="number" min={0} step="any" hint={unit} {...field("expected")} />
            <Field label="Smallest that matters" type="number" min={0} step="any" hint={unit} {...field("smallest")} />
            <Field label="Planned first day" type="date" {...field("startsOn")} />
            <Field label="Planned last day" type="date" {...field("endsOn")} />
          </div>
        </>
      )}
    </FormDialog>
  );
}
