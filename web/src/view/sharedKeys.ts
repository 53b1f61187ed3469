/** Keys inside of texts that are shared as they are typed: there, undo takes back what this person did to the map. */
import type { KeyboardEvent } from "react";
import { COMMANDS, perform } from "~/commands/catalog";
import type { Desk } from "~/commands/command";
import { commandFor } from "~/tools/keys";

const HERE = COMMANDS.filter((one) => /^(undo|redo|go\..*)$/.test(one.id) && one.keys?.startsWith("Mod+"));

/** Runs undo, redo, the palette … when these keys mean one of them; whether they did. */
export function onSharedKeys(event: KeyboardEvent, desk: Desk): boolean {
  if (event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey)) return false;
  const found = commandFor(event, HERE);
  if (!found || !perform(found, desk)) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
