import { memo, type ReactNode, useId, useRef, useState } from "react";
import type { Desk } from "~/commands/command";
import { type CurveLine, clearLevel, setLevel, signed, tenths, type Voice } from "~/maps/curve";
import { nameOf } from "~/maps/kinds";
import { MeasuredCurve } from "../numbers/MeasuredCurve";
import { usePersonaFocus } from "../people/focus";
import { useMap, useSection } from "../useMap";
import { CurvePointHandle } from "./CurvePointHandle";
import { CurveTools } from "./CurveTools";
import { lookOf } from "./look";
import { areaPath, bridgePath, CURVE_HEIGHT, type CurveColumn, heightOf, linePath, spotsOf } from "./paths";
import { useCurve } from "./useCurve";

export { CURVE_HEIGHT, type CurveColumn } from "./paths";

interface Props {
  desk: Desk;
  /** Every place of the board from left to right: touchpoints, and stages that have none. */
  columns: readonly CurveColumn[];
  /** Of the lane's content, in pixels. */
  width: number;
  /** What of it is on the screen, in pixels: only there points can be taken. Everything when missing. */
  seen?: { from: number; to: number };
}

/**
 * The emotion curve over the columns of the board: one line a voice, all points of the voice in focus to be taken.
 *
 * Place it once, over the whole lane, at the left edge of the first column; it is `CURVE_HEIGHT` tall. Each column has
 * one slider of the voice in focus (`data-curve-at` is its place): Up and Down change it, Left and Right go to the
 * neighbours, Enter goes to the exact number, Delete takes the point away.
 */
export function CurveLane({ desk, columns, width, seen }: Props): ReactNode {
  const map = useMap();
  const [focus, choose] = usePersonaFocus();
  const personas = useSection("personas");
  const lines = useCurve(focus);
  const [taken, setTaken] = useState<{ at: string; voice: Voice; level: number }>();
  const [at, setAt] = useState<string>();
  const layer = useRef<HTMLDivElement>(null);
  const own = lines.find((line) => line.voice === focus) ?? lines[0]!;
  const shown = taken ? lines.map((line) => (line.voice === taken.voice ? moved(line, taken) : line)) : lines;
  const place = (id: string, level: number, voice = focus) =>
    desk.edit("Set the feeling", () => setLevel(map, id, voice, level));
  const clear = (id: string) => desk.edit("Take the feeling away", () => clearLevel(map, id, focus));
  const inSight = columns.filter((one) => !seen || (one.left + one.width > seen.from && one.left < seen.to));
  const tab = inSight.some((one) => one.at === at) ? at : inSight[0]?.at;
  const current = columns.find((one) => one.at === at);
  const go = (from: string, step: number) => {
    const next = columns[columns.findIndex((one) => one.at === from) + step];
    if (next) layer.current?.querySelector<HTMLElement>(`[data-curve-at="${CSS.escape(next.at)}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid over the columns
    <div
      ref={layer}
      role="group"
      aria-label={`Emotion curve, ${focus ? nameOf(map.get(focus)) : "everybody"}`}
      className="relative"
      style={{ width, height: CURVE_HEIGHT }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setAt(undefined);
      }}
    >
      <Drawn lines={shown} focus={own.voice} columns={columns} width={width} personas={personas} />
      <MeasuredCurve columns={columns} width={width} />
      {inSight.flatMap((column) =>
        shown
          .filter(
            (line) =>
              line === shown.find((one) => one.voice === own.voice) || line.points.get(column.at)?.from === "own",
          )
          .map((line) => (
            <CurvePointHandle
              key={`${line.voice} ${column.at}`}
              column={column}
              title={nameOf(map.get(column.at))}
              voice={line.voice === null ? "everybody" : nameOf(map.get(line.voice))}
              point={line.points.get(column.at)}
              mine={line.voice === own.voice}
              look={lookOf(line.voice, personas)}
              mayEdit={desk.mayEdit}
              tabbed={line.voice === own.voice && column.at === tab}
              chosen={line.voice === own.voice && column.at === at}
              onFocus={() => {
                if (line.voice !== focus) choose(line.voice);
                setAt(column.at);
              }}
              onGo={(step) => go(column.at, step)}
              onSet={(level) => place(column.at, level)}
              onClear={() => clear(column.at)}
              onDrag={(level) => setTaken(level === null ? undefined : { at: column.at, voice: line.voice, level })}
              onDrop={(level) => {
                setTaken(undefined);
                place(column.at, level, line.voice);
                desk.announce(`${nameOf(map.get(column.at))}: ${signed(tenths(level))}`);
              }}
            />
          )),
      )}
      {current && desk.mayEdit && !taken && (
        <CurveTools
          column={current}
          title={nameOf(map.get(current.at))}
          width={width}
          point={own.points.get(current.at)}
          onSet={(level) => place(current.at, level)}
          onClear={() => clear(current.at)}
          onLeave={() => go(current.at, 0)}
        />
      )}
    </div>
  );
}

function moved(line: CurveLine, taken: { at: string; level: number }): CurveLine {
  return { ...line, points: new Map(line.points).set(taken.at, { level: taken.level, from: "own" }) };
}

interface DrawnProps {
  lines: readonly CurveLine[];
  focus: Voice;
  columns: readonly CurveColumn[];
  width: number;
  personas: readonly { id: string }[];
}

/** The lines themselves. Everybody's ears get the sliders instead. */
const Drawn = memo(function Drawn({ lines, focus, columns, width, personas }: DrawnProps): ReactNode {
  const id = useId();
  const front = lines.find((line) => line.voice === focus) ?? lines[0]!;
  const spots = spotsOf(front, columns);
  const hill = areaPath(spots);
  return (
    <svg className="absolute inset-0" width={width} height={CURVE_HEIGHT} aria-hidden="true" focusable="false">
      <clipPath id={`${id}up`}>
        <rect x={0} y={0} width={width} height={heightOf(0)} />
      </clipPath>
      <clipPath id={`${id}down`}>
        <rect x={0} y={heightOf(0)} width={width} height={CURVE_HEIGHT - heightOf(0)} />
      </clipPath>
      <path d={hill} clipPath={`url(#${id}up)`} className="fill-leaf-soft" />
      <path d={hill} clipPath={`url(#${id}down)`} className="fill-coral-soft" />
      {[2, 1, -1, -2].map((level) => (
        <line
          key={level}
          x1={0}
          x2={width}
          y1={heightOf(level)}
          y2={heightOf(level)}
          className="stroke-line"
          strokeDasharray="2 5"
        />
      ))}
      <line x1={0} x2={width} y1={heightOf(0)} y2={heightOf(0)} className="stroke-line-strong" strokeWidth={1} />
      {[...lines.filter((line) => line !== front), front].map((line) => {
        const look = lookOf(line.voice, personas);
        const path = line === front ? spots : spotsOf(line, columns);
        return (
          <g key={line.voice} className={`fill-none ${look.stroke}`} strokeLinecap="round" strokeLinejoin="round">
            <path d={bridgePath(path)} strokeWidth={1} strokeDasharray="1 5" opacity={0.7} />
            <path
              d={linePath(path)}
              strokeWidth={line === front ? 2.5 : 1.5}
              strokeDasharray={look.dash}
              opacity={line === front ? 1 : 0.75}
            />
          </g>
        );
      })}
    </svg>
  );
});
