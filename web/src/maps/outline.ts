/** A map in reading order: stages with their touchpoints, and which lanes there are. */
import type { Card } from "~/contract/maps";
import type { MapDocument } from "./document";
import type { Stored } from "./shape";

export type Stage = Stored<"stages">;
export type Touchpoint = Stored<"touchpoints">;
export type MapCard = Stored<"cards">;
export type Lane = Card["lane"];

export interface Column {
  stage: Stage;
  /** In order; none yet: the stage stands alone, with a place to put the first. */
  touchpoints: readonly Touchpoint[];
}

/** The live stages with their live touchpoints. */
export function columnsOf(map: MapDocument): Column[] {
  const points = map.list("touchpoints");
  return map.list("stages").map((stage) => ({ stage, touchpoints: points.filter((one) => one.stage === stage.id) }));
}

/** The live cards by place and lane: `at lane`. */
export function cardsByCell(map: MapDocument): Map<string, MapCard[]> {
  const found = new Map<string, MapCard[]>();
  for (const card of map.list("cards")) {
    const key = cell(card.at, card.lane);
    const there = found.get(key);
    if (there) there.push(card);
    else found.set(key, [card]);
  }
  return found;
}

export function cell(at: string, lane: Lane): string {
  return `${at} ${lane}`;
}
