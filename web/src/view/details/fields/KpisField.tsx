import { type ReactNode, useId } from "react";
import type { Kpi } from "~/contract/maps";
import { MEASURES } from "~/maps/measures";
import { Button, IconButton } from "../../kit/Button";
import { usePlace } from "./place";
import { Chooser } from "./RefField";
import { removing } from "./removing";
import { Shown } from "./TextField";
import { numberFault, readNumber, ValueField } from "./ValueField";

/** Measures with a level to reach. */
export function KpisField(): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const id = useId();
  const kpis = (fields.kpis as Kpi[] | undefined) ?? [];
  if (!mayEdit) return <Shown label="KPIs" says={kpis.map(sayKpi).join("\n")} />;
  const set = (next: Kpi[]) => put({ kpis: next.length ? next : undefined }, "Change the KPIs");
  const change = (place: number, next: Kpi) => set(kpis.map((one, at) => (at === place ? next : one)));
  return (
    <fieldset className="m-0 flex min-w-0 flex-col gap-1.5 border-0 p-0">
      <legend className="mb-1 p-0 text-sm font-medium">KPIs</legend>
      <datalist id={id}>
        {MEASURES.map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </datalist>
      {kpis.map((kpi, place) => {
        const way = typeof kpi.at_most === "number" && typeof kpi.at_least !== "number" ? "at_most" : "at_least";
        const level = kpi.at_least ?? kpi.at_most;
        const { measure, title } = kpi;
        const bound = (to: string, value: number | undefined): Kpi => ({
          measure,
          ...(title ? { title } : {}),
          ...(value === undefined ? {} : { [to]: value }),
        });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: KPIs have no ids, and a measure may stand twice
          <div key={place} className="grid grid-cols-[1fr_6.5rem_5rem_auto] gap-1.5">
            <ValueField
              label={`KPI ${place + 1}: measure`}
              hideLabel
              list={id}
              value={measure}
              placeholder="csat"
              fault={measureFault}
              onTake={(to) => (to ? change(place, { ...kpi, measure: to }) : set(kpis.filter((_, at) => at !== place)))}
            />
            <Chooser
              tall
              label={`KPI ${place + 1}: which way`}
              value={way}
              onChoose={(to) => change(place, bound(to, level ?? undefined))}
            >
              <option value="at_least">at least</option>
              <option value="at_most">at most</option>
            </Chooser>
            <ValueField
              label={`KPI ${place + 1}: level`}
              hideLabel
              inputMode="decimal"
              placeholder="0.8"
              value={level === null || level === undefined ? "" : String(level)}
              fault={numberFault}
              onTake={(text) => change(place, bound(way, text ? readNumber(text) : undefined))}
            />
            <IconButton
              icon="close"
              label={`Remove the KPI ${measure}`}
              onClick={(event) => removing(event.currentTarget, () => set(kpis.filter((_, at) => at !== place)))}
            />
          </div>
        );
      })}
      <span>
        <Button size="sm" icon="plus" onClick={() => set([...kpis, { measure: nextMeasure(kpis) }])}>
          Add a KPI
        </Button>
      </span>
    </fieldset>
  );
}

function measureFault(text: string): string | null {
  return /^[a-z][a-z0-9_]*$/.test(text) ? null : "The name of a measure, such as csat.";
}

function nextMeasure(kpis: readonly Kpi[]): string {
  return MEASURES.map(([name]) => name).find((name) => !kpis.some((one) => one.measure === name)) ?? "csat";
}

export function sayKpi({ measure, title, at_least, at_most }: Kpi): string {
  const name = title || MEASURES.find(([known]) => known === measure)?.[1] || measure;
  if (typeof at_least === "number") return `${name} ≥ ${at_least}`;
  return typeof at_most === "number" ? `${name} ≤ ${at_most}` : name;
}
