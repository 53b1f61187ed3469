/** Which findings are shown, in which order, and where their numbers stand on a line. Counting is the server's. */
import type { FindingEffect, FindingTold } from "~/contract/api";

export interface Wanted {
  sort: "" | "problem" | "chance";
  rule: string;
  /** A stage or a record of the map. */
  place: string;
  grade: string;
  /** "loss", "rice" …: what the order goes by. */
  by: string;
}

export const ALL: Wanted = { sort: "", rule: "", place: "", grade: "", by: "loss" };

/** The findings that are wanted, in their order. */
export function wantedOf(findings: readonly FindingTold[], wanted: Wanted): FindingTold[] {
  const { sort, rule, place, grade, by } = wanted;
  return findings
    .filter(
      (one) =>
        (!sort || one.sort === sort) &&
        (!rule || one.rule === rule) &&
        (!grade || one.grade === grade) &&
        (!place || one.stage === place || one.records.includes(place)),
    )
    .sort((a, b) => rankBy(a, by) - rankBy(b, by));
}

/** Its place in an order; by loss in an order that is not there yet. */
export function rankBy({ ranks }: FindingTold, by: string): number {
  return ranks[by] ?? ranks.loss ?? 0;
}

/** How many filters leave something out. */
export function narrowed({ sort, rule, place, grade }: Wanted): number {
  return [sort, rule, place, grade].filter(Boolean).length;
}

/** The finding of an id, or the one below which it stands. The first eight letters stay when data are added. */
export function findingOf(findings: readonly FindingTold[], id: string): FindingTold | undefined {
  const claim = id.slice(0, 8);
  return (
    findings.find((one) => one.id === id) ??
    findings.find((one) => one.id.startsWith(claim)) ??
    findings.find((one) => one.also.some((other) => other.id.startsWith(claim)))
  );
}

/** Numbers that stand on one line: of one unit, differences apart. */
export interface Comparable {
  unit: string;
  difference: boolean;
  effects: FindingEffect[];
}

/** The effect and its evidence, by what can be compared; what is said twice stands once. */
export function comparable(effect: FindingEffect, evidence: readonly FindingEffect[]): Comparable[] {
  const found: Comparable[] = [];
  for (const one of [effect, ...evidence]) {
    const same = found.find((group) => group.unit === one.unit && group.difference === one.difference);
    if (!same) found.push({ unit: one.unit, difference: one.difference, effects: [one] });
    else if (!same.effects.some((other) => other.says === one.says && other.value === one.value))
      same.effects.push(one);
  }
  return found;
}

interface Ranged {
  value: number;
  low: number | null;
  high: number | null;
}

/** From where to where a line goes that holds all of them, and zero. */
export function spanOf(numbers: readonly Ranged[]): readonly [number, number] {
  const ends = numbers.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  return low === high ? [low, low + 1] : [low, high];
}

/** Where a number stands on the line, in per cent; the ends keep some room for a dot. */
export function along(value: number, [low, high]: readonly [number, number]): number {
  return 3 + (94 * (value - low)) / (high - low);
}

/** Round numbers between the ends, at most five. */
export function stepsOf([low, high]: readonly [number, number]): number[] {
  const rough = (high - low) / 4;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * ten).find((one) => one >= rough) ?? rough;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) => (first + k) * step);
}

/** What people choose from when they say how much work something is; in whatever the team counts in. */
export const EFFORTS: readonly number[] = [0.25, 0.5, 1, 2, 3, 5, 8, 13, 20];

/** Where an effort stands between the steps: 0 for the smallest, 1 for the largest, or what lies beyond them. */
export function effortAlong(effort: number): number {
  const above = EFFORTS.findIndex((one) => one >= effort);
  const last = EFFORTS.length - 1;
  if (above === 0) return 0;
  if (above < 0) return 1;
  const [low, high] = [EFFORTS[above - 1]!, EFFORTS[above]!];
  return (above - 1 + (effort - low) / (high - low)) / last;
}

/** The step nearest to a place, 0 to 1. */
export function effortAt(share: number): number {
  const last = EFFORTS.length - 1;
  return EFFORTS[Math.round(Math.min(Math.max(share, 0), 1) * last)]!;
}

/** One step more or less work; from "nobody knows" to the smallest. */
export function effortBeside(effort: number | null, by: 1 | -1): number | null {
  if (effort === null) return by > 0 ? EFFORTS[0]! : null;
  if (by > 0) return EFFORTS.find((one) => one > effort) ?? effort;
  return EFFORTS.findLast((one) => one < effort) ?? null;
}
