import type { Desk } from "~/commands/command";
import type { MapDocument } from "~/maps/document";

/** What each page of the flow is given. */
export interface FlowPage {
  desk: Desk;
  mapId: string;
  /** One group, or two side by side; "" is everybody. */
  groups: readonly string[];
  /** "" for all of the data. */
  period: string;
}

/** What the map calls a record; its id where it has no name. */
export function titleOn(map: MapDocument, id: string): string {
  return String(map.get(id)?.title || id);
}

/** The text, cut where it has more letters. */
export function shortened(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

/** The text in one line or two, parted between words; cut where two do not hold it. */
export function inTwo(text: string, letters: number): string[] {
  if (text.length <= letters) return [text];
  const at = text.lastIndexOf(" ", letters);
  return at > 0 ? [text.slice(0, at), shortened(text.slice(at + 1), letters)] : [shortened(text, letters)];
}

/** "Home → Cart" of "home>cart". */
export function moveOn(map: MapDocument, { before, after }: { before: string; after: string }): string {
  return `${titleOn(map, before)} → ${titleOn(map, after)}`;
}
