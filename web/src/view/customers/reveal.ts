import type { Desk } from "~/commands/command";

/** The map is shown, with this record in sight and selected. */
export function reveal(desk: Desk, id: string): void {
  desk.show("board");
  desk.select([id]);
  desk.board.ask("reveal");
}
