import type { DriverFound, VoiceDrivers } from "~/contract/api";
import { sayInterval, sayValue } from "~/overlay/say";
import { type Ends, sayN, scale, spanOf, ticks } from "~/overlay/voice";
import { Rows } from "../flow/Chart";
import { useWidth } from "./parts";

const HIGH = 392;
const [LEFT, RIGHT, TOP, FOOT] = [46, 16, 22, 40];
const [CEILING, FLOOR] = [TOP, HIGH - FOOT];
const EDGE = 34; // above the most and below the least: half a point, and the words of the corners, which it leaves free

interface Placed {
  one: DriverFound;
  number: number;
  x: Ends;
  y: Ends;
}

/** Importance against performance with both intervals; the lines are the means, the corners what to do. */
export function DriversChart({ told }: { told: VoiceDrivers }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const placed = told.drivers.flatMap((one, at) => place(one, at + 1));
  const [least, most] = spanOf(placed.map(({ x }) => x));
  const x = scale([least, most], [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  const y = scale([0, 1], [FLOOR - EDGE, CEILING + EDGE]);
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-sheet p-3">
      <div ref={ref} className="relative">
        {width > 0 && (
          <>
            <svg aria-hidden="true" width={width} height={HIGH} className="block fill-ink-soft text-xs">
              <line x1={LEFT} x2={width - RIGHT} y1={FLOOR} y2={FLOOR} className="stroke-line-strong" />
              <line x1={LEFT} x2={LEFT} y1={FLOOR} y2={CEILING} className="stroke-line-strong" />
              {ticks(0, 1).map((tick) => (
                <text key={tick} x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
                  {sayValue(tick, "share")}
                </text>
              ))}
              {ticks(least, most, Math.max(2, width / 120)).map((tick) => (
                <text key={tick} x={x(tick)} y={FLOOR + 16} textAnchor="middle">
                  {tick}
                </text>
              ))}
              <text x={width - RIGHT} y={HIGH - 6} textAnchor="end">
                mean rating, 0 to 100 →
              </text>
              <text x={LEFT} y={12}>
                ↑ importance, share of what is explained
              </text>
              <Middles told={told} x={x} y={y} width={width} />
              {placed.map((one) => (
                <Whiskers key={one.number} placed={one} x={x} y={y} />
              ))}
            </svg>
            {placed.map((one) => (
              <Dot key={one.number} placed={one} x={x} y={y} />
            ))}
          </>
        )}
      </div>
      <ol className="mt-1 flex flex-wrap gap-x-4 text-sm text-ink-soft">
        {placed.map(({ one, number }) => (
          <li key={number}>
            {number} {one.title || one.question}
          </li>
        ))}
      </ol>
      <Rows
        title="Drivers"
        heads={["Question", "At", "Importance", "Its interval", "Rating", "Its interval ", "What to do", "n"]}
        rows={placed.map(({ one, x: rating, y: importance }) => [
          one.question,
          one.title,
          sayValue(importance.value, "share"),
          sayInterval(importance.low, importance.high, "share"),
          rating.value.toFixed(1),
          `${rating.low.toFixed(1)}–${rating.high.toFixed(1)}`,
          one.quadrant,
          sayN(one.n),
        ])}
      />
    </figure>
  );
}

function place(one: DriverFound, number: number): Placed[] {
  const { importance, performance } = one;
  if (importance.value === null || performance.value === null) return [];
  const ends = ({ value, low, high }: typeof importance): Ends => ({
    value: value!,
    low: low ?? value!,
    high: high ?? value!,
  });
  return [{ one, number, x: ends(performance), y: ends(importance) }];
}

type Place = (value: number) => number;

function Middles({ told, x, y, width }: { told: VoiceDrivers; x: Place; y: Place; width: number }) {
  const { mean_performance: rating, mean_importance: importance } = told;
  if (rating === null || importance === null) return null;
  const corner = "fill-ink-faint text-xs";
  return (
    <>
      <line
        x1={x(rating)}
        x2={x(rating)}
        y1={FLOOR}
        y2={CEILING}
        strokeDasharray="4 4"
        className="stroke-line-strong"
      />
      <line
        x1={LEFT}
        x2={width - RIGHT}
        y1={y(importance)}
        y2={y(importance)}
        strokeDasharray="4 4"
        className="stroke-line-strong"
      />
      <text x={LEFT + 8} y={CEILING + 14} className={corner}>
        fix first
      </text>
      <text x={width - RIGHT} y={CEILING + 14} textAnchor="end" className={corner}>
        keep it up
      </text>
      <text x={LEFT + 8} y={FLOOR - 7} className={corner}>
        low priority
      </text>
      <text x={width - RIGHT} y={FLOOR - 7} textAnchor="end" className={corner}>
        overkill
      </text>
    </>
  );
}

function Whiskers({ placed: { x: rating, y: importance }, x, y }: { placed: Placed; x: Place; y: Place }) {
  const [cx, cy] = [x(rating.value), y(importance.value)];
  return (
    <>
      <line x1={x(rating.low)} x2={x(rating.high)} y1={cy} y2={cy} className="stroke-ink-faint" />
      <line x1={cx} x2={cx} y1={y(importance.low)} y2={y(importance.high)} className="stroke-ink-faint" />
    </>
  );
}

function Dot({ placed: { one, number, x: rating, y: importance }, x, y }: { placed: Placed; x: Place; y: Place }) {
  const says = `${number}. ${one.title || one.question}: importance ${sayValue(importance.value, "share")} (${sayInterval(importance.low, importance.high, "share")}), rating ${rating.value.toFixed(1)} (${rating.low.toFixed(1)}–${rating.high.toFixed(1)}), ${one.quadrant}, n = ${sayN(one.n)} customers`;
  return (
    <span
      role="img"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its evidence is shown where it has the focus
      tabIndex={0}
      data-tip={says}
      aria-label={says}
      className={`absolute flex size-6 -translate-1/2 items-center justify-center rounded-full border border-spruce text-xs font-semibold ${one.significant ? "bg-spruce text-on-spruce" : "bg-sheet text-ink"}`}
      style={{ left: x(rating.value), top: y(importance.value) }}
    >
      {number}
    </span>
  );
}
