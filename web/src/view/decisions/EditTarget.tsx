import { useState } from "react";
import type { InitiativeTold } from "~/contract/api";
import { Field, FormDialog } from "../kit";
import { changedIn, type Fields, fieldsOf } from "./editing";
import { type Page, useInitiatives } from "./useInitiatives";

/** Changes what an initiative says; of one that has begun only what no verdict rests on. */
export function EditTarget({ one, onClose, ...page }: { one: InitiativeTold; onClose: () => void } & Page) {
  const [share] = useState(one.target.baseline?.unit === "share"); // a baseline that comes meanwhile changes no field
  const [was] = useState(() => fieldsOf(one, share));
  const [said, setSaid] = useState(was);
  const field = (name: keyof Fields) => ({
    value: said[name],
    onChange: (value: string) => setSaid((had) => ({ ...had, [name]: value })),
  });
  const now = one.began ? { ...was, title: said.title, owner: said.owner } : said;
  const { edit } = useInitiatives(page, onClose);
  const unit = share ? "In percentage points." : "In the measure’s unit.";
  return (
    <FormDialog
      title="Change the initiative"
      about={one.began ? "It has begun, so its target, baseline, roll-out and dates stay as they are." : undefined}
      does="Save"
      sending={{ ...edit, mutate: () => edit.mutate({ id: one.id, body: changedIn(was, now, share) }) }}
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
