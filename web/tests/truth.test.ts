import { expect, test } from "vitest";
import type { CardGraded, MapTruth } from "~/contract/api";
import { MOVES, moreMoves, moreRoutes, ROUTES } from "~/overlay/more";
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
