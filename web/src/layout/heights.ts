/** How tall lanes are, guessed from their texts: so that lanes stay as they are while columns come and go. */
import type { MapDocument } from "~/maps/document";
import type { MapCard, Touchpoint } from "~/maps/outline";
import { isKept } from "~/maps/pictures";
import { COLUMN } from "./grid";
import type { BoardLayout, Row } from "./rows";

const LINE = 19;
const FOOT = 20;
const GAP = 6;
/** Around the words of a card: its own padding and that of its cell. */
const INSIDE = 36;
const LETTER = 7.1;
const PICTURE = 102;
/** Up to so many columns all are drawn, and nothing is guessed. */
export const ALL = 20;

/** The least height of each row by its key. */
export function guessHeights(map: MapDocument, layout: BoardLayout, zoom: number): ReadonlyMap<string, number> {
  const width = Math.max(24, COLUMN * zoom - INSIDE);
  const guessed = new Map<string, number>();
  for (const row of layout.rows) guessed.set(row.key, tallest(map, layout, row, width));
  return guessed;
}

function tallest(map: MapDocument, layout: BoardLayout, row: Row, width: number): number {
  if (!row.lane || (row.lane.kind !== "cards" && row.lane.kind !== "touchpoints")) return 0;
  let most = 0;
  for (const place of layout.grid.places) {
    const across = row.by === "stage" ? width * 2 : width;
    let tall = GAP * 2;
    for (const id of layout.items(row, row.by === "stage" ? place.stage : place.at)) {
      tall += cardHeight(map.get(id) as MapCard | Touchpoint | undefined, across) + GAP;
    }
    most = Math.max(most, tall);
  }
  return most;
}

function cardHeight(record: MapCard | Touchpoint | undefined, width: number): number {
  if (!record) return 0;
  const isCard = record.section === "cards";
  const words = (isCard ? record.says : record.title) ?? "";
  const lines = words
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * LETTER) / width)), 0);
  const foot = isCard ? Boolean(record.severity) || typeof record.level === "number" || Boolean(record.persona) : true;
  return lines * LINE + (isCard ? 14 : 18) + (foot ? FOOT : 0) + (isKept(record.image) ? PICTURE : 0);
}
