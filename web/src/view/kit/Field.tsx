import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./Icon";

export const BOX =
  "w-full rounded-md border border-line-strong/70 bg-sheet px-2.5 text-base text-ink placeholder:text-ink-faint hover:border-line-strong focus-visible:outline-offset-0 aria-invalid:border-coral disabled:bg-sunken disabled:text-ink-soft [&[readonly]]:bg-sunken";

interface Said {
  label: string;
  value: string;
  onChange?: (value: string) => void;
  /** Only read aloud, where what stands around it says it already. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: string | null | undefined;
  className?: string;
  /** What the browser offers while one types; anything else can be typed too. */
  options?: readonly string[];
}

type Own = Omit<ComponentProps<"input">, "value" | "onChange" | "className" | "id">;
type OwnArea = Omit<ComponentProps<"textarea">, "value" | "onChange" | "className" | "id">;

/** A text to type, with its label, and what is wrong with it. `multiline` for more than a line. */
export function Field(props: (Said & { multiline?: false } & Own) | (Said & { multiline: true } & OwnArea)) {
  const { label, value, onChange, hideLabel, hint, error, className = "", options, multiline: _, ...rest } = props;
  const id = useId();
  const own = {
    id,
    value,
    readOnly: !onChange,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error || hint ? `${id}-says` : undefined,
    onChange: (event: { target: { value: string } }) => onChange?.(event.target.value),
  };
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium text-ink"}>
        {label}
      </label>
      {props.multiline ? (
        <textarea rows={3} {...(rest as OwnArea)} {...own} className={`${BOX} min-h-9 py-1.5`} />
      ) : (
        <input {...(rest as Own)} {...own} list={options && `${id}-list`} className={`${BOX} h-9`} />
      )}
      {options && (
        <datalist id={`${id}-list`}>
          {options.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <Says id={`${id}-says`} hint={hint} error={error} />
    </div>
  );
}

/** The hint below a field, or the fault in its place. */
export function Says({ id, hint, error }: { id: string; hint?: ReactNode; error?: string | null | undefined }) {
  if (error)
    return (
      <p id={id} role="alert" className="flex items-start gap-1.5 text-sm text-coral">
        <Icon name="error" size={16} className="mt-0.5" />
        {error}
      </p>
    );
  return hint ? (
    <p id={id} className="text-sm text-ink-soft">
      {hint}
    </p>
  ) : null;
}
