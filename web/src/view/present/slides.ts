/** What present mode shows, one slide after the other: the map as a whole, then each stage. */
import { type CurveLine, curveOf } from "~/maps/curve";
import type { MapDocument } from "~/maps/document";
import { type Column, columnsOf, type Lane, type MapCard } from "~/maps/outline";
import type { Fields } from "~/maps/shape";

export interface StageSlide {
  column: Column;
  /** The stage's own cards and those of its touchpoints, in order, by lane. */
  cards: ReadonlyMap<Lane, readonly MapCard[]>;
  /** Where the speaker finds what is behind the claims. */
  notes: readonly Note[];
}

export interface Note {
  id: string;
  title: string;
  says: string;
}

export interface Deck {
  head: Fields;
  stages: readonly StageSlide[];
  /** Everybody's feelings at all places in order; null: a gap. */
  feelings: readonly Feeling[];
}

export interface Feeling {
  at: string;
  stage: string;
  level: number | null;
}

/** The slides of a map. */
export function deckOf(map: MapDocument): Deck {
  const cards = map.list("cards");
  const columns = columnsOf(map);
  const everybody = curveOf(map)[0]!;
  return {
    head: map.getHead(),
    stages: columns.map((column) => slideOf(column, cards)),
    feelings: columns.flatMap((column) => feelingsOf(column, everybody)),
  };
}

function slideOf(column: Column, all: readonly MapCard[]): StageSlide {
  const places = new Set([column.stage.id, ...column.touchpoints.map((one) => one.id)]);
  const own = all.filter((card) => places.has(card.at));
  const cards = new Map<Lane, MapCard[]>();
  for (const card of own) cards.set(card.lane, [...(cards.get(card.lane) ?? []), card]);
  return { column, cards, notes: notesOf(column, own) };
}

function feelingsOf({ stage, touchpoints }: Column, { points }: CurveLine): Feeling[] {
  const places = touchpoints.length ? touchpoints : [stage];
  return places.map((one) => ({ at: one.id, stage: stage.id, level: points.get(one.id)?.level ?? null }));
}

const KINDS = { assumption: "An assumption", observation: "Observed", measure: "Measured" };

function notesOf({ stage, touchpoints }: Column, cards: readonly MapCard[]): Note[] {
  const notes: Note[] = [];
  for (const one of [stage, ...touchpoints])
    if (one.about) notes.push({ id: one.id, title: one.title ?? "", says: one.about });
  for (const card of cards) {
    const text = card.says || card.title || "";
    const says = [evidenceOf(card), card.about].filter(Boolean).join(". ");
    if (card.lane === "note" || says) notes.push({ id: card.id, title: text, says });
  }
  return notes;
}

function evidenceOf({ evidence }: MapCard): string {
  if (!evidence || (evidence.kind ?? "assumption") === "assumption") return "";
  const kind = KINDS[evidence.kind ?? "assumption"];
  const by = [evidence.by && `by ${evidence.by}`, evidence.on && `on ${evidence.on}`].filter(Boolean).join(" ");
  return [`${kind}${by ? ` ${by}` : ""}`, evidence.measure, evidence.note].filter(Boolean).join(": ");
}
