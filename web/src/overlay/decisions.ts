/** Initiatives and their verdicts, ready to be drawn: by status, by place, by team. Verdicts are the server's. */
import type { Amount, InitiativeTold, Judged, Reading, VerdictTold } from "~/contract/api";
import type { MapDocument } from "~/maps/document";
import { sayCount, sayEffect, sayEffectRange, sayValue } from "./say";

export type Status = InitiativeTold["status"];

export interface Column {
  id: string;
  title: string;
  about: string;
  initiatives: InitiativeTold[];
}

const COLUMNS: readonly (Omit<Column, "initiatives"> & { of: readonly Status[] })[] = [
  { id: "planned", title: "Planned", about: "Not begun: everything can still change.", of: ["proposed", "planned"] },
  { id: "running", title: "Running", about: "Begun: target and baseline stay as they are.", of: ["running"] },
  { id: "ended", title: "Ended", about: "Finished, or given up.", of: ["finished", "stopped"] },
];

/** The columns of the board; in each the newest initiative first. */
export function columnsOf(initiatives: readonly InitiativeTold[]): Column[] {
  return COLUMNS.map(({ of, ...column }) => ({
    ...column,
    initiatives: initiatives.filter((one) => of.includes(one.status)).reverse(),
  }));
}

/** What leads to a status, in a word. */
export const WAYS: Readonly<Record<string, { does: string; icon: "play" | "check" | "close" }>> = {
  running: { does: "Start", icon: "play" },
  finished: { does: "Finish", icon: "check" },
  stopped: { does: "Stop", icon: "close" },
};

/** A team's name on the map; what somebody typed where the map has no such team. */
export function teamIn(map: Pick<MapDocument, "get">, team: string): string {
  return map.get(team)?.title || team;
}

/** The verdict that was written last. */
export function lastVerdict(one: InitiativeTold): Judged | undefined {
  return one.verdicts.at(-1);
}

/** A written verdict with all that was known when it was written; nothing where an older program wrote less. */
export function wholeOf(judged: Judged): VerdictTold | undefined {
  const whole = judged.whole as Partial<VerdictTold>;
  return whole.verdicts && whole.course ? (whole as VerdictTold) : undefined;
}

export interface Look {
  tone: "leaf" | "coral" | "amber" | "neutral";
  icon: "check" | "warning" | "timer" | "minus";
}

/** How a verdict's word is drawn: with an icon, since colour alone says nothing. */
export function lookOf(word: string): Look {
  if (word === "helped") return { tone: "leaf", icon: "check" };
  if (word === "harmed") return { tone: "coral", icon: "warning" };
  if (word === "too early") return { tone: "amber", icon: "timer" };
  return { tone: "neutral", icon: "minus" };
}

export interface VerdictAt {
  id: string;
  title: string;
  status: Status;
  /** "helped"; "" where none was written. */
  word: string;
  says: string;
}

/** What stands beside the cards of the map: by the id of a stage or touchpoint, or "a>b", the newest first. */
export function verdictsAt(initiatives: readonly InitiativeTold[]): Map<string, VerdictAt[]> {
  const found = new Map<string, VerdictAt[]>();
  for (const one of [...initiatives].reverse()) {
    const judged = lastVerdict(one);
    const told = {
      id: one.id,
      title: one.title,
      status: one.status,
      word: judged?.word ?? "",
      says: judged?.says ?? "",
    };
    found.set(one.target.at, [...(found.get(one.target.at) ?? []), told]);
  }
  return found;
}

/** The edit that a slider asks for, as `desireline whatif --set` takes it. */
export function editOf(key: string, value: number): string {
  return key.startsWith("wait ") ? `${key} ${exact(value)}s` : `${key} ${exact(value)}`;
}

/** Without an exponent, which nobody could read back. */
function exact(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, "");
}

/** How far a slider goes: to twice as much; a rate never beyond all. */
export function reachOf(now: number, isRate: boolean): { max: number; step: number } {
  const max = isRate ? Math.min(1, now * 2) : now * 2;
  return { max, step: max / 200 };
}

/** A number of a what-if: whole journeys and whole money. */
export function sayImagined(value: number, unit: string): string {
  if (unit.startsWith("money")) return `${sayCount(value)} ${unit.split(":")[1] ?? ""}`.trim();
  return unit === "journeys" || unit === "stays" ? sayCount(value) : sayValue(value, unit);
}

/** A change in a what-if, and its 95 % interval. */
export function sayMoved({ value, low, high }: Amount, unit: string): { told: string; range: string } {
  if (unit === "share") return { told: sayEffect(value, unit), range: sayEffectRange(low, high, unit) };
  const plain = unit.startsWith("money") ? "journeys" : unit;
  const signed = (one: number, as = unit) =>
    `${one > 0 ? "+" : ""}${unit === "level" ? three(one) : sayImagined(one, as)}`;
  return { told: signed(value), range: `${signed(low, plain)} to ${signed(high, plain)}` };
}

function three(value: number): string {
  return value.toFixed(3).replace("-", "−");
}

/**
 * Whether a target is reached; too `close` to call where the interval holds it. Undefined: nothing was measured, or no
 * target is set. Pages for managers say the same: `said.json`.
 */
export function targetMet(
  target: { at_least?: number | null; at_most?: number | null },
  { value, low, high }: Pick<Reading, "value" | "low" | "high">,
): { reached: boolean; close: boolean } | undefined {
  const { at_least: least, at_most: most } = target;
  if (value === null || (least == null && most == null)) return undefined;
  const reached = (least == null || value >= least) && (most == null || value <= most);
  const within = (bound: number | null | undefined) =>
    bound != null && low !== null && high !== null && low <= bound && bound <= high;
  return { reached, close: within(least) || within(most) };
}

export interface HandOff {
  from: string;
  to: string;
  before: string;
  after: string;
}

interface Owned {
  id: string;
  team?: string | null;
}

/** Planned moves from a touchpoint of one team to one of another. */
export function handOffsOf(points: readonly Owned[], onward: (at: string) => readonly string[]): HandOff[] {
  const team = new Map(points.map((one) => [one.id, one.team]));
  return points.flatMap((point) =>
    onward(point.id).flatMap((next) => {
      const to = team.get(next);
      return point.team && to && to !== point.team ? [{ from: point.team, to, before: point.id, after: next }] : [];
    }),
  );
}
