import type { Desk } from "~/commands/command";

/** The map is shown, with these records in sight and selected. */
export function reveal(desk: Desk, ...ids: string[]): void {
  desk.show("board");
  desk.select(ids);
  desk.board.ask("reveal");
}
