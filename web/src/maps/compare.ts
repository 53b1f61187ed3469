/** Two maps laid over each other: each record once, and what became of it. For drawing; the words come from Python. */
import type { Lane } from "./outline";
import type { Fields } from "./shape";

/** A map as data, in the shape of its file. */
export type MapData = Record<string, unknown>;

export type Fate = "same" | "added" | "removed" | "changed" | "moved";

export interface Compared {
  id: string;
  fate: Fate;
  was: Fields | undefined;
  is: Fields | undefined;
  /** The fields that differ. */
  fields: readonly string[];
}

export interface ComparedColumn {
  stage: Compared;
  points: readonly Compared[];
}

export interface Comparison {
  columns: readonly ComparedColumn[];
  /** By `place lane`. */
  cells: ReadonlyMap<string, readonly Compared[]>;
  lanes: ReadonlySet<Lane>;
  counts: Readonly<Record<Fate, number>>;
}

const PLACES = new Set(["stage", "at", "lane"]);
const NOISE = new Set(["id", "order", "section", "deleted"]);

/** What became of the stages, touchpoints and cards of `was` in `is`. */
export function compare(was: MapData, is: MapData): Comparison {
  const stages = merged(live(was, "stages"), live(is, "stages"));
  const points = merged(live(was, "touchpoints"), live(is, "touchpoints"));
  const cards = merged(live(was, "cards"), live(is, "cards"));
  const columns = stages.map((stage) => ({ stage, points: points.filter((one) => at(one, "stage") === stage.id) }));
  const cells = new Map<string, Compared[]>();
  const lanes = new Set<Lane>();
  for (const one of cards) {
    const lane = at(one, "lane") as Lane;
    const key = `${at(one, "at")} ${lane}`;
    lanes.add(lane);
    cells.set(key, [...(cells.get(key) ?? []), one]);
  }
  const counts: Record<Fate, number> = { same: 0, added: 0, removed: 0, changed: 0, moved: 0 };
  for (const one of [...stages, ...points, ...cards]) counts[one.fate]++;
  return { columns, cells, lanes, counts };
}

function live(data: MapData, section: string): Fields[] {
  const rows = (data[section] ?? []) as Fields[];
  return rows.filter((one) => one.deleted !== true);
}

function at(one: Compared, field: string): string {
  return String((one.is ?? one.was)?.[field] ?? "");
}

/** The newer order; what is gone stands after what it stood after. */
function merged(was: readonly Fields[], is: readonly Fields[]): Compared[] {
  const before = new Map(was.map((one) => [String(one.id), one]));
  const after = new Set(is.map((one) => String(one.id)));
  const found = is.map((one) => compared(before.get(String(one.id)), one));
  let last = -1;
  for (const one of was) {
    const id = String(one.id);
    if (after.has(id)) last = found.findIndex((other) => other.id === id);
    else found.splice(++last, 0, compared(one, undefined));
  }
  return found;
}

function compared(was: Fields | undefined, is: Fields | undefined): Compared {
  const id = String((is ?? was)!.id);
  if (!was) return { id, fate: "added", was, is, fields: [] };
  if (!is) return { id, fate: "removed", was, is, fields: [] };
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !NOISE.has(name));
  const fields = names.filter((name) => text(was[name]) !== text(is[name])).sort();
  const fate = fields.length === 0 ? "same" : fields.every((name) => PLACES.has(name)) ? "moved" : "changed";
  return { id, fate, was, is, fields };
}

/** Equal for values that mean the same: nothing, "" and an empty list; keys in any order. */
function text(value: unknown): string {
  if (value === undefined || value === null || value === "" || value === false) return "";
  if (Array.isArray(value)) return value.length ? JSON.stringify(value.map(text)) : "";
  if (typeof value !== "object") return JSON.stringify(value);
  const said = Object.entries(value).map(([name, one]) => [name, text(one)]);
  return JSON.stringify(said.filter(([, one]) => one !== "").sort());
}
