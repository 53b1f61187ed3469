import type { Desk } from "~/commands/command";
import { announce } from "../kit/Toast";

/** Says what was done, with a button that takes it back while nothing else was done since. */
export function announceUndoable(desk: Desk, text: string): void {
  const { map } = desk;
  const done = map.undo.undoStack.at(-1);
  const run = () => {
    if (done && map.undo.undoStack.at(-1) === done) {
      map.step("undo");
      announce("Undone.");
    } else announce("Something else was changed since then. Undo takes it back step by step.");
  };
  announce(text, { action: { title: "Undo", run } });
}
