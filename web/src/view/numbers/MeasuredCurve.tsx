import { nameOf } from "~/maps/kinds";
import { sayGroup } from "~/overlay/groups";
import { groupsShown } from "~/overlay/lens";
import { explain } from "~/overlay/readings";
import { CURVE_HEIGHT, type CurveColumn, heightOf, linePath, type Spot } from "../curve/paths";
import { useMap } from "../useMap";
import { type Numbers, useNumbers } from "./numbersContext";

const FEW = 30; // customers, below which a point is hollow
const APART = 9; // pixels between the points of two groups

/** How each of two groups is drawn: another colour, and another line. */
const LOOKS = [
  { stroke: "stroke-sky", fill: "fill-sky", text: "text-sky", dash: undefined },
  { stroke: "stroke-amber", fill: "fill-amber", text: "text-amber", dash: "7 4" },
] as const;

/** The emotion as it was measured, with its 95 % band, over the intended curve. Gaps where nobody said anything. */
export function MeasuredCurve({ columns, width }: { columns: readonly CurveColumn[]; width: number }) {
  const numbers = useNumbers();
  if (!numbers?.measured) return null;
  const groups = groupsShown(numbers.lens);
  return groups.map((group, at) => (
    <Line
      key={group}
      numbers={numbers}
      group={group}
      columns={columns}
      width={width}
      look={LOOKS[at]!}
      beside={groups.length > 1 ? (at ? APART : -APART) : 0}
    />
  ));
}

interface LineProps {
  numbers: Numbers;
  group: string;
  columns: readonly CurveColumn[];
  width: number;
  look: (typeof LOOKS)[number];
  /** How far from the middle of its column, in pixels. */
  beside: number;
}

function Line({ numbers, group, columns, width, look, beside }: LineProps) {
  const map = useMap();
  const { measured, lens, show } = numbers;
  const whose = lens.beside ? `${sayGroup(map, group)}: ` : "";
  const points = columns.map((column) => {
    const one = measured?.readings.shown({ measure: "emotion", at: column.at, group, period: lens.period });
    return one && { at: column.at, x: column.left + column.width / 2 + beside, y: heightOf(one.value), one };
  });
  const spots: (Spot | null)[] = points.map((point) =>
    point ? { at: point.at, x: point.x, y: point.y, level: point.one.value } : null,
  );
  return (
    <>
      <svg
        className="pointer-events-none absolute inset-0"
        width={width}
        height={CURVE_HEIGHT}
        aria-hidden="true"
        focusable="false"
      >
        {points.map(
          (point) =>
            point &&
            point.one.low !== null &&
            point.one.high !== null && (
              <rect
                key={point.at}
                x={point.x - 7}
                width={14}
                y={heightOf(Math.min(2, point.one.high))}
                height={Math.max(2, heightOf(Math.max(-2, point.one.low)) - heightOf(Math.min(2, point.one.high)))}
                rx={4}
                className={look.fill}
                opacity={0.25}
              />
            ),
        )}
        <path
          d={linePath(spots)}
          className={`fill-none ${look.stroke}`}
          strokeWidth={2.5}
          strokeDasharray={look.dash}
        />
      </svg>
      {points.map((point) => {
        if (!point) return null;
        const says = `${whose}${explain(point.one, `Measured at ${nameOf(map.get(point.at))}`)}`;
        return (
          <button
            key={point.at}
            type="button"
            data-tip={says}
            aria-label={says}
            onClick={() => show(point.at)}
            className={`absolute z-1 grid size-6 -translate-x-1/2 -translate-y-1/2 place-items-center rounded-full ${look.text}`}
            style={{ left: point.x, top: point.y }}
          >
            <svg viewBox="-6 -6 12 12" className="size-3" aria-hidden="true" focusable="false">
              <circle
                r={4.5}
                strokeWidth={2}
                className={`${look.stroke} ${(point.one.n ?? 0) < FEW ? "fill-sheet" : look.fill}`}
              />
            </svg>
          </button>
        );
      })}
    </>
  );
}
