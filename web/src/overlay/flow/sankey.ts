/**
 * Where the routes of customers are drawn: a column for each step, a band for each route, as thick as its share of
 * customers. Within a column touchpoints stand in the order of the map.
 */

export interface Taken {
  rank: number;
  route: readonly string[];
  share: number | null;
}

/** A touchpoint at a step, with the routes that pass it there: as high as their bands together. */
export interface Stop {
  place: string;
  step: number;
  y: number;
  height: number;
  ranks: readonly number[];
}

/** A route between one step and the next. `to` is undefined where it ends, or goes on beyond the last column. */
export interface Stretch {
  step: number;
  from: number;
  to: number | undefined;
  before: string;
  after: string | undefined;
}

export interface Band {
  rank: number;
  thick: number;
  stretches: readonly Stretch[];
  /** Steps beyond the last column. */
  further: number;
}

export interface Sankey {
  columns: number;
  height: number;
  stops: readonly Stop[];
  bands: readonly Band[];
}

/** Columns of a picture; longer routes go on beyond it, and it says by how much. */
export const COLUMNS = 8;
/** Room above a stop for its name. */
export const BETWEEN = 30;

/** `order` are the places of the map; `perShare` the height of all customers together, the same for what is compared. */
export function placeRoutes(routes: readonly Taken[], order: readonly string[], perShare: number): Sankey {
  const rank = new Map(order.map((place, at) => [place, at]));
  const placeOf = (place: string) => rank.get(place) ?? order.length;
  const columns = Math.min(COLUMNS, Math.max(0, ...routes.map((one) => one.route.length)));
  const tops = new Map<Taken, number[]>(routes.map((one) => [one, []]));
  const thick = (one: Taken) => (one.share ?? 0) * perShare;
  const stops: Stop[] = [];
  let height = 0;
  for (let step = 0; step < columns; step++) {
    const passing = routes.filter((one) => one.route.length > step);
    const before = (one: Taken) => tops.get(one)![step - 1] ?? 0;
    const places = [...new Set(passing.map((one) => one.route[step]!))];
    places.sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
    let y = BETWEEN;
    for (const place of places) {
      const here = passing.filter((one) => one.route[step] === place);
      here.sort((a, b) => before(a) - before(b) || a.rank - b.rank);
      const start = y;
      for (const one of here) {
        tops.get(one)!.push(y);
        y += thick(one);
      }
      stops.push({ place, step, y: start, height: y - start, ranks: here.map((one) => one.rank) });
      y += BETWEEN;
    }
    height = Math.max(height, y - BETWEEN);
  }
  return { columns, height, stops, bands: routes.map((one) => bandOf(one, tops.get(one)!, thick(one))) };
}

function bandOf({ rank, route }: Taken, tops: readonly number[], thick: number): Band {
  const stretches = tops.map((from, step) => ({
    step,
    from,
    to: tops[step + 1],
    before: route[step]!,
    after: step + 1 < tops.length ? route[step + 1] : undefined,
  }));
  return { rank, thick, stretches, further: route.length - tops.length };
}

/** So high are all customers together that the routes of the fullest picture are `height` high. */
export function heightPerShare(pictures: readonly (readonly Taken[])[], height: number): number {
  const fullest = Math.max(0, ...pictures.map((routes) => routes.reduce((sum, one) => sum + (one.share ?? 0), 0)));
  return fullest > 0 ? height / fullest : 0;
}

/** The outline of a band from one column's stop to the next one's. */
export function ribbon(x: number, from: number, toX: number, to: number, thick: number): string {
  const middle = (x + toX) / 2;
  const [a, b] = [from + thick, to + thick];
  return `M${x} ${from}C${middle} ${from} ${middle} ${to} ${toX} ${to}V${b}C${middle} ${b} ${middle} ${a} ${x} ${a}Z`;
}
