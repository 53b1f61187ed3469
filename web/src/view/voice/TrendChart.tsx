import { type KeyboardEvent, useState } from "react";
import { sayInterval, sayValue } from "~/overlay/say";
import { type Ends, type Point, pieces, sayN, sayPoint, scale, spanOf, ticks } from "~/overlay/voice";
import { Rows } from "../flow/Chart";
import { useWidth } from "./parts";

interface Drawn {
  title: string;
  points: readonly Point[];
}

const HIGH = 200;
const LEFT = 52;
const RIGHT = 14;
const TOP = 10;
const FOOT = 26;

/** A line by period with its 95 % band, hollow points for few, gaps where nothing was measured; and the same as a table. */
export function TrendChart({
  title,
  lines,
  unit,
  span,
  fromZero = false,
}: {
  title: string;
  lines: readonly Drawn[];
  unit: string;
  /** What the axis spans, where several charts are to be compared. */
  span?: readonly [number, number];
  fromZero?: boolean;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const points = lines.flatMap((line) => line.points);
  const measured = points.filter((one): one is Point & Ends => one.value !== undefined);
  if (!measured.length)
    return <p className="not-measured rounded p-3 text-sm text-ink-soft">{title}: no period has enough answers.</p>;
  const [least, most] = span ?? spanOf(measured);
  const y = scale([fromZero ? 0 : least, most], [HIGH - FOOT, TOP]);
  const count = lines[0]!.points.length;
  const x = scale([0, Math.max(1, count - 1)], [LEFT, Math.max(LEFT + 1, width - RIGHT)]);
  return (
    <figure className="min-w-0">
      <figcaption className="text-sm font-medium">{title}</figcaption>
      <div ref={ref} className="relative">
        {width > 0 && (
          <>
            <svg aria-hidden="true" width={width} height={HIGH} className="block">
              <Axis unit={unit} y={y} span={[fromZero ? 0 : least, most]} width={width} />
              <Months points={lines[0]!.points} x={x} width={width} />
              {lines.map((line) => (
                <LineDrawn key={line.title} line={line} x={x} y={y} />
              ))}
            </svg>
            {lines.map((line) => (
              <Points key={line.title} line={line} x={x} y={y} unit={unit} />
            ))}
          </>
        )}
      </div>
      <Rows
        title={title}
        heads={["Period", "Value", "95\u202f% interval", "n"]}
        rows={lines.flatMap((line) => line.points.map((one) => row(one, unit)))}
      />
    </figure>
  );
}

function row(one: Point, unit: string): string[] {
  if (one.value === undefined) return [one.period, one.note || "not measured", "", ""];
  return [one.period, sayValue(one.value, unit), sayInterval(one.low!, one.high!, unit), sayN(one.n)];
}

type Place = (value: number) => number;

function Axis({ unit, y, span, width }: { unit: string; y: Place; span: readonly [number, number]; width: number }) {
  return (
    <g>
      {ticks(span[0], span[1]).map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} className="stroke-line" />
          <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className="fill-ink-soft text-xs">
            {sayValue(tick, unit)}
          </text>
        </g>
      ))}
    </g>
  );
}

const WORD = 60; // no name of a period is wider
const GAP = 8;

/** The periods below the line, as many as there is room for; the last ends with the line, if it fits. */
function Months({ points, x, width }: { points: readonly Point[]; x: Place; width: number }) {
  const last = points.length - 1;
  const every = Math.max(1, Math.ceil((WORD + GAP) / Math.max(1, x(1) - x(0))));
  const fits = (at: number) => x(at) + WORD / 2 <= width || x(at) - x(at - every) >= WORD * 1.5 + GAP;
  return (
    <g>
      {points.map(({ period }, at) =>
        at % every === 0 && (at === 0 || fits(at)) ? (
          <text
            key={period}
            x={x(at)}
            y={HIGH - 8}
            textAnchor={at === last && at > 0 ? "end" : "middle"}
            className="fill-ink-soft text-xs"
          >
            {period}
          </text>
        ) : null,
      )}
    </g>
  );
}

