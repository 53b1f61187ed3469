import { useId, useState } from "react";
import type { LeversTold } from "~/contract/api";
import { nameOf } from "~/maps/kinds";
import { reachOf, sayMoved } from "~/overlay/decisions";
import { sayCount, sayValue } from "~/overlay/say";
import { Button, IconButton } from "../kit";
import { useMap } from "../useMap";

interface Props {
  told: LeversTold;
  set: Readonly<Record<string, number>>;
  change: (key: string, value: number | undefined) => void;
  /** Only what is at this touchpoint; everywhere where it is empty. */
  place: string;
}

interface Row {
  /** What is edited, as the command line writes it: "checkout lost", "wait dispatch > delivery". */
  key: string;
  title: string;
  about: string;
  now: number;
  rate: boolean;
  places: readonly string[];
}

const WHAT: Record<string, string> = {
  lost: "leave for good",
  stuck: "get stuck",
  over: "end elsewhere",
  failing: "fail",
  late: "are late",
};
const SHOWN = 8;

/** The rates and waits that can be changed, the one that is worth most first, each with a slider. */
export function Levers({ told, set, change, place }: Props) {
  const map = useMap();
  const [all, setAll] = useState(false);
  const name = (id: string) => {
    const record = map.get(id);
    return record ? nameOf(record) : id;
  };
  const rates: Row[] = told.levers.map((one) => {
    const money = `money:${String(map.getHead().currency ?? "")}`;
    const won = one.value ? sayMoved(one.value, money) : sayMoved(one.conversions, "journeys");
    const what = one.value ? "a year" : "successes a year";
    return {
      key: `${one.place} ${one.what}`,
      title: `${name(one.place)}: ${WHAT[one.what] ?? one.what}`,
      about: `n = ${sayCount(one.n)} customers; ten per cent less of it: ${won.told} ${what} (95 % interval ${won.range})`,
      now: one.rate,
      rate: true,
      places: [one.place],
    };
  });
  const waits: Row[] = told.waits.map((one) => ({
    key: `wait ${one.place} > ${one.to}`,
    title: `Wait from ${name(one.place)} to ${name(one.to)}`,
    about: `n = ${sayCount(one.n)} customers, ${sayValue(one.share, "share")} of the stays before it`,
    now: one.seconds,
    rate: false,
    places: [one.place, one.to],
  }));
  const here = (rows: readonly Row[]) => (place ? rows.filter((one) => one.places.includes(place)) : rows);
  const cut = (rows: readonly Row[]) => (all ? rows : rows.filter((one, n) => n < SHOWN || set[one.key] !== undefined));
  const [some, more] = [here(rates), here(waits)];
  return (
    <div className="min-w-0 space-y-5">
      <Group title="Rates, of the stays at a touchpoint" rows={cut(some)} set={set} change={change} />
      <Group title="Waits, on average" rows={cut(more)} set={set} change={change} />
      {some.length + more.length === 0 && <p className="text-ink-soft">Nothing can be changed here.</p>}
      {(some.length > SHOWN || more.length > SHOWN) && (
        <Button size="sm" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Show fewer" : `Show all ${some.length + more.length}`}
        </Button>
      )}
    </div>
  );
}

function Group({ title, rows, set, change }: { title: string; rows: readonly Row[] } & Pick<Props, "set" | "change">) {
  const id = useId();
  if (!rows.length) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 font-semibold">
        {title}
      </h2>
      <ul className="space-y-3">
        {rows.map((one) => (
          <Slider key={one.key} row={one} value={set[one.key]} change={change} />
        ))}
      </ul>
    </section>
  );
}

function Slider({ row, value, change }: { row: Row; value: number | undefined } & Pick<Props, "change">) {
  const id = useId();
  const unit = row.rate ? "share" : "s";
  const { max, step } = reachOf(row.now, row.rate);
  const says = sayValue(value ?? row.now, unit);
  return (
    <li className={`rounded-lg border bg-sheet px-3 py-2 ${value === undefined ? "border-line" : "border-spruce"}`}>
      <div className="flex items-start gap-2">
        <label htmlFor={id} className="min-w-0 flex-1 break-words">
          {row.title}
        </label>
        <span className="shrink-0 text-right tabular-nums">
          <b className="font-semibold">{says}</b>
          {value !== undefined && <span className="block text-sm text-ink-soft">now {sayValue(row.now, unit)}</span>}
        </span>
        {value !== undefined && (
          <IconButton
            icon="undo"
            size="sm"
            label={`${row.title}: as it is now`}
            onClick={() => change(row.key, undefined)}
          />
        )}
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={max}
        step={step}
        value={value ?? row.now}
        aria-valuetext={says}
        aria-describedby={`${id}-about`}
        onChange={(event) => change(row.key, Number(event.target.value))}
        className="mt-1 h-6 w-full accent-spruce"
      />
      <p id={`${id}-about`} className="text-xs text-ink-soft">
        {row.about}
      </p>
    </li>
  );
}
