import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { type CurvePoint, feelingWord, HIGHEST, LOWEST, signed, tenths } from "~/maps/curve";
import type { Look } from "./look";
import { type CurveColumn, heightOf, levelAt } from "./paths";

interface Props {
  column: CurveColumn;
  title: string;
  voice: string;
  point: CurvePoint | undefined;
  /** It is on the line of the voice in focus. */
  mine: boolean;
  look: Look;
  mayEdit: boolean;
  tabbed: boolean;
  chosen: boolean;
  onFocus: () => void;
  onGo: (step: number) => void;
  onSet: (level: number) => void;
  onClear: () => void;
  /** While it is dragged; null: the drag was given up. */
  onDrag: (level: number | null) => void;
  onDrop: (level: number) => void;
}

const STEPS: Record<string, number> = {
  ArrowUp: 0.1,
  ArrowDown: -0.1,
  PageUp: 0.5,
  PageDown: -0.5,
  "+": 0.5,
  "-": -0.5,
};
const FIRM = 3;

/** One point of the curve: a slider that is dragged, or moved by keys. Where nothing is said: a place to say it. */
export function CurvePointHandle(props: Props): ReactNode {
  const { column, point, mine, look, mayEdit } = props;
  const drag = useRef<{ from: number; y: number; level: number; began: boolean } | null>(null);
  const level = point?.level ?? 0;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!act(event.key, event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const act = (key: string, far: boolean): boolean => {
    if (key === "ArrowLeft" || key === "ArrowRight") return yes(() => props.onGo(key === "ArrowLeft" ? -1 : 1));
    if (!mayEdit) return false;
    if (key === "Escape" && drag.current?.began) return yes(giveUp);
    const step = STEPS[key];
    if (step) return yes(() => props.onSet(tenths(level + (far && Math.abs(step) < 0.5 ? 5 * step : step))));
    if (key === "Home" || key === "End") return yes(() => props.onSet(key === "Home" ? LOWEST : HIGHEST));
    if ((key === "Delete" || key === "Backspace") && point?.from === "own") return yes(props.onClear);
    if (key === "Enter") return yes(() => document.querySelector<HTMLElement>("[data-curve-number]")?.focus());
    return false;
  };
  const giveUp = () => {
    drag.current = null;
    props.onDrag(null);
  };
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (!mayEdit || event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: heightOf(level), y: event.clientY, level, began: false };
  };
  const move = (event: PointerEvent) => {
    const now = drag.current;
    if (!now) return;
    const far = event.clientY - now.y;
    if (!now.began && Math.abs(far) < FIRM) return;
    now.began = true;
    now.level = tenths(levelAt(now.from + far));
    props.onDrag(now.level);
  };
  const drop = () => {
    const now = drag.current;
    drag.current = null;
    if (now?.began) props.onDrop(now.level);
  };
  const marked = point && (mine || point.from === "own");
  const hollow = point && point.from !== "own";
  return (
    <div
      role="slider"
      tabIndex={props.tabbed ? 0 : -1}
      data-curve-at={mine ? column.at : undefined}
      aria-label={`Feeling at ${props.title}, ${props.voice}`}
      aria-orientation="vertical"
      aria-valuemin={LOWEST}
      aria-valuemax={HIGHEST}
      aria-valuenow={level}
      aria-valuetext={spoken(point)}
      aria-readonly={mayEdit ? undefined : true}
      className={`group absolute grid size-8 -translate-x-1/2 -translate-y-1/2 place-items-center rounded-full ${
        mayEdit ? "cursor-ns-resize touch-none" : ""
      } ${mine ? "z-2" : "z-1"}`}
      style={{ left: column.left + column.width / 2, top: heightOf(level) }}
      onFocus={props.onFocus}
      onKeyDown={onKeyDown}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={giveUp}
    >
      {marked ? (
        <svg viewBox="-9 -9 18 18" className="pointer-events-none size-[18px]" aria-hidden="true" focusable="false">
          <path
            d={look.mark}
            className={`${look.stroke} ${hollow ? "fill-sheet" : look.fill} transition-transform ${
              props.chosen ? "scale-135" : "group-hover:scale-120"
            }`}
            strokeWidth={hollow ? 1.75 : 1}
          />
        </svg>
      ) : (
        mayEdit && (
          <span
            aria-hidden="true"
            className="grid size-6 place-items-center rounded-full border border-dashed border-line-strong bg-sheet text-sm text-ink-soft opacity-0 group-hover:opacity-100 group-focus:opacity-100"
          >
            +
          </span>
        )
      )}
    </div>
  );
}

function yes(act: () => void): true {
  act();
  return true;
}

function spoken(point: CurvePoint | undefined): string {
  if (!point) return "not set";
  const says = `${signed(point.level)}, ${feelingWord(point.level)}`;
  return point.from === "own" ? says : `${says}, ${point.from === "promise" ? "as promised" : "said for everybody"}`;
}
