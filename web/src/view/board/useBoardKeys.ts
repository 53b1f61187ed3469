/** The keyboard on the board: arrows go from card to card, keys do what the shortcuts help says. */
import { type KeyboardEvent, useCallback } from "react";
import { newCard, newTouchpoint } from "~/commands/adding";
import { COMMANDS, commandOf, perform } from "~/commands/catalog";
import type { Cursor } from "~/layout/boardState";
import { cellAt } from "~/layout/rows";
import { settle, step, type Way } from "~/layout/steps";
import { commandFor } from "~/tools/keys";
import type { BoardParts } from "./boardContext";

const WAYS: Record<string, Way> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "start",
  End: "end",
  PageUp: "stage left",
  PageDown: "stage right",
};
const FAR: Record<string, Way> = { Home: "top", End: "bottom" };
const OWN = "textarea, input, select, [role=menu], [role=slider], [role=toolbar], [role=search], dialog";

export function useBoardKeys(parts: BoardParts): (event: KeyboardEvent<HTMLElement>) => void {
  const { desk, board, menus, openMenu } = parts;
  return useCallback(
    (event) => {
      const target = event.target as HTMLElement;
      if (target.closest(OWN) || event.nativeEvent.isComposing || event.defaultPrevented) return;
      if (target.closest("button") && (event.key === "Enter" || event.key === " ")) return;
      if (walk(event, parts) || enter(event, parts)) {
        event.preventDefault();
        return;
      }
      if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
        const id = board.now.cursor?.id;
        if (!id || !menus) return;
        event.preventDefault();
        const box = target.getBoundingClientRect();
        openMenu(id, { x: box.left + 12, y: box.top + 24 });
        return;
      }
      const found = commandFor(event, COMMANDS);
      if (!found) return;
      // What the browser would do with these keys on a page is never wanted on the board.
      event.preventDefault();
      perform(found, desk());
    },
    [desk, board, menus, openMenu, parts],
  );
}

function walk(event: KeyboardEvent<HTMLElement>, { board, layout }: BoardParts): boolean {
  const mod = event.ctrlKey || event.metaKey;
  const way = mod ? FAR[event.key] : WAYS[event.key];
  if (!way || event.altKey) return false;
  const from = settle(layout(), board.now.cursor);
  if (!from) return false;
  go(board, step(layout(), from, way), event.shiftKey);
  return true;
}

function go(board: BoardParts["board"], cursor: Cursor, more: boolean): void {
  const { selection, cursor: before } = board.now;
  const kept = more ? selection.filter((id) => id !== cursor.id) : [];
  if (more && before?.id && !kept.includes(before.id) && before.id !== cursor.id) kept.push(before.id);
  board.set({ cursor, selection: cursor.id ? [...kept, cursor.id] : kept });
  board.ask("focus");
}

/** Enter: type in a card, or begin one in a bare cell. F2 as in a spreadsheet. */
function enter(event: KeyboardEvent<HTMLElement>, { desk, board, layout }: BoardParts): boolean {
  if (event.key === "F2") return perform(commandOf("edit.text"), desk());
  if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey) return false;
  const { cursor } = board.now;
  if (!cursor) return false;
  if (cursor.id) {
    board.select([cursor.id]);
    return perform(commandOf("edit.text"), desk());
  }
  if (!desk().mayEdit) return false;
  const { grid, rows } = layout();
  const row = rows.find((one) => one.key === cursor.row);
  const place = grid.places[grid.indexOf.get(cursor.at) ?? -1];
  if (!row?.lane || !place || place.folded) return false;
  if (row.lane.lane) newCard(desk(), cellAt(row, place), row.lane.lane);
  else if (!place.touchpoint) newTouchpoint(desk(), place.stage);
  else return false;
  return true;
}
