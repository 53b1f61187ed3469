import { type ReactNode, useEffect, useState } from "react";
import { Field } from "../../kit/Field";

interface Props {
  label: string;
  value: string;
  /** What is wrong with the text; null: it can be taken. "" is always taken. */
  fault?: (text: string) => string | null;
  onTake: (text: string) => void;
  hideLabel?: boolean;
  hint?: string;
  placeholder?: string;
  type?: string;
  inputMode?: "decimal" | "numeric";
  className?: string;
  list?: string;
}

/** A value that must be right before it is taken: at Enter, and on leaving. What is wrong stays and says why. */
export function ValueField({ value, fault = () => null, onTake, type = "text", ...rest }: Props): ReactNode {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const wrong = typed.trim() === "" ? null : fault(typed.trim());
  const take = () => {
    if (!wrong && typed.trim() !== value) onTake(typed.trim());
  };
  return (
    <Field
      {...rest}
      type={type}
      value={typed}
      error={wrong}
      onChange={setTyped}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key === "Escape" && typed !== value) {
          event.stopPropagation();
          setTyped(value);
        }
      }}
    />
  );
}

export function durationFault(text: string): string | null {
  return /^\d+(\.\d+)?\s*[smhdw]$/.test(text) ? null : "Write a duration like 30m, 2h, 10d or 1w.";
}

export function numberFault(text: string): string | null {
  return readNumber(text) === undefined ? "Write a number." : null;
}

/** A number as people write it, with a comma or a real minus too. */
export function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace("−", "-")
    .replace(/,(\d{1,2})$/, ".$1");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

export function dateFault(text: string): string | null {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? null : "Write a date like 2026-11-22.";
}
