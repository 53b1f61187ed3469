import type { ReactNode } from "react";
import { PersonaFilter } from "../people/PersonaFilter";
import { CURVE_HEIGHT, heightOf } from "./paths";

const MARKS = [
  [2, "Delighted"],
  [0, "Neutral"],
  [-2, "Awful"],
] as const;

/** The name of the curve's lane: whose lines these are, and what their height means. As tall as the lane. */
export function CurveHeader({ title = "Emotion" }: { title?: string }): ReactNode {
  return (
    <div className="relative w-full" style={{ height: CURVE_HEIGHT }}>
      <div className="absolute inset-y-0 left-0 right-16 flex flex-col gap-1 overflow-x-hidden overflow-y-auto py-2">
        <span>{title}</span>
        <div className="-ml-1.5 font-normal">
          <PersonaFilter down />
        </div>
      </div>
      <div aria-hidden="true" className="absolute inset-y-0 right-1 w-14 text-right text-xs font-normal text-ink-faint">
        {MARKS.map(([level, says]) => (
          <span key={level} className="absolute right-0 -translate-y-1/2" style={{ top: heightOf(level) }}>
            {says}
          </span>
        ))}
      </div>
    </div>
  );
}
