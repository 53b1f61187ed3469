import type { ReactNode } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

export type Tone = "neutral" | "spruce" | "amber" | "coral" | "leaf" | "sky";

export const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-soft",
  spruce: "bg-spruce-soft text-spruce",
  amber: "bg-amber-soft text-amber",
  coral: "bg-coral-soft text-coral",
  leaf: "bg-leaf-soft text-leaf",
  sky: "bg-sky-soft text-sky",
};

/** A word about something, small. The tone never says more than the word does. */
export function Chip({
  tone = "neutral",
  icon,
  tip,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  tip?: string;
  children: ReactNode;
}) {
  return (
    <span
      data-tip={tip}
      className={`inline-flex min-h-5 max-w-full items-center gap-1 rounded-full px-2 text-xs font-medium ${TONES[tone]}`}
    >
      {icon && <Icon name={icon} size={13} />}
      <span className="truncate">{children}</span>
    </span>
  );
}
