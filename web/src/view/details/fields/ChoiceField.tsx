import type { ReactNode } from "react";
import { Icon } from "../../kit/Icon";
import type { IconName } from "../../kit/icons";
import { Segments } from "../../kit/Tabs";
import { Line } from "./Line";
import { usePlace } from "./place";
import { Shown } from "./TextField";

export interface Choice {
  /** As it is kept; the first one is what is meant when nothing is said. */
  value: string | boolean;
  title: string;
  icon?: IconName;
}

/** One of two to four, side by side. What is meant anyway is not written. */
export function ChoiceField({
  field,
  label,
  choices,
  hint,
}: {
  field: string;
  label: string;
  choices: readonly Choice[];
  hint?: string;
}): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const now = choices.find((one) => one.value === fields[field]) ?? choices[0]!;
  if (!mayEdit) return <Shown short label={label} says={now.title} />;
  const set = (id: string) => {
    const chosen = choices.find((one) => String(one.value) === id)!;
    put({ [field]: chosen === choices[0] ? undefined : chosen.value }, `Change “${label}”`);
  };
  return (
    <Line label={label} hint={hint}>
      <Segments
        label={label}
        tabs={choices.map((one) => ({
          id: String(one.value),
          title: one.title,
          ...(one.icon ? { icon: one.icon } : {}),
        }))}
        value={String(now.value)}
        onChange={set}
      />
    </Line>
  );
}

/** Yes or no, as a chip that is pressed. */
export function MarkField({
  field,
  title,
  icon,
  about,
}: {
  field: string;
  title: string;
  icon: IconName;
  about: string;
}): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const on = fields[field] === true;
  const looks = on ? "border-spruce bg-spruce-soft font-medium text-spruce" : "border-line-strong text-ink-soft";
  if (!mayEdit && !on) return null;
  return (
    <button
      type="button"
      aria-pressed={on}
      disabled={!mayEdit}
      data-tip={about}
      className={`inline-flex min-h-7 items-center gap-1 rounded-full border px-2 text-sm transition-colors enabled:hover:border-spruce enabled:hover:text-ink ${looks}`}
      onClick={() => put({ [field]: on ? undefined : true }, on ? `Take away “${title}”` : `Mark as “${title}”`)}
    >
      <Icon name={on ? "check" : icon} size={15} />
      {title}
    </button>
  );
}
