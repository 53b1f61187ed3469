import { type ReactNode, useId } from "react";
import { feelingWord, HIGHEST, LOWEST, signed, tenths } from "~/maps/curve";
import { IconButton } from "../../kit/Button";
import { usePlace } from "./place";
import { Shown } from "./TextField";
import { numberFault, readNumber, ValueField } from "./ValueField";

/** How something feels, from −2 to +2: a slider, steps, and the exact number. */
export function LevelSlider({
  label,
  level,
  hideLabel = false,
  onSet,
  onSlide,
}: {
  label: string;
  level: number | undefined;
  hideLabel?: boolean;
  onSet: (level: number | undefined) => void;
  /** While it is dragged; `onSet` when missing. */
  onSlide?: (level: number) => void;
}): ReactNode {
  const id = useId();
  const word = level === undefined ? "Not set" : feelingWord(level);
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>
          {label}
        </label>
        <span className="text-sm text-ink-soft">{word}</span>
      </span>
      <div className="flex items-center gap-1">
        <IconButton
          size="sm"
          icon="minus"
          label={`${label}: feels worse`}
          disabled={level !== undefined && level <= LOWEST}
          onClick={() => onSet(tenths((level ?? 0) - 0.1))}
        />
        <input
          id={id}
          type="range"
          min={LOWEST}
          max={HIGHEST}
          step={0.1}
          value={level ?? 0}
          aria-valuetext={level === undefined ? "not set" : `${signed(level)}, ${word}`}
          className={`h-6 min-w-0 flex-1 accent-spruce ${level === undefined ? "opacity-50" : ""}`}
          onChange={(event) => (onSlide ?? onSet)(tenths(Number(event.target.value)))}
        />
        <IconButton
          size="sm"
          icon="plus"
          label={`${label}: feels better`}
          disabled={level !== undefined && level >= HIGHEST}
          onClick={() => onSet(tenths((level ?? 0) + 0.1))}
        />
        <ValueField
          label={`${label}, from −2 to +2`}
          hideLabel
          className="w-16"
          value={level === undefined ? "" : String(level)}
          placeholder="–"
          inputMode="decimal"
          fault={levelFault}
          onTake={(text) => onSet(text ? tenths(readNumber(text) ?? 0) : undefined)}
        />
      </div>
    </div>
  );
}

function levelFault(text: string): string | null {
  const said = readNumber(text);
  if (said === undefined) return numberFault(text);
  return said < LOWEST || said > HIGHEST ? "From −2 to 2." : null;
}

/** The level of a card. */
export function LevelField(): ReactNode {
  const { fields, mayEdit, put, type } = usePlace();
  const level = typeof fields.level === "number" ? fields.level : undefined;
  if (!mayEdit)
    return <Shown short label="Feeling" says={level === undefined ? "" : `${signed(level)}, ${feelingWord(level)}`} />;
  return (
    <LevelSlider
      label="Feeling"
      level={level}
      onSet={(next) => put({ level: next }, "Set the feeling")}
      onSlide={(next) => type({ level: next }, "Set the feeling")}
    />
  );
}
