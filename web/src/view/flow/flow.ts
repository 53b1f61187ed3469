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

/** "Home → Cart" of "home>cart". */
export function moveOn(map: MapDocument, { before, after }: { before: string; after: string }): string {
  return `${titleOn(map, before)} → ${titleOn(map, after)}`;
}
