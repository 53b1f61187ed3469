import { memo, useMemo } from "react";
import { CurveHeader } from "../curve/CurveHeader";
import { CurveLane } from "../curve/CurveLane";
import { useParts } from "./boardContext";
import { LaneName } from "./LaneView";
import type { RowProps } from "./rowProps";
import type { Sight } from "./useWindow";

interface Props extends RowProps {
  sight: Sight;
}

/** The lane of the emotion curve, over all columns. */
export const CurveRow = memo(function CurveRow({ layout, row, index, names, sight }: Props) {
  const { desk } = useParts();
  const { grid } = layout;
  const columns = useMemo(
    () => grid.places.filter((place) => !place.folded).map(({ at, x, width }) => ({ at, left: x, width })),
    [grid],
  );
  return (
    <div role="row" aria-rowindex={index} className="board-lane relative flex w-max">
      <LaneName row={row} width={names}>
        {names < 100 ? undefined : (
          <span className="w-full text-sm font-semibold">
            <CurveHeader title={row.lane!.title} />
          </span>
        )}
      </LaneName>
      <div role="gridcell" aria-colindex={2} aria-colspan={grid.places.length} className="relative">
        {grid.stages.map((band) => (
          <span
            key={band.stage.id}
            aria-hidden="true"
            className="absolute inset-y-0 bg-sheet"
            style={{ left: band.x, width: band.width }}
          />
        ))}
        <CurveLane desk={desk()} columns={columns} width={grid.width} seen={{ from: sight.left, to: sight.right }} />
      </div>
    </div>
  );
});
