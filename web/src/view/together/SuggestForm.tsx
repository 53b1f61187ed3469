import { useState } from "react";
import type { Desk } from "~/commands/command";
import type { Fields } from "~/maps/shape";
import { SUGGESTED, suggestable } from "~/maps/suggestions";
import type { MapSession } from "~/session/session";
import { Button, Field, Select } from "../kit";
import { placeOf } from "./places";
import { besideOf } from "./shared";
import { useMe } from "./useTogether";

/** Other words for a record, for somebody who may edit to accept. */
export function SuggestForm({
  desk,
  session,
  id,
  done,
  bare = false,
}: {
  desk: Desk;
  session: MapSession;
  id: string;
  done?: () => void;
  /** Without a ground of its own. */
  bare?: boolean;
}) {
  const me = useMe(session);
  const record = session.map.get(id) as unknown as (Fields & { section: string }) | undefined;
  const fields = suggestable(record?.section ?? "");
  const [field, setField] = useState(fields[0]!);
  const was = String(record?.[field] ?? "");
  const [typed, setTyped] = useState<string>();
  const value = typed ?? was;
  if (!me || !record || record.deleted) return null;
  const choose = (next: string) => {
    setField(next);
    setTyped(undefined);
  };
  const send = () => {
    besideOf(session.map).suggestions.suggest({ at: id, field, value: value.trim(), was }, me);
    setTyped(undefined);
    done?.();
    desk.announce("Your suggestion is there. Somebody who may edit decides.");
  };
  const { name } = placeOf(session.map, id);
  return (
    <form
      aria-label={`Suggest for ${name}`}
      className={`space-y-2.5 ${bare ? "" : "rounded-lg bg-sunken p-3"}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="text-sm text-ink-soft">
        Suggest other words for <span className="font-medium text-ink">“{name}”</span>
      </p>
      {fields.length > 1 && (
        <Select
          label="What"
          value={field}
          options={fields.map((one) => ({ value: one, title: SUGGESTED[one] ?? one }))}
          onChange={choose}
        />
      )}
      <Field
        label={SUGGESTED[field] ?? field}
        multiline
        rows={2}
        value={value}
        maxLength={4000}
        onChange={setTyped}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <Button type="submit" kind="primary" size="sm" icon="suggest" disabled={value.trim() === was.trim()}>
        Suggest
      </Button>
    </form>
  );
}
