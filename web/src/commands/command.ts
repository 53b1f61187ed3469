/** Commands: everything a person can do to a map has one, with a title and, mostly, keys. */
import type { BoardState } from "~/layout/boardState";
import type { MapDocument } from "~/maps/document";
import type { Workshop } from "~/maps/votes";
import type { Lens } from "~/overlay/lens";

/** What is selected: records in the order in which they were taken; `kind` is that of the last. */
export interface Selection {
  ids: readonly string[];
}

/** What commands work on. They never touch the screen. */
export interface Desk {
  map: MapDocument;
  selection: Selection;
  mayEdit: boolean;
  mayComment: boolean;
  /** Who is at this browser, by id; "" until that is known. */
  me: string;
  /** Votes on this map, and whether they are open. */
  workshop: Workshop;
  select: (ids: readonly string[]) => void;
  /** One change under a name, undone as one. */
  edit: (title: string, change: (map: MapDocument) => void) => void;
  /** Ask the app for something that is no change of the map: open a panel, a dialog, a view. */
  show: (what: string, more?: unknown) => void;
  /** Whether this page can open that: a page of somebody who only looks has no panels. */
  offers: (what: string) => boolean;
  /** Say something to everybody who listens to a screen reader, and shortly on the screen. */
  announce: (text: string) => void;
  /** How this browser looks at the map: where the keyboard is, zoom, what is folded, what is being typed in. */
  board: BoardState;
  /** Which journey this browser looks at, whose, and of when. */
  lens: Lens;
  /** The desk as it is now, for what happens later. */
  now: () => Desk;
}

export interface Command {
  id: string;
  title: string;
  /** Where it stands in menus and in the palette. */
  group: "Map" | "Edit" | "Card" | "View" | "Together" | "Go";
  /** As people write them: "Mod+K", "Shift+1", "N". Mod is Ctrl, or Cmd on a Mac. Matched by the character made. */
  keys?: string;
  /** Other keys for the same. */
  also?: readonly string[];
  enabled?: (desk: Desk) => boolean;
  run: (desk: Desk) => void;
}

export function command(one: Command): Command {
  return one;
}
