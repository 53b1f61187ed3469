import { useState } from "react";
import type { Corrections } from "~/contract/api";
import { sayFirst } from "~/overlay/say";
import { Button, Chip, Field, Tick } from "../kit";
import { FilesRead } from "./FilesRead";
import type { Part, PartRow, Reading } from "./reading";

const INTO: Record<Part["into"], string> = {
  events: "events",
  feedback: "answers of customers",
  customers: "customers",
  campaigns: "campaigns",
};

type Called = Readonly<Record<string, string>>;
type Written = NonNullable<Corrections["written"]>;

/** What each file and column becomes and why, to be corrected without writing: names, what is left out, how it is written. */
export function PartsRead({
  reading,
  busy,
  onCorrect,
}: {
  reading: Reading;
  busy: boolean;
  onCorrect: (corrections: Corrections) => void;
}) {
  const [called, call] = useState<Called>({});
  const [without, leave] = useState<readonly string[]>([]);
  const [written, write] = useState<Written>({});
  const parts = reading.parts ?? [];
  const changed = [called, written].some((one) => Object.keys(one).length > 0) || without.length > 0;
  const names = parts.flatMap((part) => part.rows.flatMap((row) => row.name ?? []));
  const empty = names.some((name) => called[name]?.trim() === "") || without.length === parts.length;
  return (
    <section aria-labelledby="parts-read" className="space-y-3">
      <div>
        <h2 id="parts-read" className="font-semibold">
          What each column becomes
        </h2>
        <p className="text-sm text-ink-soft">
          Call events and questions what your team calls them, and leave out what is of no use.
        </p>
      </div>
      {parts.map((part) => (
        <PartShown
          key={part.table}
          part={part}
          reading={reading}
          called={called}
          onCall={(name, text) => call(text === name ? left(called, name) : { ...called, [name]: text })}
          taken={!without.includes(part.table)}
          onTake={(taken) => leave(taken ? without.filter((one) => one !== part.table) : [...without, part.table])}
        />
      ))}
      <FilesRead reading={reading} written={written} onWrite={write} />
      {changed && (
        <Button
          icon="check"
          busy={busy}
          disabled={empty}
          onClick={() => onCorrect({ called: { ...called }, without: [...without], written })}
        >
          Read again so
        </Button>
      )}
    </section>
  );
}

function PartShown({
  part,
  reading,
  called,
  onCall,
  taken,
  onTake,
}: {
  part: Part;
  reading: Reading;
  called: Called;
  onCall: (name: string, text: string) => void;
  taken: boolean;
  onTake: (taken: boolean) => void;
}) {
  const files = reading.sources?.[part.source]?.files ?? [];
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-sheet">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-2">
        <span className="min-w-0 flex-1 break-words">
          <b className="font-semibold">{files.join(", ") || part.source}</b>{" "}
          <span className="text-ink-soft">becomes {INTO[part.into]}</span>
        </span>
        {!taken && <Chip>left out</Chip>}
        <Tick label={`Take ${part.table}`} checked={taken} onChange={onTake} />
      </div>
      {taken && (
        <ul className="divide-y divide-line border-t border-line text-sm">
          {part.rows.map((row) => (
            <li
              key={`${row.role} ${row.column} ${row.name ?? ""}`}
              className="grid gap-x-4 gap-y-1 px-3.5 py-1.5 sm:grid-cols-[15rem_minmax(0,1fr)_minmax(0,1.2fr)] sm:items-center"
            >
              <RoleOf row={row} called={called} onCall={onCall} />
              <span className="min-w-0 break-words">{row.column}</span>
              <span className="min-w-0 text-ink-soft break-words">{whyOf(reading, part, row)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function RoleOf({
  row,
  called,
  onCall,
}: {
  row: PartRow;
  called: Called;
  onCall: (name: string, text: string) => void;
}) {
  if (row.name === null) return <span className="font-medium">{sayFirst(row.role)}</span>;
  const { name } = row;
  return (
    <Field
      label={`${sayFirst(row.role)}, called`}
      value={called[name] ?? name}
      maxLength={200}
      onChange={(text) => onCall(name, text)}
    />
  );
}

function whyOf({ reasons }: Reading, part: Part, { column, role }: PartRow): string {
  const found = reasons.find((one) => one.source === part.source && one.column === column);
  if (!found) return "";
  return role === "event" ? found.why.replace(/; its event is called .*$/, "") : found.why;
}

function left(called: Called, name: string): Called {
  return Object.fromEntries(Object.entries(called).filter(([one]) => one !== name));
}
