import { memo, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { newStage } from "~/commands/adding";
import type { Desk } from "~/commands/command";
import type { Cursor } from "~/layout/boardState";
import { FAR, LANE_NAMES, NARROW, shownColumns } from "~/layout/grid";
import { ALL, guessHeights } from "~/layout/heights";
import { layBoard } from "~/layout/rows";
import { cursorOf, settle } from "~/layout/steps";
import { BoardHead } from "./board/BoardHead";
import { BoardTools } from "./board/BoardTools";
import { BoardContext, type BoardParts } from "./board/boardContext";
import { CurveRow } from "./board/CurveRow";
import { FindBar } from "./board/FindBar";
import { LaneView } from "./board/LaneView";
import { LineRow } from "./board/LineRow";
import { NumbersRow } from "./board/NumbersRow";
import { RecordMenu } from "./board/RecordMenu";
import { useBoardKeys } from "./board/useBoardKeys";
import { useClipboard } from "./board/useClipboard";
import { useDragging, useDropping } from "./board/useDrag";
import { usePointer } from "./board/usePointer";
import { useWindow } from "./board/useWindow";
import { Wishes } from "./board/Wishes";
import { Button, Empty } from "./kit";
import { useNumbers } from "./numbers/numbersContext";
import { usePersonaFocus } from "./people/focus";
import { useHead, usePlaces } from "./useMap";
import "./board/board.css";

/** The map as a grid: stages and touchpoints across, lanes down. Of the desk it reads what seldom changes. */
export const Board = memo(function Board({ desk }: { desk: Desk }) {
  const { map, board, mayEdit, now } = desk;
  const places = usePlaces();
  const title = String(useHead().title ?? "");
  const nowhere = useSyncExternalStore(board.subscribe, () => board.now.cursor === null);
  const [focus] = usePersonaFocus();
  const { zoom, folded, fewLanes, finding, tool } = useSyncExternalStore(board.subscribe, board.looks);
  const numbers = useNumbers() !== undefined;
  const [menu, setMenu] = useState<{ id: string; at: { x: number; y: number } }>();
  const scroller = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `places` says when something stands elsewhere
  const layout = useMemo(
    () => layBoard(map, { zoom, folded, fewLanes, numbers }),
    [map, places, zoom, folded, fewLanes, numbers],
  );
  const menus = desk.offers("details");
  const latest = useRef(layout);
  latest.current = layout;
  const parts = useMemo<BoardParts>(
    () => ({
      desk: now,
      board,
      mayEdit,
      menus,
      focus,
      layout: () => latest.current,
      openMenu: (id, at) => {
        const cursor = cursorOf(latest.current, id);
        const chosen = board.now.selection.includes(id) ? board.now.selection : [id];
        board.set({ selection: chosen, ...(cursor && { cursor }) });
        setMenu({ id, at });
      },
    }),
    [now, board, mayEdit, menus, focus],
  );
  const [names, setNames] = useState(LANE_NAMES);
  const sight = useWindow(scroller, names);
  const wanted = sight.width < 640 || zoom < FAR ? NARROW : LANE_NAMES;
  if (wanted !== names) setNames(wanted);
  const { grid, rows } = layout;
  const virtual = grid.places.length > ALL;
  const seen = useMemo(
    () => (virtual ? shownColumns(grid, sight) : grid.places.map((_, at) => at)),
    [virtual, grid, sight],
  );
  // The keyboard's column is always drawn: what has the focus must not vanish.
  const far = useSyncExternalStore(board.subscribe, () => {
    const column = grid.indexOf.get(board.now.cursor?.at ?? "") ?? -1;
    return seen.includes(column) ? -1 : column;
  });
  const shown = (far < 0 ? seen : shownColumns(grid, sight, [far])).join(" ");
  const heights = useMemo(() => (virtual ? guessHeights(map, layout, zoom) : undefined), [virtual, map, layout, zoom]);
  const onKeyDown = useBoardKeys(parts);
  const within = useMemo(() => () => scroller.current, []);
  useClipboard(parts, within);
  useDragging(scroller, parts);
  useDropping(scroller, mark, parts);
  usePointer(scroller, frame, parts);
  return (
    <BoardContext value={parts}>
      <div className="relative min-h-0 flex-1" data-zoom={zoom < FAR ? "far" : zoom < 0.8 ? "middle" : "near"}>
        <div
          ref={scroller}
          role="grid"
          aria-label={`Map ${title}`}
          aria-rowcount={rows.length}
          aria-colcount={grid.places.length + 1}
          aria-multiselectable
          aria-readonly={!mayEdit}
          tabIndex={grid.places.length && nowhere ? 0 : -1}
          data-hand={tool === "hand" || undefined}
          className="board h-full overflow-auto outline-offset-[-3px]"
          style={{ "--names": `${names}px`, "--size": `${Math.max(11, Math.min(17, 13 * zoom))}px` } as object}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const cursor = cursorAt(event.target);
            if (cursor) board.set({ cursor });
            else if (event.target === event.currentTarget && !board.now.cursor) {
              const first = settle(layout, null);
              board.set({ cursor: first, selection: first?.id ? [first.id] : [] });
              board.ask("focus");
            }
          }}
        >
          {grid.stages.length === 0 ? (
            <Nothing mayEdit={mayEdit} begin={() => newStage(now())} />
          ) : (
            <div className="w-max min-w-full pb-24">
              <BoardHead layout={layout} shown={shown} names={names} slim={sight.down} />
              {rows.map((row, index) => {
                if (!row.lane) return null;
                const given = { layout, row, names, index: index + 1 };
                if (row.lane.kind === "curve") return <CurveRow key={row.key} {...given} sight={sight} />;
                if (row.lane.kind === "line") return <LineRow key={row.key} {...given} />;
                if (row.lane.kind === "numbers") return <NumbersRow key={row.key} {...given} shown={shown} />;
                return <LaneView key={row.key} {...given} shown={shown} atLeast={heights?.get(row.key) ?? 0} />;
              })}
            </div>
          )}
        </div>
        <Wishes parts={parts} scroller={scroller} layout={layout} names={names} />
        {finding && <FindBar close={() => board.set({ finding: false })} />}
        <BoardTools />
        <div ref={mark} hidden aria-hidden="true" className="board-mark" />
        <div ref={frame} hidden aria-hidden="true" className="board-frame" />
        {menu && (
          <RecordMenu
            {...menu}
            close={() => {
              setMenu(undefined);
              if (!board.now.editing) board.ask("settle");
            }}
          />
        )}
      </div>
    </BoardContext>
  );
});

/** Where the keyboard is when an element has the focus: on a record, or on a bare cell. */
function cursorAt(element: Element): Cursor | undefined {
  const cell = element.closest<HTMLElement>("[data-row][data-at]");
  const record = element.closest<HTMLElement>("[data-record]");
  if (!cell || (element !== cell && element !== record)) return undefined;
  return { row: cell.dataset.row!, at: cell.dataset.at!, id: record?.dataset.record ?? null };
}

function Nothing({ mayEdit, begin }: { mayEdit: boolean; begin: () => void }) {
  return (
    <div role="row" className="h-full">
      <div role="gridcell" className="flex h-full items-center justify-center p-8">
        <Empty title="This map has no stages yet" icon="stage">
          <p>A stage is a part of the journey, such as “Booking” or “Arriving”. Touchpoints stand in it.</p>
          {mayEdit && (
            <Button kind="primary" icon="plus" className="mt-4" onClick={begin}>
              Add the first stage
            </Button>
          )}
        </Empty>
      </div>
    </div>
  );
}
