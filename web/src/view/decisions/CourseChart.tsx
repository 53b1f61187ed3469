import { useMemo } from "react";
import type { CourseTold } from "~/contract/api";
import { type Drawn, drawnOf } from "~/overlay/course";
import { sayGroup } from "~/overlay/groups";
import { sayCount, sayInterval, sayMany, sayValue } from "~/overlay/say";
import { useMap } from "../useMap";
import { Wide } from "./Wide";

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 56;

/** How the number went week by week, with the start, and with what would have been without it. */
export function CourseChart({ course, title }: { course: CourseTold; title: string }) {
  const drawn = useMemo(() => drawnOf(course, WIDTH - LEFT - 8, HEIGHT), [course]);
  const map = useMap();
  const whose = (name: string) =>
    name
      ? name
          .split(", ")
          .map((group) => sayGroup(map, group))
          .join(", ")
      : "everybody";
  if (!drawn)
    return (
      <p className="text-sm text-ink-soft">Customers were drawn by lot or are too few: there is no line of weeks.</p>
    );
  const says = summaryOf(course, title);
  return (
    <figure>
      <figcaption className="mb-1 text-sm text-ink-soft">{says}</figcaption>
      <Lines course={course} drawn={drawn} says={says} />
      <Legend course={course} whose={whose} />
      <details className="mt-2">
        <summary className="min-h-6 cursor-pointer text-sm font-medium text-spruce">As a table</summary>
        <Table course={course} whose={whose} />
      </details>
    </figure>
  );
}

interface Named {
  course: CourseTold;
  /** The groups of a line in words. */
  whose: (name: string) => string;
}

function summaryOf({ unit, starts_on, lines, without }: CourseTold, title: string): string {
  const weeks = lines[0]?.weeks.length ?? 0;
  const told = without
    ? `; without it it would have been ${sayValue(without.value, unit)}${without.low !== null && without.high !== null ? ` (95 % interval ${sayInterval(without.low, without.high, unit)})` : ""}`
    : "";
  return `${title} in ${sayMany(weeks, "week")}; it started on ${starts_on}${told}.`;
}

function Lines({ course, drawn, says }: { course: CourseTold; drawn: Drawn; says: string }) {
  const right = WIDTH - 8;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 34}`} role="img" aria-label={says} className="w-full text-ink-soft">
      <g transform="translate(0 8)">
        {drawn.ticks.map((tick) => (
          <g key={tick.value}>
            <line x1={LEFT} x2={right} y1={tick.y} y2={tick.y} className="stroke-line" />
            <text x={LEFT - 6} y={tick.y + 4} textAnchor="end" className="fill-current text-xs">
              {sayValue(tick.value, course.unit)}
            </text>
          </g>
        ))}
        <g transform={`translate(${LEFT} 0)`}>
          {drawn.without && (
            <>
              <rect
                x={drawn.start}
                y={drawn.without.top}
                width={Math.max(0, right - LEFT - drawn.start)}
                height={Math.max(1, drawn.without.bottom - drawn.without.top)}
                className="fill-amber-soft"
              />
              <line
                x1={drawn.start}
                x2={right - LEFT}
                y1={drawn.without.y}
                y2={drawn.without.y}
                strokeDasharray="6 4"
                strokeWidth="2"
                className="stroke-amber"
              />
            </>
          )}
          {drawn.lines.map((line, n) => (
            <g key={line.name} className={line.treated ? "text-spruce" : "text-ink-faint"}>
              <path
                d={line.path}
                fill="none"
                stroke="currentColor"
                strokeWidth={line.treated ? 2 : 1.5}
                strokeDasharray={line.treated ? undefined : n % 2 ? "2 3" : "5 3"}
              />
              {line.treated &&
                line.spots.map((one) => <circle key={one.week} cx={one.x} cy={one.y} r="2.5" fill="currentColor" />)}
            </g>
          ))}
          <line x1={drawn.start} x2={drawn.start} y1={-4} y2={HEIGHT} strokeWidth="2" className="stroke-ink" />
          <text
            x={drawn.start}
            y={HEIGHT + 16}
            textAnchor={drawn.start > 400 ? "end" : "middle"}
            className="fill-ink text-xs font-semibold"
          >
            start
          </text>
          <text x={0} y={HEIGHT + 16} className="fill-current text-xs">
            {drawn.start > 110 ? drawn.first : ""}
          </text>
          <text x={right - LEFT} y={HEIGHT + 16} textAnchor="end" className="fill-current text-xs">
            {drawn.start < 440 ? drawn.last : ""}
          </text>
        </g>
      </g>
    </svg>
  );
}

function Legend({ course, whose }: Named) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft">
      {course.lines.map((line) => (
        <li key={line.name} className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="22" height="8" className={line.treated ? "text-spruce" : "text-ink-faint"}>
            <line
              x2="22"
              y1="4"
              y2="4"
              stroke="currentColor"
              strokeWidth="2"
              strokeDasharray={line.treated ? undefined : "5 3"}
            />
          </svg>
          {whose(line.name)}
          {line.treated ? "" : " (compared with)"}
        </li>
      ))}
      {course.without && (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="22" height="10">
            <rect width="22" height="10" className="fill-amber-soft" />
            <line x2="22" y1="5" y2="5" strokeWidth="2" strokeDasharray="6 4" className="stroke-amber" />
          </svg>
          without it, with its 95 % interval
        </li>
      )}
    </ul>
  );
}

function Table({ course, whose }: Named) {
  return (
    <Wide title="The weeks in numbers" className="mt-2 max-h-72">
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="text-ink-soft">
          <tr>
            {["Week of", "Who", "Value", "Customers"].map((head) => (
              <th key={head} scope="col" className="py-1 pr-4 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {course.lines.flatMap((line) =>
            line.weeks.map((one) => (
              <tr key={`${line.name} ${one.week}`}>
                <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                  {one.week}
                  {one.week >= course.starts_on && <span className="text-ink-soft"> after the start</span>}
                </th>
                <td className="pr-4">{whose(line.name)}</td>
                <td className="pr-4">{sayValue(one.value, course.unit)}</td>
                <td>{sayCount(one.n)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </Wide>
  );
}
