/** What customers say, made ready to be drawn: which lines there are, where they break, in which order topics stand. */
import type { Reading, ScoreCell, ScoreChange, SpokenTopic, TopicPeriod, VoiceTopics } from "~/contract/api";
import { sayEffect, sayEffectRange, sayInterval, sayValue } from "./say";

/** A number with both ends of its interval. */
export interface Ends {
  value: number;
  low: number;
  high: number;
}

/** One period of a line; without a value it is a gap. `hollow`: of fewer than 30 customers. */
export interface Point extends Partial<Ends> {
  period: string;
  n: number | null;
  hollow: boolean;
  note: string;
}

/** A score that can be chosen: a question at a place. */
export interface ScoreChoice {
  key: string;
  title: string;
  place: string;
  question: string;
  kind: string;
  unit: string;
  scale: string;
}

/** The line of a score for a group; "" is everybody. `whole` is the number over all of the data. */
export interface Line {
  group: string;
  whole: ScoreCell | undefined;
  points: Point[];
}

const KIND_TITLES: Record<string, string> = { nps: "NPS", csat: "CSAT", ces: "CES", mean: "mean", feeling: "feeling" };
const FEELINGS: Record<string, string> = { feeling: "Feeling in scores", sentiment: "Feeling in texts" };
const LEVELS = ["map", "touchpoint", "stage"];
const HOLLOW_BELOW = 30;

export const kindTitle = (kind: string): string => KIND_TITLES[kind] ?? kind;

/** What a group is called: "Maya" for "persona:maya", "pro" for "property:plan=pro". */
export function groupTitle(group: string, titles: Record<string, string>): string {
  if (!group) return "Everybody";
  const value = group.slice(group.indexOf(group.includes("=") ? "=" : ":") + 1);
  return value === "(none)" ? "Not known" : (titles[value] ?? value);
}

