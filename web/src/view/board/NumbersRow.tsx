import { memo } from "react";
import { NumbersCell } from "../numbers/NumbersCell";
import { LaneName } from "./LaneView";
import type { ColumnsProps } from "./rowProps";

/** What was measured at each touchpoint. The arrow keys pass by; Tab comes here. */
export const NumbersRow = memo(function NumbersRow({ layout, row, index, shown, names }: ColumnsProps) {
  const { grid } = layout;
  const places = shown.split(" ").flatMap((column) => grid.places[Number(column)] ?? []);
  return (
    <div role="row" aria-rowindex={index} className="board-lane relative flex w-max min-h-24">
      <LaneName row={row} width={names} />
      {places.map((place, at) => {
        const before = places[at - 1];
        const end = before ? before.x + before.width : 0;
        return (
          <div
            key={place.at}
            role="gridcell"
            aria-colindex={(grid.indexOf.get(place.at) ?? 0) + 2}
            className="flex shrink-0 bg-sheet p-1.5 [&+&]:border-l [&+&]:border-dotted [&+&]:border-line"
            style={{ width: place.width, marginLeft: place.x - end }}
          >
            {place.touchpoint && !place.folded && <NumbersCell at={place.at} title={place.touchpoint.title ?? ""} />}
          </div>
        );
      })}
    </div>
  );
});
