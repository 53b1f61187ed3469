/** The map as it is read from top to bottom: stages, their touchpoints, their cards; and steps up and down in it. */
import type { MapDocument } from "./document";
import {
  addCard,
  addStage,
  addTouchpoint,
  after,
  cardsAt,
  moveCard,
  moveStage,
  moveTouchpoint,
  touchpointsOf,
} from "./edits";
import { LANE_NAMES } from "./kinds";
import { cardsByCell, cell, columnsOf, type Lane, type MapCard, type Touchpoint } from "./outline";

export const LANES_READ = Object.keys(LANE_NAMES) as Lane[];

/** A place with its cards, lane by lane. Ids only, so that nothing of it changes while somebody types. */
export interface ReadPlace {
  id: string;
  /** Ids of cards, joined by spaces. */
  cards: string;
}

export interface ReadStage extends ReadPlace {
  points: readonly ReadPlace[];
}

/** Everything of the map in reading order. */
export function readingOf(map: MapDocument): ReadStage[] {
  const cells = cardsByCell(map);
  const place = (id: string): ReadPlace => ({
    id,
    cards: LANES_READ.flatMap((lane) => cells.get(cell(id, lane)) ?? [])
      .map((card) => card.id)
      .join(" "),
  });
  return columnsOf(map).map(({ stage, touchpoints }) => ({
    ...place(stage.id),
    points: touchpoints.map((one) => place(one.id)),
  }));
}

/** Stages and touchpoints in reading order. */
export function placesOf(map: MapDocument): string[] {
  return columnsOf(map).flatMap(({ stage, touchpoints }) => [stage.id, ...touchpoints.map((one) => one.id)]);
}

/** A record one step up (−1) or down (1) among its like; at the end of a place: over to the next. False: there is no way. */
export function moveStep(map: MapDocument, id: string, step: 1 | -1): boolean {
  const record = map.get(id);
  if (record?.section === "stages") return stepStage(map, id, step);
  if (record?.section === "touchpoints") return stepPoint(map, record, step);
  return record?.section === "cards" ? stepCard(map, record, step) : false;
}

function stepStage(map: MapDocument, id: string, step: 1 | -1): boolean {
  const stages = map.list("stages");
  const place = stages.findIndex((one) => one.id === id);
  if (!stages[place + step]) return false;
  moveStage(map, id, beforeOf(stages, place, step));
  return true;
}

/** Before whom it stands after the step; null: last. */
function beforeOf(all: readonly { id: string }[], place: number, step: 1 | -1): string | null {
  return all[step < 0 ? place - 1 : place + 2]?.id ?? null;
}

function stepPoint(map: MapDocument, point: Touchpoint, step: 1 | -1): boolean {
  const siblings = touchpointsOf(map, point.stage);
  const place = siblings.findIndex((one) => one.id === point.id);
  if (siblings[place + step]) {
    moveTouchpoint(map, point.id, point.stage, beforeOf(siblings, place, step));
    return true;
  }
  const stages = map.list("stages");
  const next = stages[stages.findIndex((one) => one.id === point.stage) + step];
  if (!next) return false;
  moveTouchpoint(map, point.id, next.id, step > 0 ? (touchpointsOf(map, next.id)[0]?.id ?? null) : null);
  return true;
}

function stepCard(map: MapDocument, card: MapCard, step: 1 | -1): boolean {
  const siblings = cardsAt(map, card.at, card.lane);
  const place = siblings.findIndex((one) => one.id === card.id);
  if (siblings[place + step]) {
    moveCard(map, card.id, { at: card.at, lane: card.lane, before: beforeOf(siblings, place, step) });
    return true;
  }
  const places = placesOf(map);
  const at = places[places.indexOf(card.at) + step];
  if (!at) return false;
  moveCard(map, card.id, {
    at,
    lane: card.lane,
    before: step > 0 ? (cardsAt(map, at, card.lane)[0]?.id ?? null) : null,
  });
  return true;
}

/** A new record of the same kind right behind this one: its id. */
export function addAfter(map: MapDocument, id: string): string {
  const record = map.get(id);
  if (record?.section === "stages") return addStage(map, after(map.list("stages"), id));
  if (record?.section === "touchpoints") {
    const siblings = touchpointsOf(map, record.stage);
    return addTouchpoint(map, record.stage, after(siblings, id));
  }
  const card = record as MapCard;
  const { at, lane, persona } = card;
  const before = after(cardsAt(map, at, lane), id);
  return addCard(map, { at, lane, before }, persona ? { persona } : {});
}
