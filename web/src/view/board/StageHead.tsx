import { memo } from "react";
import { newStage } from "~/commands/adding";
import type { StageBand } from "~/layout/grid";
import { STAGES_ROW } from "~/layout/rows";
import type { Stage } from "~/maps/outline";
import { counted } from "~/maps/words";
import { Icon, IconButton } from "../kit";
import { StageNumbers } from "../numbers/StageNumbers";
import { CardBadges } from "../together/CardBadges";
import { useRecord } from "../useMap";
import { useParts, useStanding } from "./boardContext";
import { RecordShell } from "./RecordShell";
import { RecordWords } from "./RecordWords";

interface Props {
  band: StageBand;
  at: string;
  where: string;
  column: number;
  gap: number;
}

/** A stage over its columns: a step of the way, with what the customer wants there. */
export const StageHead = memo(function StageHead({ band, at, where, column, gap }: Props) {
  const parts = useParts();
  const { id } = band.stage;
  const stage = useRecord<"stages">(id) as Stage | undefined;
  const standing = useStanding(id, STAGES_ROW);
  const { typed, selected } = standing;
  if (!stage) return null;
  const count = counted(band.count, "touchpoint");
  return (
    <div
      role="columnheader"
      aria-colindex={column}
      aria-colspan={band.until - band.from}
      data-at={at}
      data-row={STAGES_ROW}
      data-stage={id}
      className="relative shrink-0"
      style={{ width: band.width, marginLeft: gap }}
    >
      <RecordShell
        id={id}
        row={STAGES_ROW}
        standing={standing}
        label={`${stage.title || "Untitled stage"}, ${count}${band.folded ? ", folded" : ""}`}
        where={where}
        what="Stage"
        menu={!band.folded}
        className="flex h-full min-h-14 rounded-lg"
      >
        <span className={`absolute inset-0 ${selected ? "bg-spruce" : "bg-spruce-soft"} board-arrow`} />
        {band.folded ? (
          <span className="relative flex h-full w-full flex-col items-center gap-1 overflow-hidden py-2">
            <Fold id={id} folded={band.folded} title={stage.title ?? ""} lit={selected} />
            <span aria-hidden="true" className="board-foot text-xs tabular-nums">
              {band.count}
            </span>
          </span>
        ) : (
          <span
            className={`board-inner relative flex w-full min-w-0 gap-1 py-2 pr-5 pl-4 ${selected ? "text-on-spruce" : "text-ink"}`}
          >
            <span
              className={`sticky left-(--names) flex min-w-0 max-w-[min(26rem,100%)] flex-col pl-1 ${typed ? "flex-1" : "w-fit"}`}
            >
              <span className="board-stage pr-4 font-semibold">
                <RecordWords
                  id={id}
                  field="title"
                  label="Stage"
                  says={stage.title}
                  empty="Untitled stage"
                  standing={standing}
                  more={() => newStage(parts.desk(), id)}
                />
              </span>
              {stage.customer_goal && (
                <span
                  className={`board-foot line-clamp-2 text-xs ${selected ? "text-on-spruce" : "text-ink-soft"}`}
                  title={stage.customer_goal}
                >
                  {stage.customer_goal}
                </span>
              )}
              <StageNumbers id={id} title={stage.title ?? ""} />
              {stage.any_order && (
                <span className="board-foot inline-flex items-center gap-1 text-xs">
                  <Icon name="branch" size={12} />
                  In any order
                </span>
              )}
            </span>
            <span className="board-foot absolute top-0 right-9">
              <CardBadges id={id} />
            </span>
            <Fold id={id} folded={false} title={stage.title ?? ""} lit={selected} />
          </span>
        )}
      </RecordShell>
    </div>
  );
});

function Fold({ id, folded, title, lit }: { id: string; folded: boolean; title: string; lit: boolean }) {
  const { board } = useParts();
  return (
    <IconButton
      icon={folded ? "chevron-right" : "chevron-left"}
      label={folded ? `Unfold ${title}` : `Fold ${title}`}
      size="sm"
      tabIndex={-1}
      aria-expanded={!folded}
      className={`size-6 ${lit ? "text-on-spruce!" : ""} ${folded ? "" : "absolute right-3 bottom-1 opacity-0 group-hover/record:opacity-100 group-focus-visible/record:opacity-100 focus-visible:opacity-100"}`}
      onClick={(event) => {
        event.stopPropagation();
        board.fold(id);
        board.set({ cursor: { row: STAGES_ROW, at: id, id } });
        board.ask("settle");
      }}
    />
  );
}
