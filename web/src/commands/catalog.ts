/** All commands, in the order in which menus and the palette show them. */
import { ADDING } from "./adding";
import type { Command, Desk } from "./command";
import { GOING } from "./going";
import { LOOKING } from "./looking";
import { MARKING } from "./marking";
import { MOVING } from "./moving";
import { VOTING } from "./voting";

export const COMMANDS: readonly Command[] = [...ADDING, ...MARKING, ...MOVING, ...LOOKING, ...VOTING, ...GOING];

const BY_ID = new Map(COMMANDS.map((one) => [one.id, one]));

export function commandOf(id: string): Command {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`There is no command ${id}`);
  return found;
}

/** Runs it if it can be run now; whether it could. */
export function perform(one: Command, desk: Desk): boolean {
  if (one.enabled && !one.enabled(desk)) return false;
  one.run(desk);
  return true;
}
