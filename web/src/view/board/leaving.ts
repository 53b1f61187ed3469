/** What becomes of a record when somebody leaves its words, and where the keyboard goes on. */
import { type BoardState, wordsField } from "~/layout/boardState";
import { remove } from "~/maps/edits";
import { KINDS } from "~/maps/kinds";
import type { Fields } from "~/maps/shape";
import type { BoardParts } from "./boardContext";

/** "stay": the keyboard stays on the record; "next": Tab; "more": another one after it; "away": something else was clicked. */
export type Leave = "stay" | "next" | "more" | "away";

/** A record that was just added and says nothing goes away again; after one that says something, `more` adds the next. */
export function leaving(
  { desk, board }: Pick<BoardParts, "desk" | "board">,
  { id, fresh, more }: { id: string; fresh: boolean; more: () => void },
): (how: Leave, back?: boolean) => void {
  return (how, back = false) => {
    const { map } = desk();
    const record = map.get(id);
    if (!record) return;
    const said = String((record as unknown as Fields)[wordsField(record.section)] ?? "").trim();
    board.set({ editing: null });
    if (fresh && !said) {
      const { cursor } = board.now;
      map.editOn(() => remove(map, [id]), `Add ${KINDS[record.section].one.toLowerCase()}`);
      // The cell of a card stays, and so does the keyboard; the column of a touchpoint or a stage goes with it.
      const bare = record.section === "cards" && cursor;
      board.set({ selection: [], ...(bare && { cursor: { ...bare, id: null } }) });
      moveOn(board, how, { gone: true });
    } else if (how === "more" && fresh) more();
    else moveOn(board, how, { back });
  };
}

/** The keyboard goes on from a record that was typed in. Where somebody clicked elsewhere, it is left there. */
function moveOn(board: BoardState, how: Leave, { back = false, gone = false } = {}): void {
  // Only in the next frame it is known what was clicked.
  if (how === "away") requestAnimationFrame(() => board.ask("settle"));
  else if (gone) board.ask(how === "stay" ? "settle" : "focus");
  else board.ask(how === "next" ? (back ? "edit left" : "edit right") : "focus");
}
