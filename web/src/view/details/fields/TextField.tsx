import { type ReactNode, useId, useRef } from "react";
import { BOX } from "../../kit/Field";
import { onSharedKeys } from "../../sharedKeys";
import { useTyping } from "../../together/useTyping";
import { usePlace } from "./place";
import { useCaret } from "./useCaret";
import { useGrow } from "./useGrow";

interface Props {
  field: string;
  label: string;
  placeholder?: string;
  hint?: string;
  /** Grows with what it says; Enter begins a new line. */
  multiline?: boolean;
  /** A heading that can be typed in. */
  heading?: boolean;
  hideLabel?: boolean;
}

/** A text of the record, written as it is typed. For those who may not edit: what it says, or nothing. */
export function TextField({ field, label, placeholder, hint, multiline, heading, hideLabel }: Props): ReactNode {
  const { fields, mayEdit, type, desk } = usePlace();
  const ref = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const value = String(fields[field] ?? "");
  const typing = useTyping(field);
  useCaret(ref, value);
  useGrow(ref, value);
  if (!mayEdit) return <Shown label={label} says={value} heading={heading ?? false} />;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={heading || hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      <textarea
        ref={ref}
        id={id}
        rows={multiline ? 2 : 1}
        value={value}
        placeholder={placeholder}
        aria-describedby={hint ? `${id}-says` : undefined}
        className={
          heading
            ? HEADING
            : hideLabel
              ? QUIET
              : `${BOX} field-sizing-content resize-none ${multiline ? "min-h-16" : "min-h-9"} py-1.5`
        }
        {...typing}
        onKeyDown={(event) => {
          if (onSharedKeys(event, desk)) return;
          if (event.key === "Enter" && !multiline) {
            event.preventDefault();
            event.currentTarget.blur();
          }
        }}
        onChange={(event) => {
          const said = multiline ? event.target.value : event.target.value.replace(/\s*\n\s*/g, " ");
          type({ [field]: said || (KEPT.has(field) ? "" : undefined) }, `Edit “${label}”`);
        }}
      />
      {hint && (
        <p id={`${id}-says`} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Texts that a record always has, so that two people who begin to type write in one text. */
const KEPT = new Set(["title", "says"]);

const HEADING =
  "field-sizing-content -mx-2 min-h-9 w-[calc(100%+1rem)] resize-none rounded-md border border-transparent bg-transparent px-2 py-1 text-lg font-semibold text-ink placeholder:text-ink-faint hover:border-line focus:border-line-strong focus:bg-sheet";

/** A text below the heading, drawn as text until somebody comes near. */
const QUIET =
  "field-sizing-content -mx-2 min-h-8 w-[calc(100%+1rem)] resize-none rounded-md border border-transparent bg-transparent px-2 py-1 text-base text-ink placeholder:text-ink-faint hover:border-line focus:border-line-strong focus:bg-sheet";

/** A field of somebody who may not edit. `short`: beside its label. */
export function Shown({
  label,
  says,
  heading = false,
  short = false,
}: {
  label: string;
  says: ReactNode;
  heading?: boolean;
  short?: boolean;
}): ReactNode {
  if (says === "" || says === null || says === undefined) return null;
  if (heading) return <p className="text-lg font-semibold whitespace-pre-wrap">{says}</p>;
  return (
    <dl className={`m-0 ${short ? "grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3" : ""}`}>
      <dt className="text-sm text-ink-soft">{label}</dt>
      <dd className="m-0 whitespace-pre-wrap">{says}</dd>
    </dl>
  );
}
