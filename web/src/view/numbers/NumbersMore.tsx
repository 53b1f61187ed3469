import type { ReactNode } from "react";
import type { Desk } from "~/commands/command";
import type { MethodTold } from "~/contract/api";
import { nameOf } from "~/maps/kinds";
import { ALL, wantedOf } from "~/overlay/findings";
import type { Measured, Readings } from "~/overlay/readings";
import { Icon } from "../kit";
import { useAnswer } from "../useAnswer";
import { useMap } from "../useMap";
import { useTitles } from "./evidence";
import { Figure } from "./Figure";
import type { Numbers } from "./numbersContext";

const OF_A_MOVE = ["conversion", "time_median", "journeys"] as const;
const MOST = 5;

/** The planned moves from a place: how many make each, and how long it takes. */
export function Moves({
  measured,
  at,
  group,
  period,
  whose,
  open,
}: {
  measured: Measured;
  at: string;
  group: string;
  period: string;
  /** The group in words; "" where there is but everybody. */
  whose: string;
  open: Numbers["open"];
}): ReactNode {
  const map = useMap();
  const titles = useTitles();
  const moves = measured.onward(at).filter((to) => any(measured.readings, { at: `${at}>${to}`, group, period }));
  if (moves.length === 0) return null;
  return (
    <Part title={whose ? `Goes on to, ${whose}` : "Goes on to"}>
      <ul className="flex flex-col divide-y divide-line">
        {moves.map((to) => (
          <li key={to} className="py-1.5 text-sm">
            <span className="font-medium">{nameOf(map.get(to))}</span>
            {OF_A_MOVE.map((measure) => {
              const reading = measured.readings.get({ measure, at: `${at}>${to}`, group, period });
              return (
                <span key={measure} className="flex items-baseline justify-between gap-3">
                  <span className="text-ink-soft">{titles(measure)}</span>
                  <Figure title={titles(measure)} reading={reading} open={open} className="font-medium" />
                </span>
              );
            })}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function any(readings: Readings, where: { at: string; group: string; period: string }): boolean {
  return OF_A_MOVE.some((measure) => readings.shown({ measure, ...where }));
}

/** What was found at a place, the costliest first. */
export function FindingsHere({ desk, mapId, at }: { desk: Desk; mapId: string; at: string }): ReactNode {
  const { answer } = useAnswer({ operation: "GET /api/maps/{map_id}/findings", path: { map_id: mapId } });
  const whole = at === String(desk.map.getHead().id ?? "");
  const found = wantedOf(answer?.findings ?? [], { ...ALL, place: whole ? "" : at });
  if (found.length === 0) return null;
  return (
    <Part title="Findings here">
      <ul className="flex flex-col gap-1">
        {found.slice(0, MOST).map((one) => (
          <li key={one.key}>
            <button
              type="button"
              onClick={() => desk.show("findings", { finding: one.id })}
              className="flex w-full gap-2 rounded-md px-1 py-1 text-left text-sm hover:bg-sunken"
            >
              <Icon name="flag" size={15} className={`mt-0.5 ${one.sort === "problem" ? "text-coral" : "text-leaf"}`} />
              <span className="min-w-0">
                <span className="block">{one.says}</span>
                <span className="block text-xs text-ink-soft">{one.cost.says}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST && (
        <button
          type="button"
          onClick={() => desk.show("findings", whole ? undefined : { at })}
          className="min-h-6 w-fit text-sm text-spruce underline underline-offset-4"
        >
          All {found.length} findings
        </button>
      )}
    </Part>
  );
}

/** How all of these numbers were counted. */
export function Method({ method }: { method: readonly MethodTold[] }): ReactNode {
  return (
    <details className="text-sm">
      <summary className="min-h-6 cursor-pointer py-1 font-semibold">How this was counted</summary>
      <dl className="flex flex-col gap-2 pt-1">
        {method.map(({ about, says }) => (
          <div key={about}>
            <dt className="text-xs font-medium text-ink-soft">{about}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex flex-col gap-1">
      <h3 className="text-sm font-semibold">{title}</h3>
      {children}
    </div>
  );
}
