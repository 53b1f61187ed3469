import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { addRecord, KINDS, nameOf } from "~/maps/kinds";
import type { Fields, Section, Stored } from "~/maps/shape";
import { Button, IconButton } from "../../kit/Button";
import { BOX } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import { useFocusBack } from "../../kit/useFocusBack";
import { useMap, useSection } from "../../useMap";
import { Line } from "./Line";
import { usePlace } from "./place";
import { removing } from "./removing";
import { Shown } from "./TextField";

interface Props {
  field: string;
  label: string;
  /** Which records can be named. */
  section: Section;
  hint?: string;
  /** What it means when nothing is chosen. */
  none?: string;
}

const NEW = "\u0000new";

/** One record that this one names: chosen from a list, or made on the spot. */
export function RefField({ field, label, section, hint, none = "None" }: Props): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const options = useSection(section);
  const map = useMap();
  const id = useId();
  const value = String(fields[field] ?? "");
  const gone = value !== "" && !options.some((one) => one.id === value);
  if (!mayEdit) return <Shown short label={label} says={value && nameOf(map.get(value))} />;
  return (
    <Line label={label} id={id} hint={hint}>
      <ChooseOrMake
        {...{ id, section, options, value }}
        made={(to) => ({ [field]: to })}
        onChoose={(to) => put({ [field]: to || undefined })}
      >
        <option value="">{none}</option>
        {gone && <option value={value}>{nameOf(map.get(value))} (deleted)</option>}
      </ChooseOrMake>
    </Line>
  );
}

/** Several records that this one names: chips, and a list to add from. */
export function RefsField({ field, label, section, hint, none }: Props): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const options = useSection(section);
  const map = useMap();
  const id = useId();
  const ids = (fields[field] as string[] | undefined) ?? [];
  if (!mayEdit) return <Shown short label={label} says={ids.map((one) => nameOf(map.get(one))).join(", ")} />;
  const set = (next: string[]) => put({ [field]: next.length ? next : undefined });
  return (
    <Line label={label} id={id} hint={hint}>
      <ul aria-label={label} className={`flex flex-wrap gap-1.5 ${ids.length ? "pb-1.5" : "hidden"}`}>
        {ids.map((one) => (
          <li key={one}>
            <Ref title={nameOf(map.get(one))} onRemove={() => set(ids.filter((other) => other !== one))} />
          </li>
        ))}
      </ul>
      <ChooseOrMake
        {...{ id, section }}
        options={options.filter((one) => !ids.includes(one.id))}
        made={(to) => ({ [field]: [...ids, to] })}
        onChoose={(to) => to && set([...ids, to])}
      >
        <option value="">{ids.length ? "Add…" : (none ?? "Add…")}</option>
      </ChooseOrMake>
    </Line>
  );
}

/** The list of what can be named, and at its end: a new one. `made`: the fields that name the new one. */
function ChooseOrMake({
  id,
  section,
  options,
  value = "",
  made,
  onChoose,
  children,
}: {
  id: string;
  section: Section;
  options: readonly Stored[];
  value?: string;
  made: (id: string) => Fields;
  onChoose: (id: string) => void;
  /** What stands first in the list. */
  children: ReactNode;
}): ReactNode {
  const { id: place, desk } = usePlace();
  const [making, setMaking] = useState(false);
  const list = useFocusBack<HTMLSpanElement>(making);
  const kind = KINDS[section].one.toLowerCase();
  const make = (title: string) => {
    setMaking(false);
    if (!title) return;
    desk.edit(`Add ${kind}`, (map) => {
      const fields = made(addRecord(map, section, { title }));
      if (place === null) map.changeHead(fields);
      else map.change(place, fields);
    });
  };
  if (making) return <NewName id={id} kind={kind} onTake={make} />;
  return (
    <span ref={list} className="block">
      <Chooser id={id} value={value} onChoose={(to) => (to === NEW ? setMaking(true) : onChoose(to))}>
        {children}
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
        {canBeMade(section) && <option value={NEW}>New {kind}…</option>}
      </Chooser>
    </span>
  );
}

function canBeMade(section: Section): boolean {
  return section !== "stages" && section !== "touchpoints" && section !== "cards";
}

/** A record that is named here, and how it is not any more. */
export function Ref({ title, onRemove }: { title: string; onRemove: () => void }): ReactNode {
  return (
    <span className="inline-flex min-h-7 max-w-full items-center rounded-md bg-sunken pl-2 text-sm">
      <span className="truncate py-0.5">{title}</span>
      <button
        type="button"
        aria-label={`Remove ${title}`}
        data-tip={`Remove ${title}`}
        className="grid size-6 shrink-0 place-items-center rounded-md text-ink-soft hover:bg-line hover:text-ink"
        onClick={(event) => removing(event.currentTarget, onRemove)}
      >
        <Icon name="close" size={13} />
      </button>
    </span>
  );
}

/** The browser's own list, drawn as the other fields are. */
export function Chooser({
  id,
  value,
  label,
  tall = false,
  onChoose,
  children,
}: {
  id?: string;
  value: string;
  label?: string;
  /** As tall as a field beside it. */
  tall?: boolean;
  onChoose: (value: string) => void;
  children: ReactNode;
}): ReactNode {
  return (
    <span className="relative block min-w-0">
      <select
        id={id}
        aria-label={label}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className={`${BOX} ${tall ? "h-9" : "h-8"} appearance-none truncate pr-8 text-sm`}
      >
        {children}
      </select>
      <Icon
        name="chevron-down"
        size={16}
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-soft"
      />
    </span>
  );
}

function NewName({ id, kind, onTake }: { id: string; kind: string; onTake: (title: string) => void }): ReactNode {
  const [title, setTitle] = useState("");
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div className="flex gap-1.5">
      <input
        ref={ref}
        id={id}
        value={title}
        placeholder={`Name of the new ${kind}`}
        className={`${BOX} h-8 text-sm`}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onTake(title.trim());
          if (event.key === "Escape") {
            event.stopPropagation();
            onTake("");
          }
        }}
      />
      <Button size="sm" kind="primary" className="h-8" disabled={!title.trim()} onClick={() => onTake(title.trim())}>
        Add
      </Button>
      <IconButton size="sm" icon="close" label="Never mind" onClick={() => onTake("")} />
    </div>
  );
}