/** The scores that there are, those of the whole map and of touchpoints before those of stages. */
export function scoreChoices(cells: readonly ScoreCell[], titles: Record<string, string>): ScoreChoice[] {
  const found = new Map<string, ScoreChoice & { level: string }>();
  for (const { place, question, kind, unit, scale, level, group, period } of cells) {
    const key = scoreKey({ place, question, kind });
    if (group || period || found.has(key)) continue;
    const of = kind === "feeling" ? question : `${question} (${kindTitle(kind)})`;
    const title = `${of} · ${titles[place] ?? place}`;
    found.set(key, { key, title, place, question, kind, unit, scale, level });
  }
  return [...found.values()].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

export function scoreKey({ place, question, kind }: Pick<ScoreCell, "place" | "question" | "kind">): string {
  return JSON.stringify([place, question, kind]);
}

/** Feelings as scores: what a map's readings of them say, in the shape of a score. */
export function feelingCells(readings: readonly Reading[], titles: Record<string, string>, map: string): ScoreCell[] {
  return readings
    .filter(({ measure, at }) => measure in FEELINGS && at in titles)
    .map(({ measure, at, group, period, unit, value, low, high, n, note }) => ({
      ...{ place: at, question: FEELINGS[measure]!, kind: "feeling", scale: "−2–+2", unit, group, period },
      ...{ value, low, high, n, note, level: at === map ? "map" : "touchpoint" },
      ...{ hollow: n !== null && n < HOLLOW_BELOW, shrunk: null, counts: null },
    }));
}

/** The measure of the map whose customers are those who gave this score; none of a mean, which has no measure. */
export function measureOf({ kind, question }: Pick<ScoreChoice, "kind" | "question">): string | undefined {
  if (kind === "feeling") return Object.keys(FEELINGS).find((measure) => FEELINGS[measure] === question);
  return ["nps", "csat", "ces"].includes(kind) ? kind : undefined;
}

/** The lines of one score, everybody first; each has every period in which anybody answered. */
export function linesOf(cells: readonly ScoreCell[], key: string): Line[] {
  const mine = cells.filter((cell) => scoreKey(cell) === key);
  const periods = [...new Set(mine.map(({ period }) => period).filter(Boolean))].sort();
  return [...new Set(mine.map(({ group }) => group))].sort().map((group) => {
    const own = new Map(mine.filter((cell) => cell.group === group).map((cell) => [cell.period, cell]));
    return { group, whole: own.get(""), points: periods.map((period) => pointOf(period, own.get(period))) };
  });
}

function pointOf(period: string, cell: ScoreCell | undefined): Point {
  const { n = null, hollow = false, note = "not measured" } = cell ?? {};
  if (cell?.value == null) return { period, n, hollow: false, note: note || "not measured" };
  const { value, low, high } = cell;
  return { period, n, hollow, note, value, low: low ?? value, high: high ?? value };
}

/** The points that are measured, in pieces that no gap parts; each with its place in the line. */
export function pieces(points: readonly Point[]): (Ends & { at: number })[][] {
  const found: (Ends & { at: number })[][] = [[]];
  points.forEach(({ value, low, high }, at) => {
    if (value === undefined || low === undefined || high === undefined) found.push([]);
    else found.at(-1)!.push({ at, value, low, high });
  });
  return found.filter((piece) => piece.length > 0);
}

/** "2026-08: +27.1, 95 % interval +20.9 to +33.1, n = 679 customers, hollow …": a point in words. */
export function sayPoint(point: Point, unit: string): string {
  const { period, value, low, high, n, hollow, note } = point;
  if (value === undefined) return `${period}: ${note || "not measured"}`;
  const few = hollow ? `, fewer than ${HOLLOW_BELOW} customers` : "";
  return `${period}: ${sayValue(value, unit)}, 95\u202f% interval ${sayInterval(low!, high!, unit)}, n = ${sayN(n)}${few}`;
}

export const sayN = (n: number | null): string => (n === null ? "few" : n.toLocaleString("en-US"));

/** How a score changed, in a sentence that says no more than was shown. */
export function sayChange(one: ScoreChange | undefined): string {
  if (!one) return "";
  if (one.change == null) return one.note ? `No change can be told: ${one.note}.` : "";
  const by = `${sayEffect(one.change, one.unit)} (${sayEffectRange(one.change_low!, one.change_high!, one.unit)})`;
  const shown = one.change_holds ? "a change that holds among all that were tested" : "which may be chance";
  return `${one.last} against all before: ${by}, ${shown}.`;
}

/** Topics by what they do to scores, or by how many speak of them. */
export type TopicOrder = "customers" | "worst" | "rising";

export interface ShownTopic {
  topic: SpokenTopic;
  quotes: string[];
  points: Point[];
  effect: TopicEffect | undefined;
}

/** What goes with a topic: how far scores with it, else feelings, are from those without. */
export interface TopicEffect extends Ends {
  of: "score" | "feeling";
  unit: string;
}

export function topicEffect(one: SpokenTopic): TopicEffect | undefined {
  const { score_effect, score_low, score_high, feeling_effect, feeling_low, feeling_high } = one;
  if (score_effect !== null && score_low !== null && score_high !== null)
    return { of: "score", unit: one.score_unit ?? "share", value: score_effect, low: score_low, high: score_high };
  if (feeling_effect !== null && feeling_low !== null && feeling_high !== null)
    return { of: "feeling", unit: "level", value: feeling_effect, low: feeling_low, high: feeling_high };
  return undefined;
}

/** The topics whose name, words or quotes hold the text, with their quotes and periods. */
export function shownTopics(told: VoiceTopics, text: string, order: TopicOrder): ShownTopic[] {
  const wanted = text.trim().toLowerCase();
  const all = told.topics.map((topic) => ({
    topic,
    quotes: told.quotes.filter((one) => one.topic === topic.id).map(({ quote }) => quote),
    points: told.periods.filter((one) => one.topic === topic.id).map(topicPoint),
    effect: topicEffect(topic),
  }));
  const some = wanted ? all.filter((one) => holds(one, wanted)) : all;
  if (order === "worst") return some.toSorted((a, b) => worth(a) - worth(b));
  if (order === "rising") return some.toSorted((a, b) => rise(a) - rise(b));
  return some;
}

const RISE: Record<string, number> = { rising: 0, steady: 1, falling: 3 };
const rise = ({ topic }: ShownTopic): number => RISE[topic.trend ?? ""] ?? 2; // too few for a trend
/** Effects on their way from the worst: a feeling has four points where a share has one. */
const worth = ({ effect }: ShownTopic): number => (effect ? effect.value / (effect.unit === "level" ? 4 : 1) : 9);

function holds({ topic, quotes }: ShownTopic, wanted: string): boolean {
  return [topic.name, ...topic.words, ...quotes].some((said) => said.toLowerCase().includes(wanted));
}

function topicPoint({ period, share, low, high, customers }: TopicPeriod): Point {
  const point = { period, n: customers, hollow: false };
  if (share === null) return { ...point, note: "not shown: few customers" };
  return { ...point, note: "", value: share, low: low ?? share, high: high ?? share };
}

/** From numbers to places on a line, and back where it ends. */
export function scale([low, high]: readonly [number, number], [from, to]: readonly [number, number]) {
  const span = high - low || 1;
  return (value: number): number => from + ((value - low) / span) * (to - from);
}

/** Round numbers within a span, about so many. */
export function ticks(low: number, high: number, about = 4): number[] {
  const rough = (high - low) / about;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((by) => by * power).find((by) => by >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

/** From the least to the greatest of all ends, a little wider. */
export function spanOf(all: readonly Pick<Ends, "low" | "high">[]): [number, number] {
  const low = Math.min(...all.map((one) => one.low));
  const high = Math.max(...all.map((one) => one.high));
  if (!Number.isFinite(low + high)) return [0, 1];
  const more = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - more, high + more];
}
