/** Changes of a map that people make on the board. Each is called inside of one edit, and is undone with it. */
import type { MapDocument } from "./document";
import { newId } from "./kinds";
import { keyBetween, keysBetween } from "./order";
import type { Lane, MapCard, Stage, Touchpoint } from "./outline";
import type { Fields, Stored } from "./shape";

type Ordered = { id: string; order: string };

/** Where a card stands: before another card of the same cell, or last (null). */
export interface CardPlace {
  at: string;
  lane: Lane;
  before?: string | null;
}

/** The cards of one cell, in order. */
export function cardsAt(map: MapDocument, at: string, lane: Lane): MapCard[] {
  return map.list("cards").filter((card) => card.at === at && card.lane === lane);
}

/** The touchpoints of a stage, in order. */
export function touchpointsOf(map: MapDocument, stage: string): Touchpoint[] {
  return map.list("touchpoints").filter((point) => point.stage === stage);
}

/** A key for a newcomer among siblings; siblings whose keys leave no room between them get new ones. */
function keyAmong(map: MapDocument, siblings: readonly Ordered[], before: string | null | undefined): string {
  const found = before ? siblings.findIndex((one) => one.id === before) : -1;
  const index = found < 0 ? siblings.length : found;
  const low = siblings[index - 1]?.order ?? null;
  const high = siblings[index]?.order ?? null;
  if (low === null || high === null || low < high) return keyBetween(low, high);
  const keys = keysBetween(null, null, siblings.length + 1);
  siblings.forEach((one, place) => {
    map.change(one.id, { order: keys[place < index ? place : place + 1] });
  });
  return keys[index]!;
}

function others<R extends Ordered>(siblings: readonly R[], id: string): R[] {
  return siblings.filter((one) => one.id !== id);
}

export function addCard(map: MapDocument, place: CardPlace, fields: Fields = {}): string {
  const id = newId(`${place.at}.${place.lane}`);
  const order = keyAmong(map, cardsAt(map, place.at, place.lane), place.before);
  map.add({ says: "", ...fields, id, section: "cards", order, at: place.at, lane: place.lane });
  return id;
}

export function addTouchpoint(map: MapDocument, stage: string, before?: string | null, fields: Fields = {}): string {
  const id = newId(String(fields.title || "touchpoint"));
  const order = keyAmong(map, touchpointsOf(map, stage), before);
  map.add({ ...fields, id, section: "touchpoints", order, stage });
  return id;
}

export function addStage(map: MapDocument, before?: string | null, fields: Fields = {}): string {
  const id = newId(String(fields.title || "stage"));
  map.add({ ...fields, id, section: "stages", order: keyAmong(map, map.list("stages"), before) });
  return id;
}

/** The card stands in this cell now. What only its old lane draws, it keeps. */
export function moveCard(map: MapDocument, id: string, place: CardPlace): void {
  if (place.before === id) return;
  const order = keyAmong(map, others(cardsAt(map, place.at, place.lane), id), place.before);
  map.change(id, { at: place.at, lane: place.lane, order });
}

export function moveTouchpoint(map: MapDocument, id: string, stage: string, before?: string | null): void {
  if (before === id) return;
  const order = keyAmong(map, others(touchpointsOf(map, stage), id), before);
  map.change(id, { stage, order });
}

export function moveStage(map: MapDocument, id: string, before?: string | null): void {
  if (before === id) return;
  map.change(id, { order: keyAmong(map, others(map.list("stages"), id), before) });
}

/** The records and what stands in them: a stage's touchpoints, and the cards at each. */
function withContents(map: MapDocument, ids: readonly string[]): string[] {
  const all = new Set(ids);
  for (const point of map.list("touchpoints")) if (all.has(point.stage)) all.add(point.id);
  for (const card of map.list("cards")) if (all.has(card.at)) all.add(card.id);
  return [...all];
}

/** Deletes softly, with what stands in them. */
export function remove(map: MapDocument, ids: readonly string[]): void {
  for (const id of withContents(map, ids)) map.change(id, { deleted: true });
}

/** Copies, each right after its original, with what stands in them. The ids of the copies of `ids`. */
export function duplicate(map: MapDocument, ids: readonly string[]): string[] {
  const inside = new Set(ids);
  const tops = ids.filter((id) => !isInside(map, id, inside));
  return tops.map((id) => copyOf(map, id)).filter((id) => id !== "");
}

function isInside(map: MapDocument, id: string, among: ReadonlySet<string>): boolean {
  const record = map.get(id);
  if (record?.section === "touchpoints") return among.has(record.stage);
  if (record?.section !== "cards") return false;
  return among.has(record.at) || isInside(map, record.at, among);
}

function copyOf(map: MapDocument, id: string): string {
  const record = map.get(id);
  if (!record) return "";
  const { id: _, section, order: __, at: ___, stage: ____, lane: _____, ...fields } = record as Stored & Fields;
  if (section === "cards") {
    const { at, lane } = record as MapCard;
    return addCard(map, { at, lane, before: after(cardsAt(map, at, lane), id) }, fields);
  }
  if (section === "touchpoints") {
    const { stage } = record as Touchpoint;
    return copyTouchpoint(map, id, stage, after(touchpointsOf(map, stage), id), fields);
  }
  if (section === "stages") return copyStage(map, record as Stage, fields);
  return "";
}

function copyTouchpoint(map: MapDocument, id: string, stage: string, before: string | null, fields: Fields): string {
  const made = addTouchpoint(map, stage, before, fields);
  copyCards(map, id, made);
  return made;
}

function copyStage(map: MapDocument, stage: Stage, fields: Fields): string {
  const made = addStage(map, after(map.list("stages"), stage.id), fields);
  copyCards(map, stage.id, made);
  for (const point of touchpointsOf(map, stage.id)) {
    const { id, section: _, order: __, stage: ___, ...rest } = point;
    copyTouchpoint(map, id, made, null, rest);
  }
  return made;
}

function copyCards(map: MapDocument, from: string, to: string): void {
  for (const card of map.list("cards").filter((one) => one.at === from)) {
    const { id: _, section: __, order: ___, at: ____, lane, ...rest } = card;
    addCard(map, { at: to, lane }, rest);
  }
}

/** The one that stands right after this one; null: it is the last. */
export function after(siblings: readonly { id: string }[], id: string): string | null {
  return siblings[siblings.findIndex((one) => one.id === id) + 1]?.id ?? null;
}
