import type { ReactNode } from "react";
import { nameOf } from "~/maps/kinds";
import { explainDeviation, sayDeviation } from "~/overlay/deviations";
import { sayGroup, sayGroups } from "~/overlay/groups";
import { groupsShown } from "~/overlay/lens";
import { type Measured, sayReading } from "~/overlay/readings";
import { NOT_MEASURED, sayFirst } from "~/overlay/say";
import { Icon } from "../kit";
import { useMap } from "../useMap";
import { sayEvidence, useTitles } from "./evidence";
import { keepInSight } from "./keepInSight";
import { KIND_ICONS } from "./kinds";
import { useNumbers } from "./numbersContext";

const LINES = ["reach", "drop_off", "emotion", "promise_kept"] as const;
const MOST = 3;
/** One group, or two side by side. */
const COLUMNS = ["grid-cols-[minmax(0,1fr)_auto]", "grid-cols-[minmax(0,1fr)_auto_auto]"];

/** What was measured at a touchpoint, in short; a click shows all of it. */
export function NumbersCell({ at, title }: { at: string; title: string }) {
  const numbers = useNumbers();
  const titles = useTitles();
  const map = useMap();
  if (!numbers?.measured)
    return numbers?.missing ? (
      <p className="board-numbers not-measured flex w-full items-center justify-center rounded-md border border-line text-xs text-ink-soft">
        Not measured
      </p>
    ) : null;
  const { measured, lens, show } = numbers;
  const groups = groupsShown(lens);
  const where = { at, period: lens.period };
  const says = groups.flatMap((group) => {
    const all = LINES.map((measure) => sayEvidence(measured, titles, { measure, group, ...where }));
    const known = all.filter((one) => !one.endsWith(NOT_MEASURED));
    return groups.length > 1 && known.length ? [`${sayGroup(map, group)}:`, ...known] : known;
  });
  const bound = !measured.told.coverage.unbound.includes(at);
  const differs = lens.way === "difference";
  const parts = measured.deviations(at).length > 0;
  const told = groups.some((group) => LINES.some((measure) => measured.readings.shown({ measure, group, ...where })));
  const bare = differs ? !bound || !(told || parts) : !told;
  const silent = measured.told.coverage.silent.includes(at);
  const why = sayReading(measured.readings.get({ measure: "reach", group: lens.group, ...where }));
  return (
    <button
      type="button"
      data-tip={says.join("\n") || undefined}
      onClick={() => show(at)}
      onFocus={keepInSight}
      className={`board-numbers relative flex min-h-6 w-full min-w-0 gap-2 rounded-md border border-line p-1.5 text-left text-xs hover:border-line-strong ${bare ? "not-measured items-center justify-center text-ink-soft" : "bg-raised"}`}
    >
      <span className="sr-only">Numbers of {title}. </span>
      {bare ? (
        silent ? (
          "Nobody comes"
        ) : (
          sayFirst(why)
        )
      ) : differs ? (
        <Departures measured={measured} at={at} />
      ) : (
        <Lines measured={measured} at={at} groups={groups} period={lens.period} />
      )}
    </button>
  );
}

interface LinesProps {
  measured: Measured;
  at: string;
  groups: readonly string[];
  period: string;
}

/** A line for each number: its name, and its value for each group; below them where customers go on to. */
function Lines({ measured, at, groups, period }: LinesProps): ReactNode {
  const titles = useTitles();
  const map = useMap();
  return (
    <span className={`grid min-w-0 flex-1 content-start gap-x-2 gap-y-0.5 ${COLUMNS[groups.length - 1]}`}>
      {groups.length > 1 && (
        <span className="contents">
          <span />
          {sayGroups(map, groups).map((title, at) => (
            <span
              key={groups[at]}
              data-tip={sayGroup(map, groups[at]!)}
              className="max-w-18 truncate text-right text-ink-soft"
            >
              {title}
            </span>
          ))}
        </span>
      )}
      {LINES.map((measure) => {
        const wheres = groups.map((group) => ({ measure, at, group, period }));
        if (measure !== "reach" && !wheres.some((where) => measured.readings.shown(where))) return null;
        return (
          <span key={measure} className="contents">
            <span className="min-w-0 truncate text-ink-soft">{titles(measure)}</span>
            {wheres.map((where) => (
              <span
                key={where.group}
                data-tip={`${groups.length > 1 ? `${sayGroup(map, where.group)}: ` : ""}${sayEvidence(measured, titles, where)}`}
                className={`text-right whitespace-nowrap tabular-nums ${measured.readings.shown(where) ? "font-medium" : "text-ink-faint"}`}
              >
                {measured.readings.shown(where) ? sayReading(measured.readings.get(where)) : "–"}
              </span>
            ))}
          </span>
        );
      })}
      <Onward measured={measured} at={at} groups={groups} period={period} />
    </span>
  );
}

/** Where customers go on to on the planned way, and how long that takes most of them. */
function Onward({ measured, at, groups, period }: LinesProps): ReactNode {
  const map = useMap();
  const titles = useTitles();
  return measured.onward(at).map((to) => {
    const wheres = groups.map((group) => ({ at: `${at}>${to}`, group, period }));
    if (!wheres.some((where) => measured.readings.shown({ measure: "conversion", ...where }))) return null;
    return (
      <span key={to} className="contents">
        <span className={`min-w-0 truncate text-ink-soft ${groups.length > 1 ? "col-span-full" : ""}`}>
          <span aria-hidden="true">→ </span>
          {nameOf(map.get(to))}
        </span>
        {groups.length > 1 && <span />}
        {wheres.map((where) => {
          const [goes, takes] = ["conversion", "time_median"].map((measure) =>
            measured.readings.shown({ measure, ...where }),
          );
          const tips = ["conversion", "time_median", "journeys"].map((measure) =>
            sayEvidence(measured, titles, { measure, ...where }),
          );
          if (groups.length > 1) tips.unshift(`${sayGroup(map, where.group)}:`);
          return (
            <span
              key={where.group}
              data-tip={tips.join("\n")}
              className="text-right whitespace-nowrap text-ink-soft tabular-nums"
            >
              {goes ? sayReading(goes) : "–"}
              {takes && groups.length === 1 && ` · ${sayReading(takes)}`}
            </span>
          );
        })}
      </span>
    );
  });
}

/** How customers part from the plan here: each with its mark, its word and its share. */
function Departures({ measured, at }: { measured: Measured; at: string }): ReactNode {
  const all = measured.deviations(at);
  if (measured.told.coverage.silent.includes(at))
    return (
      <span className="flex items-center gap-1.5 text-ink-soft">
        <Icon name="eye-off" size={14} />
        Nobody comes
      </span>
    );
  if (all.length === 0)
    return (
      <span className="flex items-center gap-1.5 text-leaf">
        <Icon name="check" size={14} />
        As intended
      </span>
    );
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1">
      {all.slice(0, MOST).map((one) => (
        <span
          key={one.kind}
          data-tip={explainDeviation(one)}
          className="flex items-center gap-1.5 rounded bg-coral-soft px-1.5 py-0.5 text-coral"
        >
          <Icon name={KIND_ICONS[one.kind] ?? "warning"} size={13} />
          <span className="truncate">{sayDeviation(one)}</span>
        </span>
      ))}
      {all.length > MOST && <span className="text-ink-soft">{all.length - MOST} more</span>}
    </span>
  );
}
