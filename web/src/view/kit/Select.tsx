import { useId } from "react";
import { BOX, Says } from "./Field";
import { Icon } from "./Icon";

export interface Option<V extends string = string> {
  value: V;
  title: string;
  /** The heading under which it stands, with its neighbours of the same heading. */
  under?: string;
}

/** One of a few: the browser's own list, so that it works everywhere. */
export function Select<V extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel = false,
  hint,
  error,
  disabled = false,
  size = "md",
  className = "",
}: {
  label: string;
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
  hideLabel?: boolean;
  hint?: string;
  error?: string | null;
  disabled?: boolean;
  size?: "sm" | "md";
  className?: string;
}) {
  const id = useId();
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium text-ink"}>
        {label}
      </label>
      <span className="relative">
        <select
          id={id}
          value={value}
          disabled={disabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? `${id}-says` : undefined}
          onChange={(event) => onChange(event.target.value as V)}
          className={`${BOX} ${size === "sm" ? "h-7 text-sm" : "h-9"} appearance-none pr-8`}
        >
          {headed(options).map(({ under, all }) =>
            under ? (
              <optgroup key={under} label={under}>
                {all.map(drawn)}
              </optgroup>
            ) : (
              all.map(drawn)
            ),
          )}
        </select>
        <Icon
          name="chevron-down"
          size={16}
          className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-soft"
        />
      </span>
      <Says id={`${id}-says`} hint={hint} error={error} />
    </div>
  );
}

function drawn({ value, title }: Option) {
  return (
    <option key={value} value={value}>
      {title}
    </option>
  );
}

/** Neighbours of the same heading, together. */
function headed(options: readonly Option[]): { under: string | undefined; all: Option[] }[] {
  const found: { under: string | undefined; all: Option[] }[] = [];
  for (const one of options) {
    const last = found.at(-1);
    if (last && last.under === one.under) last.all.push(one);
    else found.push({ under: one.under, all: [one] });
  }
  return found;
}
