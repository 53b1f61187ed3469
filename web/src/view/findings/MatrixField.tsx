import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { FindingTold } from "~/contract/api";
import { along, EFFORTS, effortAlong, effortAt, effortBeside, rankBy, spanOf, stepsOf } from "~/overlay/findings";
import { sayCount } from "~/overlay/say";
import type { Estimating } from "./Matrix";

/** Where efforts begin, in per cent; what nobody has estimated stands to the left of it. */
const LEFT = 22;
const RIGHT = 96;
const MOVED_PX = 4;

/** A field of numbers: further up costs more, further right is more work. */
export function MatrixField({ findings, mayEdit, estimate, open }: Estimating) {
  const ref = useRef<HTMLElement>(null);
  const span = spanOf(findings.map((one) => one.cost.lost!));
  const steps = stepsOf(span);
  const [dragged, setDragged] = useState<{ id: string; effort: number | null }>();
  const top = findings.reduce((most, one) => (one.cost.lost!.value > most.cost.lost!.value ? one : most), findings[0]!);
  const effortUnder = (x: number): number | null => {
    const box = ref.current!.getBoundingClientRect();
    const share = (100 * (x - box.left)) / box.width;
    return share < LEFT - 3 ? null : effortAt((share - LEFT) / (RIGHT - LEFT));
  };
  return (
    <div className="flex gap-2">
      <div
        aria-hidden="true"
        className="relative h-80 w-7 shrink-0 text-right text-xs text-ink-soft tabular-nums sm:h-96"
      >
        {steps.map((step) => (
          <span key={step} className="absolute right-0 translate-y-1/2" style={{ bottom: `${along(step, span)}%` }}>
            {sayCount(step)}
          </span>
        ))}
      </div>
      <div className="min-w-0 flex-1">
        <figure
          ref={ref}
          aria-label={`Impact against effort of ${findings.length} findings; the costliest is ${top.title}, ${top.place}: ${top.cost.says}.`}
          className="relative h-80 overflow-hidden rounded-lg border border-line bg-sheet sm:h-96"
        >
          <div
            aria-hidden="true"
            className="absolute inset-y-0 left-0 border-r border-dashed border-line-strong bg-sunken"
            style={{ width: `${LEFT - 3}%` }}
          />
          {steps.map((step) => (
            <div
              key={step}
              aria-hidden="true"
              className="absolute inset-x-0 border-t border-line"
              style={{ bottom: `${along(step, span)}%` }}
            />
          ))}
          <Corner className="top-2 left-[22%]">Do first</Corner>
          <Corner className="top-2 right-2">Plan well</Corner>
          <Corner className="bottom-2 left-[22%]">Beside other work</Corner>
          <Corner className="right-2 bottom-2">Leave</Corner>
          {findings.map((one, index) => {
            const effort = dragged?.id === one.id ? dragged.effort : one.cost.effort;
            const beside = findings.slice(0, index).filter((other) => other.cost.effort === effort).length;
            return (
              <Point
                key={one.id}
                one={one}
                effort={effort}
                x={effort === null ? 5 + 4.5 * (beside % 3) : LEFT + (RIGHT - LEFT) * effortAlong(effort)}
                y={along(one.cost.lost!.value, span)}
                mayEdit={mayEdit}
                open={() => open(one.id)}
                estimate={(to) => estimate(one, to)}
                drag={(x) => setDragged(x === undefined ? undefined : { id: one.id, effort: effortUnder(x) })}
                under={effortUnder}
              />
            );
          })}
        </figure>
        <div aria-hidden="true" className="relative h-5 text-xs text-ink-soft">
          <span className="absolute left-1">
            <span className="sm:hidden">unknown</span>
            <span className="max-sm:hidden">not estimated</span>
          </span>
          {EFFORTS.map((step) => (
            <span
              key={step}
              className="absolute -translate-x-1/2 tabular-nums"
              style={{ left: `${LEFT + (RIGHT - LEFT) * effortAlong(step)}%` }}
            >
              {step}
            </span>
          ))}
        </div>
        <p aria-hidden="true" className="text-center text-xs text-ink-soft">
          ↑ lost journeys a year · effort, in what your team counts in →
        </p>
      </div>
    </div>
  );
}

interface PointProps {
  one: FindingTold;
  effort: number | null;
  x: number;
  y: number;
  mayEdit: boolean;
  open: () => void;
  estimate: (effort: number | null) => void;
  /** It is dragged to this place of the screen; undefined: it was let go. */
  drag: (x: number | undefined) => void;
  under: (x: number) => number | null;
}

function Point({ one, effort, x, y, mayEdit, open, estimate, drag, under }: PointProps) {
  const from = useRef<number | undefined>(undefined);
  const moved = useRef(false);
  const known = effort === null ? "effort not estimated" : `effort ${effort}`;
  const says = `${rankBy(one, "loss")}: ${one.title}, ${one.place}: ${one.cost.lost!.told} lost journeys a year, ${known}`;
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
    if (!by || !mayEdit) return;
    event.preventDefault();
    estimate(effortBeside(effort, by));
  };
  const onDown = (event: PointerEvent<HTMLButtonElement>) => {
    moved.current = false;
    if (!mayEdit || event.button !== 0) return;
    from.current = event.clientX;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent) => {
    if (from.current === undefined) return;
    if (!moved.current && Math.abs(event.clientX - from.current) < MOVED_PX) return;
    moved.current = true;
    drag(event.clientX);
  };
  const onUp = (event: PointerEvent) => {
    if (from.current === undefined) return;
    from.current = undefined;
    if (moved.current) estimate(under(event.clientX));
    drag(undefined);
  };
  const stop = () => {
    from.current = undefined;
    drag(undefined);
  };
  return (
    <button
      type="button"
      aria-label={`${says}. Open`}
      data-tip={says}
      onKeyDown={onKey}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={stop}
      onClick={() => !moved.current && open()}
      className={`absolute z-10 flex size-7 -translate-x-1/2 translate-y-1/2 touch-none items-center justify-center rounded-full border-2 border-spruce text-xs font-semibold tabular-nums hover:z-20 hover:shadow-float focus-visible:z-20 ${effort === null ? "border-dashed bg-sheet text-spruce" : "bg-spruce text-on-spruce"} ${mayEdit ? "cursor-grab" : ""}`}
      style={{ left: `${x}%`, bottom: `${y}%` }}
    >
      {rankBy(one, "loss")}
    </button>
  );
}

function Corner({ className, children }: { className: string; children: string }) {
  return (
    <span aria-hidden="true" className={`absolute text-xs font-medium text-ink-soft ${className}`}>
      {children}
    </span>
  );
}
