import { memo, type ReactNode } from "react";
import { newStage } from "~/commands/adding";
import { type BoardLayout, STAGES_ROW } from "~/layout/rows";
import { sayPlace } from "~/layout/steps";
import { nameOf } from "~/maps/kinds";
import { counted } from "~/maps/words";
import { Button } from "../kit";
import { useRecord } from "../useMap";
import { useParts } from "./boardContext";
import { StageHead } from "./StageHead";

interface Props {
  layout: BoardLayout;
  shown: string;
  names: number;
  /** The touchpoints' cards are scrolled away: their names stand here. */
  slim: boolean;
}

/** The stages, which stay at the upper edge. */
export const BoardHead = memo(function BoardHead({ layout, shown, names, slim }: Props) {
  const { desk, mayEdit } = useParts();
  const { grid, rows } = layout;
  const first = rows[0]!;
  const columns = new Set(shown.split(" ").map(Number));
  const heads: ReactNode[] = [];
  let end = 0;
  for (const band of grid.stages) {
    let drawn = false;
    for (let column = band.from; column < band.until; column++) drawn ||= columns.has(column);
    if (!drawn) continue;
    const at = grid.places[band.from]!.at;
    heads.push(
      <StageHead
        key={band.stage.id}
        band={band}
        at={at}
        where={sayPlace(layout, first, at)}
        column={band.from + 2}
        gap={band.x - end}
      />,
    );
    end = band.x + band.width;
  }
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-30 flex w-max min-w-full bg-paper py-2"
      data-row={STAGES_ROW}
    >
      <div
        role="columnheader"
        aria-colindex={1}
        className="sticky left-0 z-10 flex shrink-0 items-center bg-paper pl-3 text-xs text-ink-soft"
        style={{ width: names }}
      >
        <span className={names < 100 ? "sr-only" : ""}>{counted(grid.stages.length, "stage")}</span>
      </div>
      {heads}
      {mayEdit && (
        <span role="gridcell" className="flex items-center" style={{ marginLeft: grid.width - end + 8 }}>
          <Button
            kind="quiet"
            icon="plus"
            size="sm"
            tabIndex={-1}
            aria-label="Add stage"
            onClick={() => newStage(desk(), grid.stages.at(-1)?.stage.id)}
          >
            Stage
          </Button>
        </span>
      )}
      {slim && <Slim layout={layout} shown={shown} names={names} />}
    </div>
  );
});

/** The touchpoints' names once more, small, when their cards have been scrolled away. For the eye only. */
function Slim({ layout, shown, names }: { layout: BoardLayout; shown: string; names: number }) {
  const { places } = layout.grid;
  return (
    <div
      aria-hidden="true"
      role="presentation"
      className="board-slim absolute top-full left-0 border-b border-line bg-paper pb-1.5"
    >
      <span className="sticky left-0 z-1 block h-full bg-paper" style={{ width: names }} />
      {shown.split(" ").map((column) => {
        const place = places[Number(column)];
        if (!place?.touchpoint) return null;
        return <SlimName key={place.at} id={place.at} left={names + place.x} width={place.width} />;
      })}
    </div>
  );
}

function SlimName({ id, left, width }: { id: string; left: number; width: number }) {
  const point = useRecord<"touchpoints">(id);
  return (
    <span className="absolute top-0 truncate px-2 text-xs text-ink-soft" style={{ left, width }}>
      {point && nameOf(point)}
    </span>
  );
}