function LineDrawn({ line, x, y }: { line: Drawn; x: Place; y: Place }) {
  return pieces(line.points).map((piece) => (
    <g key={piece[0]!.at}>
      <path d={band(piece, x, y)} className="fill-spruce/15" />
      <path d={path(piece, x, y)} className="fill-none stroke-spruce" strokeWidth={2} />
      {piece.length === 1 && (
        <line
          x1={x(piece[0]!.at)}
          x2={x(piece[0]!.at)}
          y1={y(piece[0]!.low)}
          y2={y(piece[0]!.high)}
          className="stroke-spruce/40"
          strokeWidth={3}
        />
      )}
    </g>
  ));
}

/** The points of a line: one of them is in the order of Tab, arrows go to the others. */
function Points({ line, x, y, unit }: { line: Drawn; x: Place; y: Place; unit: string }) {
  const measured = line.points.flatMap((point, at) => (point.value === undefined ? [] : [{ point, at }]));
  const [focused, setFocused] = useState<string>();
  const inOrder = measured.some(({ point }) => point.period === focused) ? focused : measured[0]?.point.period;
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const way = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
    if (!way) return;
    event.preventDefault();
    const to = document.activeElement?.[way as "nextElementSibling"];
    if (to instanceof HTMLElement) to.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows go from one point to the next
    <div onKeyDown={walk}>
      {measured.map(({ point, at }) => (
        <span
          key={point.period}
          role="img"
          tabIndex={point.period === inOrder ? 0 : -1}
          onFocus={() => setFocused(point.period)}
          data-tip={sayPoint(point, unit)}
          aria-label={sayPoint(point, unit)}
          className="absolute flex size-6 -translate-1/2 items-center justify-center rounded-full"
          style={{ left: x(at), top: y(point.value!) }}
        >
          <span className={`size-2.5 rounded-full border-2 border-spruce ${point.hollow ? "bg-sheet" : "bg-spruce"}`} />
        </span>
      ))}
    </div>
  );
}

type Piece = readonly (Ends & { at: number })[];

function path(piece: Piece, x: Place, y: Place): string {
  return `M${piece.map(({ at, value }) => `${x(at)},${y(value)}`).join("L")}`;
}

function band(piece: Piece, x: Place, y: Place): string {
  const there = piece.map(({ at, high }) => `${x(at)},${y(high)}`);
  const back = piece.toReversed().map(({ at, low }) => `${x(at)},${y(low)}`);
  return `M${[...there, ...back].join("L")}Z`;
}

/** The same line, as small as a word; over gaps it is dotted. What it says stands beside it in words. */
export function Spark({ points }: { points: readonly Point[] }) {
  const drawn = pieces(points);
  const most = Math.max(...drawn.flat().map(({ value }) => value), 0) || 1;
  const x = scale([0, Math.max(1, points.length - 1)], [2, 62]);
  const y = scale([0, most], [18, 3]);
  return (
    <svg aria-hidden="true" width={64} height={20} className="shrink-0">
      <line x1={2} x2={62} y1={18.5} y2={18.5} className="stroke-line" />
      {drawn.length > 1 && (
        <path d={path(drawn.flat(), x, y)} className="fill-none stroke-line-strong" strokeDasharray="1.5 2.5" />
      )}
      {drawn.map((piece) =>
        piece.length > 1 ? (
          <path key={piece[0]!.at} d={path(piece, x, y)} className="fill-none stroke-ink-soft" strokeWidth={1.5} />
        ) : (
          <circle key={piece[0]!.at} cx={x(piece[0]!.at)} cy={y(piece[0]!.value)} r={1.5} className="fill-ink-soft" />
        ),
      )}
    </svg>
  );
}
