import { useEffect, useRef, useState } from "react";
import type { FindingTold } from "~/contract/api";
import { ALL, narrowed, rankBy } from "~/overlay/findings";
import { sayCount } from "~/overlay/say";
import { Button, Chip, Field, Select, Switch } from "../kit";
import { useMap } from "../useMap";
import type { BothProps } from "./FindingsView";

const ORDERS: Record<string, string> = {
  loss: "Expected loss",
  rice: "RICE",
  ice: "ICE",
  "importance–satisfaction": "Importance and satisfaction",
};

/** The findings in their order, with what leaves some of them out. */
export function FindingsList(props: BothProps & { shown: FindingTold[]; now: FindingTold | undefined }) {
  const { shown, now, chosen, choose, filters, answer, asking } = props;
  const [filtering, setFiltering] = useState(narrowed(filters.wanted) > 0);
  const narrow = narrowed(filters.wanted);
  const ref = useRef<HTMLOListElement>(null);
  const was = useRef(chosen);
  useEffect(() => {
    if (was.current !== undefined && chosen === undefined)
      ref.current?.querySelector<HTMLElement>("[aria-current]")?.focus();
    was.current = chosen;
  }, [chosen]);
  return (
    <div
      className={`flex min-h-0 w-full flex-col border-line lg:w-[27rem] lg:shrink-0 lg:border-r ${chosen === undefined ? "" : "max-lg:hidden"}`}
    >
      <div className="shrink-0 border-b border-line px-3 py-2">
        <div className="flex items-center gap-2">
          <Order {...props} />
          <Button
            size="sm"
            icon="filter"
            aria-expanded={filtering}
            className="ml-auto"
            onClick={() => setFiltering(!filtering)}
          >
            {narrow ? `Filter (${narrow})` : "Filter"}
          </Button>
        </div>
        {filtering && <Filtering {...props} />}
      </div>
      <ol ref={ref} aria-label="Findings" className="min-h-0 flex-1 divide-y divide-line overflow-y-auto">
        {shown.map((one) => (
          <li key={one.id}>
            <Row one={one} rank={rankBy(one, filters.wanted.by)} now={one === now} open={() => choose(one.id)} />
          </li>
        ))}
        {shown.length === 0 && !asking && (
          <li className="flex flex-col items-start gap-2 p-4 text-ink-soft">
            None of the {sayCount(answer.findings.length)} findings is like this.
            <Button size="sm" onClick={() => filters.want({ ...ALL, by: filters.wanted.by })}>
              Show all
            </Button>
          </li>
        )}
      </ol>
    </div>
  );
}

function Order({ filters, answer }: BothProps) {
  const { wanted, want } = filters;
  const known = Object.entries(ORDERS).map(([value, title]) => ({ value, title }));
  const own = answer.orders.includes("own") ? [{ value: "own", title: "Own score" }] : [];
  const by = answer.orders.includes(wanted.by) ? wanted.by : "loss";
  return (
    <Select
      label="Ranked by"
      hideLabel
      size="sm"
      className="w-56 max-w-[60%]"
      value={by}
      options={[...known, ...own].map((one) => ({
        ...one,
        title: `By ${one.title.replace(/^[A-Z](?=[a-z])/, (a) => a.toLowerCase())}`,
      }))}
      onChange={(to) => want({ ...wanted, by: to })}
    />
  );
}

function Filtering({ filters, answer }: BothProps) {
  const map = useMap();
  const { wanted, want, all, setAll, formula, setFormula, unclear } = filters;
  const [typed, setTyped] = useState(formula);
  const titled = (id: string) => ({ value: id, title: String(map.get(id)?.title || id) });
  const each = (ids: string[]) => [...new Set(ids)].filter(Boolean);
  const stages = each(answer.findings.map((one) => one.stage)).map(titled);
  const records = each(answer.findings.flatMap((one) => one.records))
    .filter((id) => !stages.some((one) => one.value === id))
    .map(titled);
  const rules = [...new Map(answer.findings.map((one) => [one.rule, one.title]))];
  return (
    <div className="mt-2 grid grid-cols-2 gap-2 pb-1">
      <Select
        label="Kind"
        size="sm"
        value={wanted.sort}
        options={[
          { value: "", title: "All" },
          { value: "problem", title: "Problems" },
          { value: "chance", title: "Chances" },
        ]}
        onChange={(sort) => want({ ...wanted, sort })}
      />
      <Select
        label="Grade"
        size="sm"
        value={wanted.grade}
        options={[
          { value: "", title: "All" },
          { value: "A", title: "A, randomised" },
          { value: "B", title: "B, quasi-experiment" },
          { value: "C", title: "C, adjusted" },
          { value: "D", title: "D, raw" },
        ]}
        onChange={(grade) => want({ ...wanted, grade })}
      />
      <Select
        label="Rule"
        size="sm"
        value={wanted.rule}
        options={[{ value: "", title: "All" }, ...rules.map(([value, title]) => ({ value, title }))]}
        onChange={(rule) => want({ ...wanted, rule })}
      />
      <Select
        label="Stage or touchpoint"
        size="sm"
        value={wanted.place}
        options={[{ value: "", title: "All" }, ...stages, ...records]}
        onChange={(place) => want({ ...wanted, place })}
      />
      <div className="col-span-2">
        <Switch label="Also what was put away" checked={all} onChange={setAll} />
      </div>
      <form
        className="col-span-2 flex items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const said = typed.trim();
          setFormula(said);
          want({ ...wanted, by: said ? "own" : "loss" });
        }}
      >
        <Field
          label="Own score"
          value={typed}
          onChange={setTyped}
          maxLength={200}
          error={unclear}
          placeholder="money * confidence / effort"
          className="min-w-0 flex-1"
        />
        <Button type="submit" className="mt-[1.4375rem]">
          Rank
        </Button>
      </form>
    </div>
  );
}

function Row({ one, rank, now, open }: { one: FindingTold; rank: number; now: boolean; open: () => void }) {
  return (
    <button
      type="button"
      onClick={open}
      aria-current={now ? "true" : undefined}
      className="flex w-full gap-3 px-3 py-2.5 text-left focus-visible:outline-offset-[-2px] hover:bg-sunken aria-[current]:lg:bg-spruce-soft"
    >
      <span className="w-6 shrink-0 pt-px text-right text-sm font-semibold text-ink-soft tabular-nums">{rank}</span>
      <span className="min-w-0 flex-1">
        <span className="block font-semibold break-words">
          {one.title}: {one.place}
        </span>
        <span className="mt-0.5 line-clamp-2 text-sm break-words text-ink-soft">{one.says}</span>
        <span className="mt-1 block text-sm font-medium tabular-nums">{one.cost.says}</span>
        <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
          <span className="tabular-nums">{one.facts.join(" · ")}</span>
          {one.sort === "chance" && (
            <Chip tone="leaf" icon="opportunity">
              chance
            </Chip>
          )}
          <Decided one={one} />
        </span>
      </span>
    </button>
  );
}

/** What somebody decided about it. */
export function Decided({ one }: { one: FindingTold }) {
  if (!one.decision) return null;
  const { decision, until } = one.decision;
  if (decision === "accept")
    return (
      <Chip tone="spruce" icon="check">
        accepted
      </Chip>
    );
  return <Chip icon="archive">{decision === "snooze" ? `put off until ${until}` : "dismissed"}</Chip>;
}
