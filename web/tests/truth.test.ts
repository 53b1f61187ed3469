import { expect, test } from "vitest";
import type { CardGraded, CustomersBehind, MapTruth } from "~/contract/api";
import { CUSTOMERS, MOVES, moreCustomers, moreMoves, moreRoutes, ROUTES } from "~/overlay/more";
import { doubtful, sayGrade, sayScore } from "~/overlay/truth";

function card(id: string, grade: CardGraded["grade"]): CardGraded {
  return { card: id, grade, why: `why ${id}`, customers: 0 } as CardGraded;
}

function truth(cards: CardGraded[], old: string[] = []): MapTruth {
  const reminders = old.map((at) => ({ kind: "card", at, says: `${at} is old`, way_out: "", days: 400 }));
  return { cards, reminders, truth: { score: 71.3, parts: [], weakest: null } } as unknown as MapTruth;
}

test("each card in doubt stands once, under what is worst", () => {
  const cards = [card("a", "contradicted"), card("b", "assumed only"), card("c", "weak"), card("d", "strong")];
  const told = doubtful(truth([...cards, card("e", "assumed only")], ["a", "c", "e"]));
  const found = told.map(({ id, cards }) => [id, ...cards.map((one) => `${one.card.card}: ${one.why}`)]);
  expect(found).toEqual([
    ["wrong", "a: why a"],
    ["stale", "c: c is old", "e: e is old"],
    ["unproven", "b: why b"],
  ]);
});

test("a score is rounded, and nothing is made of one that is not known", () => {
  expect(sayScore(truth([]))).toBe("71 of 100");
  expect(sayScore({ truth: { score: null } } as MapTruth)).toBe("Not known");
});

test("a grade says why, and who is behind it", () => {
  expect(sayGrade({ ...card("a", "fair"), customers: 1204 })).toBe("Fairly grounded: why a; 1,204 customers.");
  expect(sayGrade(card("b", "contradicted"))).toBe("Contradicted: why b.");
});

test("a longer list is offered as long as there is more that may be shown", () => {
  const rows = Array.from({ length: ROUTES }, () => ({})) as never[];
  const top = { before: ROUTES, now: ROUTES };
  expect(moreRoutes({ rows, hidden: 0, distinct: 100 }, top)).toEqual({ before: 12, now: 36 });
  expect(moreRoutes({ rows, hidden: 1, distinct: 100 }, top)).toBeUndefined();
  expect(moreRoutes({ rows, hidden: 0, distinct: ROUTES }, top)).toBeUndefined();
  expect(moreRoutes({ rows: rows.slice(1), hidden: 0, distinct: 100 }, top)).toBeUndefined();
  const moves = Array.from({ length: MOVES }, () => ({})) as never[];
  const first = { before: MOVES, now: MOVES };
  expect(moreMoves({ rows: moves, hidden: 3, distinct: 100 }, first)).toEqual({ before: 40, now: 120 });
  expect(moreMoves({ rows: moves, hidden: 60, distinct: 100 }, first)).toBeUndefined();
});

test("a longer list of customers is offered when what was asked for is there", () => {
  const first = { before: CUSTOMERS, now: CUSTOMERS };
  expect(moreCustomers(shown(200), 1000, first)).toEqual({ before: 200, now: 600 });
  expect(moreCustomers(shown(200), 1000, { before: 200, now: 600 })).toBeUndefined();
  expect(moreCustomers(shown(600), 5000, { before: 200, now: 600 })).toEqual({ before: 600, now: 1800 });
  expect(moreCustomers(shown(1800), 5000, { before: 600, now: 1800 })).toEqual({ before: 1800, now: 2000 });
  expect(moreCustomers(shown(2000), 5000, { before: 1800, now: 2000 })).toBeUndefined();
  expect(moreCustomers(shown(200), 200, first)).toBeUndefined();
});

function shown(many: number): CustomersBehind {
  return { customers: Array.from({ length: many }, () => ({})) } as CustomersBehind;
}
