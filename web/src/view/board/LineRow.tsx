import { memo } from "react";
import { Icon } from "../kit";
import type { RowProps } from "./rowProps";

/** The line of visibility: what stands below it, customers do not see. */
export const LineRow = memo(function LineRow({ layout, row, index }: RowProps) {
  return (
    <div role="row" aria-rowindex={index} className="relative flex h-9 w-full items-center" data-tip={row.lane!.about}>
      <div
        role="rowheader"
        className="sticky left-0 z-20 flex items-center gap-2 bg-paper py-1 pr-3 pl-3 text-xs font-semibold text-ink-soft"
      >
        <Icon name="eye-off" size={15} />
        {row.lane!.title}
      </div>
      <div
        role="gridcell"
        aria-label={row.lane!.about}
        aria-colspan={layout.grid.places.length}
        className="h-0 flex-1 border-t-2 border-dashed border-line-strong"
      />
    </div>
  );
});
