import { CURVE_HEIGHT, type CurveColumn, heightOf, linePath, type Spot } from "../curve/paths";
import { useNumbers } from "./numbersContext";

const FEW = 30; // customers, below which a point is hollow

/** The emotion as it was measured, with its 95 % band, over the intended curve. Gaps where nobody said anything. */
export function MeasuredCurve({ columns, width }: { columns: readonly CurveColumn[]; width: number }) {
  const numbers = useNumbers();
  if (!numbers?.measured) return null;
  const { measured, lens } = numbers;
  const points = columns.map((column) => {
    const one = measured.readings.shown({ measure: "emotion", at: column.at, group: lens.group, period: lens.period });
    return one && { x: column.left + column.width / 2, one };
  });
  const spots: (Spot | null)[] = points.map((point, at) =>
    point ? { at: columns[at]!.at, x: point.x, y: heightOf(point.one.value), level: point.one.value } : null,
  );
  return (
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
              key={point.x}
              x={point.x - 7}
              width={14}
              y={heightOf(Math.min(2, point.one.high))}
              height={Math.max(2, heightOf(Math.max(-2, point.one.low)) - heightOf(Math.min(2, point.one.high)))}
              rx={4}
              className="fill-sky"
              opacity={0.25}
            />
          ),
      )}
      <path d={linePath(spots)} className="fill-none stroke-sky" strokeWidth={2.5} />
      {points.map(
        (point) =>
          point && (
            <circle
              key={point.x}
              cx={point.x}
              cy={heightOf(point.one.value)}
              r={4.5}
              strokeWidth={2}
              className={`stroke-sky ${(point.one.n ?? 0) < FEW ? "fill-sheet" : "fill-sky"}`}
            />
          ),
      )}
    </svg>
  );
}
