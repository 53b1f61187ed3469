import { memo } from "react";
import { newCard, newTouchpoint } from "~/commands/adding";
import type { LaneRow } from "~/layout/lanes";
import { Icon } from "../kit";
import { useLook, useParts } from "./boardContext";
import { CardView } from "./CardView";
import { TouchpointCard } from "./TouchpointCard";

interface Props {
  row: string;
  lane: LaneRow;
  /** The column: where the keyboard is. */
  at: string;
  /** What the cards are at: the column, or the whole stage. */
  holds: string;
  stage: string;
  /** The column has a touchpoint, in this row or across the line of visibility. */
  taken: boolean;
  folded: boolean;
  /** Ids, joined by spaces, so that the cell is drawn anew only for others. */
  items: string;
  where: string;
  column: number;
  span?: number;
  width: number;
  gap: number;
  first: boolean;
  last: boolean;
}

/** One cell: the cards of a lane at a touchpoint, or an invitation to add the first. */
export const Cell = memo(function Cell(props: Props) {
  const { row, lane, at, holds, items, where, width, gap, folded } = props;
  const { mayEdit } = useParts();
  const bareHere = useLook(({ cursor }) => cursor?.row === row && cursor.at === at && cursor.id === null);
  const ids = items ? items.split(" ") : [];
  const isPoint = lane.kind === "touchpoints";
  const empty = ids.length === 0;
  const adds = mayEdit && !folded && !(isPoint && empty && props.taken);
  const behind = isPoint && empty && props.taken && !lane.backstage;
  const state = behind ? "behind the line" : `empty${adds ? ". Enter adds" : ""}`;
  const label = empty && !folded ? `${where}, ${state}` : undefined;
  return (
    <div
      role="gridcell"
      aria-colindex={props.column}
      aria-colspan={props.span}
      aria-label={label}
      aria-readonly={mayEdit ? undefined : true}
      tabIndex={empty ? (bareHere ? 0 : -1) : undefined}
      data-cell={holds}
      data-stage={props.stage}
      data-at={at}
      data-row={row}
      data-lane={lane.id}
      className={`board-cell group/cell relative flex shrink-0 flex-col gap-1.5 p-1.5 ${
        lane.backstage ? "bg-sunken" : "bg-sheet"
      } ${props.first ? "" : "border-l border-dotted border-line"} focus-visible:z-1 focus-visible:outline-offset-[-2px]`}
      style={{ width, marginLeft: gap }}
    >
      {ids.map((id, place) =>
        isPoint ? (
          <TouchpointCard key={id} id={id} row={row} where={where} />
        ) : (
          <CardView
            key={id}
            id={id}
            row={row}
            lane={lane}
            where={ids.length > 1 ? `${where}, ${place + 1} of ${ids.length}` : where}
          />
        ),
      )}
      {behind && (
        <span aria-hidden="true" className="board-foot m-auto flex items-center gap-1 text-xs text-ink-faint">
          <Icon name="arrow-down" size={13} />
          Behind the line
        </span>
      )}
      {adds && <Add row={row} lane={lane} at={at} holds={holds} stage={props.stage} behind={ids.at(-1)} />}
    </div>
  );
});

type AddProps = Pick<Props, "row" | "lane" | "at" | "holds" | "stage"> & { behind: string | undefined };

/** The “+” of a cell: seen where somebody points or stands. The keyboard has Enter and N. */
function Add({ row, lane, at, holds, stage, behind }: AddProps) {
  const { desk, board } = useParts();
  const empty = behind === undefined;
  const isPoint = lane.kind === "touchpoints";
  const says = `Add ${lane.one.toLowerCase()}${isPoint && !empty ? " after this one" : ""}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={says}
      data-tip={says}
      className={`board-add flex items-center justify-center rounded-md text-ink-faint hover:bg-spruce-soft hover:text-spruce ${
        empty ? "min-h-8 flex-1 border border-dashed border-transparent hover:border-spruce" : "-mt-1.5 -mb-1.5 min-h-6"
      }`}
      onClick={(event) => {
        event.stopPropagation();
        board.set({ cursor: { row, at, id: null } });
        if (isPoint) newTouchpoint(desk(), stage, behind, lane.backstage ? { front: false } : {});
        else newCard(desk(), holds, lane.lane!);
      }}
    >
      <span aria-hidden="true" className="board-plus" />
    </button>
  );
}
