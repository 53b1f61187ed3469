/** The emotion curve: how each place is meant to feel, from −2 (awful) to +2 (delighted), for everybody or a persona. */
import type { MapDocument } from "./document";
import { addRecord } from "./kinds";
import type { MapCard } from "./outline";

/** A persona's id; null: everybody. */
export type Voice = string | null;

/** `own`: said for this voice; `everybody`: said for everybody; `promise`: nobody drew it, but it is promised. */
export interface CurvePoint {
  level: number;
  from: "own" | "everybody" | "promise";
}

export interface CurveLine {
  voice: Voice;
  /** By place; a place without a point is a gap. */
  points: ReadonlyMap<string, CurvePoint>;
}

export const LOWEST = -2;
export const HIGHEST = 2;

/** Everybody's line, then one for each persona who has a point of its own or is asked for. */
export function curveOf(map: MapDocument, asked: Voice = null): CurveLine[] {
  const said = leveled(map);
  const promised = promisedLevels(map);
  const voices = map.list("personas").map((one) => one.id);
  const drawn = voices.filter((id) => id === asked || said.has(id));
  return [null, ...drawn].map((voice) => ({ voice, points: pointsOf(voice, said, promised) }));
}

type Levels = Map<string, number[]>;

function leveled(map: MapDocument): Map<Voice, Levels> {
  const found = new Map<Voice, Levels>();
  for (const card of map.list("cards")) {
    if (typeof card.level !== "number") continue;
    const voice = card.persona ?? null;
    const levels = found.get(voice) ?? new Map<string, number[]>();
    found.set(voice, levels.set(card.at, [...(levels.get(card.at) ?? []), card.level]));
  }
  return found;
}

function promisedLevels(map: MapDocument): Map<string, number> {
  const found = new Map<string, number>();
  for (const point of [...map.list("stages"), ...map.list("touchpoints")])
    if (typeof point.promise?.feeling === "number") found.set(point.id, point.promise.feeling);
  return found;
}

function pointsOf(voice: Voice, said: Map<Voice, Levels>, promised: Map<string, number>): Map<string, CurvePoint> {
  const points = new Map<string, CurvePoint>();
  for (const [at, level] of promised) points.set(at, { level, from: "promise" });
  for (const [at, levels] of said.get(null) ?? [])
    points.set(at, { level: mean(levels), from: voice === null ? "own" : "everybody" });
  if (voice !== null)
    for (const [at, levels] of said.get(voice) ?? []) points.set(at, { level: mean(levels), from: "own" });
  return points;
}

function mean(levels: readonly number[]): number {
  return tenths(levels.reduce((sum, one) => sum + one, 0) / levels.length);
}

/** Within −2 and +2, in whole tenths. */
export function tenths(level: number): number {
  return Math.round(Math.min(HIGHEST, Math.max(LOWEST, level)) * 10) / 10 || 0;
}

/** The place feels like this. Several feelings of one voice there move together; none yet: there is one now. */
export function setLevel(map: MapDocument, at: string, voice: Voice, level: number): void {
  const wanted = tenths(level);
  const own = cardsOf(map, at, voice);
  const said = own.filter((card) => typeof card.level === "number");
  const silent = own.find((card) => card.lane === "feeling");
  const shift = wanted - mean(said.map((card) => card.level as number));
  if (said.length === 1) map.change(said[0]!.id, { level: wanted });
  else if (said.length) for (const card of said) map.change(card.id, { level: tenths((card.level as number) + shift) });
  else if (silent) map.change(silent.id, { level: wanted });
  else addRecord(map, "cards", { at, lane: "feeling", says: "", level: wanted, ...(voice ? { persona: voice } : {}) });
}

/** The place has no level of this voice any more; a card that says nothing else goes with it. */
export function clearLevel(map: MapDocument, at: string, voice: Voice): void {
  for (const card of cardsOf(map, at, voice)) {
    if (typeof card.level !== "number") continue;
    const bare = card.lane === "feeling" && !card.says?.trim() && !card.about && !card.title && !card.image;
    map.change(card.id, bare ? { level: undefined, deleted: true } : { level: undefined });
  }
}

function cardsOf(map: MapDocument, at: string, voice: Voice): MapCard[] {
  return map.list("cards").filter((card) => card.at === at && (card.persona ?? null) === voice);
}

/** How far down from the highest level to the lowest: 0 for +2, 1 for −2; beyond the ends, beyond. */
export function depthOf(level: number): number {
  return (HIGHEST - level) / (HIGHEST - LOWEST);
}

/** “+0.8”, with a real minus. */
export function signed(level: number): string {
  return level > 0 ? `+${level.toFixed(1)}` : level < 0 ? `−${(-level).toFixed(1)}` : "0";
}

/** The level in a word. */
export function feelingWord(level: number): string {
  if (level >= 1.5) return "delighted";
  if (level >= 0.5) return "content";
  if (level > -0.5) return "neutral";
  return level > -1.5 ? "unhappy" : "awful";
}
