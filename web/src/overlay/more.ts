/** When longer lists can be asked for. What routes and moves do not list is exact, however long the list is. */
import type { CustomersBehind, MovesMade, RoutesTaken } from "~/contract/api";

/** How many rows are shown, and how many were before: these stay in sight until the others come. */
export interface Top {
  before: number;
  now: number;
}

export const ROUTES = 12;
export const MOVES = 40;
export const CUSTOMERS = 200;
const MOST_ROUTES = 500;
const MOST_MOVES = 1000;
const MOST_CUSTOMERS = 2000;
const TIMES = 3;

type Rows<T extends { rows: unknown[] }, K extends keyof T> = Pick<T, "rows" | K>;

/** The next length of a list of routes; nothing where there are no more that may be shown. What is hidden is the tail. */
export function moreRoutes(found: Rows<RoutesTaken, "hidden" | "distinct">, { now }: Top): Top | undefined {
  const whole = found.rows.length < now || found.hidden > 0 || now >= Math.min(found.distinct, MOST_ROUTES);
  return whole ? undefined : { before: now, now: Math.min(TIMES * now, MOST_ROUTES) };
}

/** The next length of a list of moves. */
export function moreMoves(found: Rows<MovesMade, "hidden" | "distinct">, { now }: Top): Top | undefined {
  const all = found.rows.length + found.hidden >= found.distinct;
  const whole = found.rows.length < now || all || now >= MOST_MOVES;
  return whole ? undefined : { before: now, now: Math.min(TIMES * now, MOST_MOVES) };
}

/** The next length of a list of customers, of which there are `all`. The file has all of them at any time. */
export function moreCustomers({ customers }: CustomersBehind, all: number, { now }: Top): Top | undefined {
  const whole = customers.length < now || customers.length >= all || now >= MOST_CUSTOMERS;
  return whole ? undefined : { before: now, now: Math.min(TIMES * now, MOST_CUSTOMERS) };
}
