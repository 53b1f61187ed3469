/** What commands ask of the screen: go where the cursor is, fit, and so on. Done once the board is drawn anew. */
import { type RefObject, useEffect, useLayoutEffect, useReducer, useRef } from "react";
import { commandOf, perform } from "~/commands/catalog";
import { FAR, fitting, LANE_NAMES, NARROW } from "~/layout/grid";
import type { BoardLayout } from "~/layout/rows";
import { cursorOf, settle, step } from "~/layout/steps";
import { columnsOf } from "~/maps/outline";
import { useMap } from "../useMap";
import type { BoardParts } from "./boardContext";

interface Props {
  parts: BoardParts;
  scroller: RefObject<HTMLElement | null>;
  layout: BoardLayout;
  /** How wide the lanes' names are. */
  names: number;
}

/** Draws nothing. It stands after the rows, so that a wish is granted when they are drawn, and draws none of them anew. */
export function Wishes({ parts, scroller, layout, names }: Props): null {
  const map = useMap();
  const { board, desk } = parts;
  const wishes = useRef<string[]>([]);
  const [drawn, drawAgain] = useReducer((count: number) => count + 1, 0);
  useEffect(
    () =>
      board.listen((wish) => {
        wishes.current.push(wish);
        drawAgain();
      }),
    [board],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` says that there are wishes
  useLayoutEffect(() => {
    const all = wishes.current;
    wishes.current = [];
    // An undo, or somebody else, may have taken away what was typed in: the keyboard goes on beside it.
    if (board.stopTyping(isGone)) all.push("settle");
    for (const wish of all) grant(wish);
  }, [drawn, layout]);

  function isGone(id: string): boolean {
    const record = map.get(id);
    return !record || record.deleted === true;
  }

  function grant(wish: string): void {
    const { cursor } = board.now;
    if (wish === "fit" || wish === "fit selection") {
      zoomFit(wish === "fit");
      return;
    }
    if (wish === "edit left" || wish === "edit right") {
      const from = settle(layout, cursor);
      if (!from) return;
      const next = step(layout, from, wish === "edit left" ? "left" : "right");
      board.set({ cursor: next, selection: next.id ? [next.id] : [] });
      if (next !== from && next.id) perform(commandOf("edit.text"), desk());
      focus();
      return;
    }
    const wanted = wish === "reveal" ? board.now.selection.at(-1) : wish === "follow" ? cursor?.id : undefined;
    const found = wanted ? cursorOf(layout, wanted) : undefined;
    const settled = found ?? settle(layout, cursor);
    const alive = board.now.selection.filter((id) => !map.get(id)?.deleted);
    board.set({
      cursor: settled,
      selection: alive.length === board.now.selection.length ? board.now.selection : alive,
    });
    if (wish !== "settle" || isHere(scroller.current)) focus();
  }

  /** At once where it is drawn already; a column that comes into sight only now is drawn in a moment. */
  function focus(again = true): void {
    if (board.now.editing) return;
    const stop = stopOf(scroller.current, board.now.cursor);
    if (stop) {
      stop.focus({ preventScroll: true });
      stop.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (again) requestAnimationFrame(() => focus(false));
  }

  function zoomFit(all: boolean): void {
    const element = scroller.current!;
    const room = element.clientWidth - names - 24;
    if (all) {
      const wide = (own: number) => fitting(columnsOf(map), element.clientWidth - own - 48, board.now.folded);
      const near = wide(LANE_NAMES);
      board.zoomTo(Math.floor(Math.min(1.5, near < FAR ? Math.min(wide(NARROW), FAR - 0.01) : near) * 100) / 100);
      element.scrollTo({ left: 0, top: 0 });
      return;
    }
    const columns = board.now.selection.map((id) => layout.grid.indexOf.get(cursorOf(layout, id)?.at ?? "") ?? -1);
    const places = columns.filter((at) => at >= 0).map((at) => layout.grid.places[at]!);
    if (!places.length) return;
    const left = Math.min(...places.map((place) => place.x));
    const right = Math.max(...places.map((place) => place.x + place.width));
    board.zoomTo(Math.min(1.5, (room / (right - left)) * board.now.zoom));
    focus();
  }
  return null;
}

/** The keyboard is on the board, or nowhere: not in a panel, nor on a button of the tools. */
function isHere(scroller: HTMLElement | null): boolean {
  const active = document.activeElement;
  return (
    !active || active === document.body || Boolean(scroller?.contains(active)) || Boolean(active.closest("[role=menu]"))
  );
}

/** The element that takes the focus at a cursor. */
function stopOf(scroller: HTMLElement | null, cursor: BoardParts["board"]["now"]["cursor"]): HTMLElement | null {
  if (!scroller || !cursor) return null;
  const cell = scroller.querySelector<HTMLElement>(
    `[data-row="${CSS.escape(cursor.row)}"][data-at="${CSS.escape(cursor.at)}"]`,
  );
  if (cursor.id === null) return cell;
  return scroller.querySelector<HTMLElement>(
    `[data-row="${CSS.escape(cursor.row)}"] [data-record="${CSS.escape(cursor.id)}"]`,
  );
}
