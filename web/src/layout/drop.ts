/** What a drop means: from where the pointer is to the change of the map. */
import type { MapDocument } from "~/maps/document";
import { after, duplicate, moveCard, moveStage, moveTouchpoint, touchpointsOf } from "~/maps/edits";
import { LANE_NAMES } from "~/maps/kinds";
import type { Lane } from "~/maps/outline";
import { placesOf } from "~/maps/reading";
import type { Section } from "~/maps/shape";

/** A place between the records of a cell. */
export interface Spot {
  /** The row's id, as in `LANE_ROWS`, or "stages". */
  lane: string;
  /** Of the cell: a touchpoint or a stage. */
  holds: string;
  stage: string;
  /** Cards: the card that it goes before; null: last. */
  before: string | null;
  /** Touchpoints and stages: on the right half of the column, so after it. */
  behind: boolean;
}

/** The records go to the spot, as they stand to each other; with `copies`, copies of them go there. The ids of those that went. */
export function drop(map: MapDocument, ids: readonly string[], spot: Spot, copies = false): string[] {
  const section = map.get(ids[0] ?? "")?.section;
  if (!section || !takes(spot, section)) return [];
  const alike = asTheyStand(map, ids, section);
  const moved = copies ? duplicate(map, alike) : alike;
  if (section === "cards") for (const id of moved) dropCard(map, id, spot, moved);
  if (section === "touchpoints") dropTouchpoints(map, moved, spot);
  if (section === "stages") dropStages(map, moved, spot);
  return moved;
}

/** Those of the section, in the order of the board and not in that in which they were selected. */
function asTheyStand(map: MapDocument, ids: readonly string[], section: Section): string[] {
  const places = placesOf(map);
  if (section !== "cards") return places.filter((id) => ids.includes(id) && map.get(id)?.section === section);
  const cards = map.list("cards").filter((one) => ids.includes(one.id));
  return cards.sort((a, b) => places.indexOf(a.at) - places.indexOf(b.at)).map((one) => one.id);
}

/** Whether records of a section can be put there. */
export function takes(spot: Spot, section: Section): boolean {
  if (section === "cards") return spot.lane in LANE_NAMES;
  return section === "touchpoints" || section === "stages";
}

function dropCard(map: MapDocument, id: string, spot: Spot, moved: readonly string[]): void {
  const before = spot.before && moved.includes(spot.before) ? null : spot.before;
  moveCard(map, id, { at: spot.holds, lane: spot.lane as Lane, before });
}

function dropTouchpoints(map: MapDocument, ids: readonly string[], spot: Spot): void {
  const there = touchpointsOf(map, spot.stage).filter((one) => !ids.includes(one.id) || one.id === spot.holds);
  const isPoint = there.some((one) => one.id === spot.holds);
  if (ids.includes(spot.holds) && ids.length === 1) {
    // Let go over its own column: only the line of visibility can have been crossed.
  } else {
    const before = isPoint ? (spot.behind ? after(there, spot.holds) : spot.holds) : null;
    for (const id of ids) moveTouchpoint(map, id, spot.stage, before && ids.includes(before) ? null : before);
  }
  const front = { behind: false, touchpoints: undefined }[spot.lane];
  if (spot.lane === "behind" || spot.lane === "touchpoints") for (const id of ids) map.change(id, { front });
}

function dropStages(map: MapDocument, ids: readonly string[], spot: Spot): void {
  if (ids.includes(spot.stage)) return;
  const stages = map.list("stages").filter((one) => !ids.includes(one.id));
  const before = spot.behind ? after(stages, spot.stage) : spot.stage;
  for (const id of ids) moveStage(map, id, before);
}
