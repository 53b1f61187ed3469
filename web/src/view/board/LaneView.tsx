import { memo, type ReactNode } from "react";
import type { Row } from "~/layout/rows";
import { sayPlace } from "~/layout/steps";
import { Icon } from "../kit";
import { Cell } from "./Cell";
import { INKS, LANE_ICONS } from "./looks";
import type { ColumnsProps } from "./rowProps";

interface Props extends ColumnsProps {
  atLeast: number;
}

/** One lane: its name, and its cells from left to right. */
export const LaneView = memo(function LaneView({ layout, row, index, shown, names, atLeast }: Props) {
  const lane = row.lane!;
  const { grid } = layout;
  const cells: ReactNode[] = [];
  let end = 0;
  const columns = shown ? shown.split(" ").map(Number) : [];
  const drawn = new Set<string>();
  for (const column of columns) {
    const place = grid.places[column];
    if (!place) continue;
    const band = grid.stages.find(({ stage }) => stage.id === place.stage)!;
    const wide = row.by === "stage";
    if (wide && drawn.has(place.stage)) continue;
    drawn.add(place.stage);
    const box = wide ? band : place;
    const at = wide ? grid.places[band.from]!.at : place.at;
    cells.push(
      <Cell
        key={at}
        row={row.key}
        lane={lane}
        at={at}
        holds={wide ? place.stage : place.at}
        stage={place.stage}
        taken={place.touchpoint !== undefined}
        folded={place.folded || (wide && band.count === 0)}
        items={layout.items(row, wide ? place.stage : place.at).join(" ")}
        where={sayPlace(layout, row, at)}
        column={(wide ? band.from : column) + 2}
        {...(wide && { span: band.until - band.from })}
        width={box.width}
        gap={box.x - end}
        first={wide || column === band.from}
        last={wide || column === band.until - 1}
      />,
    );
    end = box.x + box.width;
  }
  return (
    <div role="row" aria-rowindex={index} className="board-lane relative flex w-max" style={{ minHeight: atLeast }}>
      <LaneName row={row} width={names} />
      {cells}
    </div>
  );
});

/** The name of a lane, which stays at the left edge. */
export function LaneName({ row, width, children }: { row: Row; width: number; children?: ReactNode }) {
  const lane = row.lane!;
  const narrow = width < 100;
  return (
    <div
      role="rowheader"
      aria-colindex={1}
      className="sticky left-0 z-20 flex shrink-0 gap-2 bg-paper py-2.5 pr-2 pl-3"
      style={{ width }}
      data-tip={narrow ? `${lane.title}: ${lane.about}` : lane.about}
    >
      {children ?? (
        <>
          <span className={`pt-px ${INKS[lane.tone]}`}>
            <Icon name={LANE_ICONS[lane.id] ?? "note"} size={17} />
          </span>
          <span className={narrow ? "sr-only" : "min-w-0 text-sm font-semibold"}>
            {lane.title}
            {row.by === "stage" && <span className="block text-xs font-normal text-ink-faint">Whole stage</span>}
          </span>
        </>
      )}
    </div>
  );
}
