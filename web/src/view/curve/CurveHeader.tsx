import type { ReactNode } from "react";
import { Icon } from "../kit/Icon";
import { PersonaFilter } from "../people/PersonaFilter";
import { CURVE_HEIGHT, heightOf } from "./paths";

const MARKS = [
  [2, "smile", "+2, delighted"],
  [0, "neutral", "0, neutral"],
  [-2, "frown", "−2, awful"],
] as const;

/** The name of the curve's lane: whose lines these are, and what their height means. As tall as the lane. */
export function CurveHeader({ title = "Emotion" }: { title?: string }): ReactNode {
  return (
    <div className="relative w-full" style={{ height: CURVE_HEIGHT }}>
      <div className="absolute inset-y-0 right-6 left-0 flex flex-col gap-1 overflow-x-hidden overflow-y-auto py-2">
        <span className="flex items-center gap-2">
          <Icon name="curve" size={16} className="text-spruce" />
          {title}
        </span>
        <div className="font-normal">
          <PersonaFilter down />
        </div>
      </div>
      <div aria-hidden="true" className="absolute inset-y-0 right-0 w-5 text-ink-faint">
        {MARKS.map(([level, icon, says]) => (
          <span
            key={level}
            data-tip={says}
            className="absolute right-0 -translate-y-1/2"
            style={{ top: heightOf(level) }}
          >
            <Icon name={icon} size={17} />
          </span>
        ))}
      </div>
    </div>
  );
}
