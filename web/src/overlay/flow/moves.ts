/**
 * Where moves between touchpoints are drawn: the touchpoints of the map one below the other, moves on to later ones as
 * arcs on the right, moves back as arcs on the left, and repeats as small rings.
 */

export interface Made {
  before: string;
  after: string;
  share: number | null;
}

export type Heading = "on" | "back" | "again";

export interface Row {
  id: string;
  /** The stage that begins with this row; undefined within one. */
  stage: string | undefined;
  y: number;
}

export interface Arc {
  key: string;
  before: string;
  after: string;
  heading: Heading;
  from: number;
  to: number;
  /** How far it reaches out to its side. */
  out: number;
  thick: number;
}

export interface MovesDrawn {
  rows: readonly Row[];
  arcs: readonly Arc[];
  height: number;
  /** How far the furthest arc reaches out, on either side. */
  reach: number;
}

export const ROW = 26;
const HEAD = 24;
const THICKEST = 14;
const NEAREST = 22;
const FURTHEST = 116;

export function keyOfMove({ before, after }: Pick<Made, "before" | "after">): string {
  return `${before}>${after}`;
}

/** Where a move goes on the map. Places that are not on it come last. */
export function headingOf({ before, after }: Pick<Made, "before" | "after">, order: readonly string[]): Heading {
  if (before === after) return "again";
  const at = (place: string) => (order.includes(place) ? order.indexOf(place) : order.length);
  return at(after) < at(before) ? "back" : "on";
}

/** Only touchpoints that a move touches have a row. `largest` is the share that is drawn thickest. */
export function placeMoves(
  moves: readonly Made[],
  places: readonly { id: string; stage: string }[],
  largest: number,
): MovesDrawn {
  const touched = new Set(moves.flatMap(({ before, after }) => [before, after]));
  const rows: Row[] = [];
  let [y, stage] = [0, ""];
  for (const one of places.filter(({ id }) => touched.has(id))) {
    const begins = one.stage !== stage;
    y += begins ? HEAD : 0;
    rows.push({ id: one.id, stage: begins ? one.stage : undefined, y: y + ROW / 2 });
    stage = one.stage;
    y += ROW;
  }
  const order = rows.map(({ id }) => id);
  const shown = moves.filter(({ before, after }) => order.includes(before) && order.includes(after));
  const span = (one: Made) => Math.abs(order.indexOf(one.before) - order.indexOf(one.after));
  const longest = Math.max(1, ...shown.map(span));
  const arcs = shown.map((one): Arc => {
    const heading = headingOf(one, order);
    const out = heading === "again" ? NEAREST : NEAREST + ((FURTHEST - NEAREST) * span(one)) / longest;
    const [from, to] = [rows[order.indexOf(one.before)]!.y, rows[order.indexOf(one.after)]!.y];
    const thick = largest > 0 ? Math.max(1, (THICKEST * (one.share ?? 0)) / largest) : 1;
    return { key: keyOfMove(one), before: one.before, after: one.after, heading, from, to, out, thick };
  });
  arcs.sort((a, b) => b.thick - a.thick || (a.key < b.key ? -1 : 1)); // thin ones lie above thick ones
  return { rows, arcs, height: y, reach: Math.max(NEAREST, ...arcs.map(({ out }) => out)) };
}

/** The path of an arc whose touchpoints' names end at `right` and begin at `left`. */
export function arcPath({ heading, from, to, out }: Arc, left: number, right: number): string {
  if (heading === "again") {
    const [near, far] = [left - 4, left - out];
    return `M${near} ${from - 4}C${far} ${from - 11} ${far} ${from + 11} ${near} ${from + 4}`;
  }
  const [x, far] = heading === "on" ? [right, right + out * 1.3] : [left, left - out * 1.3];
  return `M${x} ${from}C${far} ${from} ${far} ${to} ${x} ${to}`;
}
