import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import { FlowFault } from "~/maps/flow";
import { type RuleData, readRule, sayRule, writeRule } from "~/maps/rules";
import { Button } from "../../kit/Button";
import { BOX, Says } from "../../kit/Field";
import { usePlace } from "./place";
import { Shown } from "./TextField";
import { useGrow } from "./useGrow";

/** A rule of the record: as a sentence, and as the text that it is written in. */
export function RuleField({
  field,
  label,
  hint,
  placeholder,
}: {
  field: string;
  label: string;
  hint: string;
  placeholder?: string;
}): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const rule = (fields[field] ?? undefined) as RuleData | undefined;
  if (!mayEdit) return <Shown label={label} says={sayRule(rule)} />;
  return (
    <RuleText
      label={label}
      hint={hint}
      rule={rule}
      {...(placeholder ? { placeholder } : {})}
      onTake={(next) => put({ [field]: next }, `Change “${label}”`)}
    />
  );
}

/** The text of a rule, taken when it can be read; until then it says what is wrong, and where. */
export function RuleText({
  label,
  rule,
  onTake,
  onTyped,
  hint,
  placeholder = "event: order_paid, channel: web",
}: {
  label: string;
  rule: RuleData | undefined;
  onTake: (rule: RuleData | undefined) => void;
  /** What stands in the field now, whenever it can be read. */
  onTyped?: (rule: RuleData | undefined) => void;
  hint?: string;
  placeholder?: string;
}): ReactNode {
  const there = writeRule(rule);
  const [typed, setTyped] = useState(there);
  const [fault, setFault] = useState<string | null>(null);
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  useGrow(area, typed);
  const forget = useCallback(() => {
    setTyped(there);
    setFault(null);
  }, [there]);
  useEffect(forget, [forget]);
  useEffect(() => {
    const now = tryRule(typed);
    if (!("says" in now)) onTyped?.(now.rule);
  }, [typed, onTyped]);
  const changed = typed !== there;
  const read = tryRule(typed);
  const take = () => {
    if ("says" in read) setFault(read.says);
    else if (changed) onTake(read.rule);
  };
  const says = "says" in read ? "" : sayRule(read.rule);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        ref={area}
        id={id}
        rows={1}
        spellCheck={false}
        value={typed}
        placeholder={placeholder}
        aria-invalid={fault ? true : undefined}
        aria-describedby={`${id}-says`}
        className={`${BOX} field-sizing-content min-h-9 resize-none py-1.5 font-mono text-sm`}
        onChange={(event) => {
          setTyped(event.target.value);
          setFault(null);
        }}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            take();
          }
          if (event.key === "Escape" && changed) {
            event.stopPropagation();
            forget();
          }
        }}
      />
      <Says id={`${id}-says`} error={fault} hint={says ? `Where ${says}.` : hint} />
      {fault && (
        <span>
          <Button size="sm" kind="quiet" icon="undo" onClick={forget}>
            As it was
          </Button>
        </span>
      )}
    </div>
  );
}

function tryRule(text: string): { rule: RuleData | undefined } | { says: string } {
  try {
    return { rule: readRule(text) };
  } catch (fault) {
    if (!(fault instanceof FlowFault)) throw fault;
    const place = fault.at + 1;
    return { says: `${fault.message} (at character ${place})` };
  }
}
