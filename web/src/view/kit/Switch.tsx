import type { ReactNode } from "react";

/** On or off, at once. */
export function Switch({
  label,
  checked,
  onChange,
  about,
  disabled = false,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  about?: ReactNode;
  disabled?: boolean;
}) {
  return (
    <label className={`flex min-h-7 items-start gap-3 ${disabled ? "opacity-55" : "cursor-pointer"}`}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="kit-switch mt-0.5"
      />
      <span>
        <span className="block text-base">{label}</span>
        {about && <span className="block text-sm text-ink-soft">{about}</span>}
      </span>
    </label>
  );
}

/** One of several that can be ticked together. */
export function Tick({
  label,
  checked,
  onChange,
  disabled = false,
}: {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label className={`flex min-h-7 items-center gap-2.5 text-base ${disabled ? "opacity-55" : "cursor-pointer"}`}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4.5 accent-spruce"
      />
      {label}
    </label>
  );
}
