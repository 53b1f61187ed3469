import type { ReactNode } from "react";
import { Icon, type IconName, type Tone } from "../kit";
import { TONES } from "../kit/Chip";

/** A word about the numbers in the bar, which opens what stands behind it. */
export function BarButton({
  icon,
  tone,
  tip,
  onClick,
  className = "",
  children,
}: {
  icon: IconName;
  tone: Tone;
  tip: string;
  onClick: () => void;
  className?: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      data-tip={tip}
      onClick={onClick}
      className={`inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border border-transparent px-2.5 text-sm whitespace-nowrap hover:border-line-strong ${TONES[tone]} ${className}`}
    >
      <Icon name={icon} size={15} />
      <span>{children}</span>
    </button>
  );
}
