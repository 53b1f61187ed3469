import { type ReactNode, useEffect, useState } from "react";
import { type CurvePoint, feelingWord, HIGHEST, LOWEST, tenths } from "~/maps/curve";
import { CURVE_HEIGHT, type CurveColumn, heightOf } from "./paths";

interface Props {
  column: CurveColumn;
  title: string;
  width: number;
  point: CurvePoint | undefined;
  onSet: (level: number) => void;
  onClear: () => void;
  /** Back to the point. */
  onLeave: () => void;
}

const WIDE = 216;
const TALL = 36;
const KNOB = "grid size-7 shrink-0 place-items-center rounded text-base hover:bg-sunken disabled:text-ink-faint";

/** Beside the chosen point: a step down, the exact number, a step up, and away with it. */
export function CurveTools({ column, title, width, point, onSet, onClear, onLeave }: Props): ReactNode {
  const level = point?.level ?? 0;
  const middle = column.left + column.width / 2;
  const y = heightOf(level);
  const top = y > CURVE_HEIGHT / 2 ? y - TALL - 14 : y + 14;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a toolbar beside the point, not a form's group
    <div
      role="group"
      // Some browsers give no focus to a button that is clicked: it stays in here, or the tools would go before the click.
      tabIndex={-1}
      aria-label={`Feeling at ${title}, exactly`}
      className="absolute z-3 flex items-center gap-0.5 rounded-lg border border-line bg-raised px-1 text-ink shadow-float outline-none"
      style={{ left: Math.max(0, Math.min(width - WIDE, middle - WIDE / 2)), top, width: WIDE, height: TALL }}
    >
      <button
        type="button"
        aria-label="Feels worse"
        title="Feels worse (Down)"
        className={KNOB}
        disabled={level <= LOWEST}
        onClick={() => onSet(tenths(level - 0.1))}
      >
        −
      </button>
      <Exact level={point?.level} onSet={onSet} onLeave={onLeave} />
      <button
        type="button"
        aria-label="Feels better"
        title="Feels better (Up)"
        className={KNOB}
        disabled={level >= HIGHEST}
        onClick={() => onSet(tenths(level + 0.1))}
      >
        +
      </button>
      <span className="min-w-0 flex-1 truncate text-center text-xs text-ink-soft">
        {point ? feelingWord(level) : "not set"}
      </span>
      <button
        type="button"
        aria-label="Take the point away"
        title="Take the point away (Delete)"
        className={KNOB}
        disabled={point?.from !== "own"}
        onClick={() => {
          onClear();
          onLeave();
        }}
      >
        ×
      </button>
    </div>
  );
}

/** Takes what was typed at Enter and on leaving; Escape forgets it. */
function Exact({
  level,
  onSet,
  onLeave,
}: {
  level: number | undefined;
  onSet: (level: number) => void;
  onLeave: () => void;
}): ReactNode {
  const there = level === undefined ? "" : String(level);
  const [typed, setTyped] = useState(there);
  useEffect(() => setTyped(there), [there]);
  const take = () => {
    const said = Number(typed.replace(",", ".").replace("−", "-"));
    if (typed.trim() === "" || Number.isNaN(said)) setTyped(there);
    else if (tenths(said) !== level) onSet(tenths(said));
    else setTyped(there);
  };
  return (
    <input
      data-curve-number=""
      aria-label="Feeling, from −2 to +2"
      inputMode="decimal"
      className="h-7 w-11 rounded border border-line bg-sheet px-1 text-center text-sm tabular-nums"
      value={typed}
      placeholder="0"
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={take}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") {
          take();
          onLeave();
        }
        if (event.key === "Escape") {
          setTyped(there);
          onLeave();
        }
        const step = { ArrowUp: 0.1, ArrowDown: -0.1 }[event.key];
        if (step) {
          event.preventDefault();
          onSet(tenths((level ?? 0) + step));
        }
      }}
    />
  );
}
