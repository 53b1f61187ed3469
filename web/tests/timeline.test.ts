import { describe, expect, it } from "vitest";
import type { EventTold, WordTold } from "~/contract/api";
import { beside, rowsOf, sayFeeling, sayScore, saySilence } from "~/overlay/timeline";

const DAY = 86_400;
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();

function event(title: string, when: string, after_s: number | null): EventTold {
  return {
    at: when,
    after_s,
    event: title,
    title,
    touchpoint: title,
    stage: null,
    step: 1,
    named: true,
    channel: null,
    channel_title: "",
    status: null,
    value: null,
    currency: null,
    case_id: null,
    due_at: null,
    deviations: [],
  };
}

function word(text: string, when: string | null): WordTold {
  return {
    feedback_id: text,
    at: when,
    kind: "review",
    question: null,
    score: null,
    low: null,
    high: null,
    text,
    feeling: null,
    channel: null,
    places: [],
    titles: [],
    bound: null,
  };
}

const told = (journey: Parameters<typeof rowsOf>[0]) =>
  rowsOf(journey).map((row) =>
    row.kind === "event" ? row.event.title : row.kind === "word" ? `“${row.word.text}”` : row.kind,
  );

describe("a customer's journey by day", () => {
  it("has a heading for each day, and says how long nothing happened", () => {
    const events = [
      event("see", at(1, 9), null),
      event("cart", at(1, 10), 3600),
      event("pay", at(2, 9), 23 * 3600),
      event("arrives", at(13, 9), 11 * DAY),
    ];
    expect(told({ events, feedback: [] })).toEqual(["day", "see", "cart", "day", "pay", "silence", "day", "arrives"]);
  });

  it("puts words where they were said, and those without a date at the end", () => {
    const events = [event("see", at(1, 9), null), event("pay", at(5, 9), 4 * DAY)];
    const feedback = [word("fine", at(1, 12)), word("late", at(6, 9)), word("some day", null)];
    expect(told({ events, feedback })).toEqual([
      "day",
      "see",
      "“fine”",
      "day",
      "pay",
      "day",
      "“late”",
      "day",
      "“some day”",
    ]);
  });

  it("is nothing where nothing happened", () => expect(rowsOf({ events: [], feedback: [] })).toEqual([]));

  it("gives every row a key of its own", () => {
    const events = [event("see", at(1, 9), null), event("see", at(1, 9), 0)];
    const keys = rowsOf({ events, feedback: [word("a", at(1, 9)), word("a", null)] }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("words of a timeline", () => {
  it("say silences in days, and long ones in months", () => {
    expect([2 * DAY, 11.9 * DAY, 200 * DAY].map(saySilence)).toEqual([
      "2 days later",
      "12 days later",
      "7 months later",
    ]);
  });

  it("say scores with the end of their scale", () => {
    expect(sayScore({ score: 4, low: 1, high: 5 })).toBe("4 of 5");
    expect(sayScore({ score: 2, low: 5, high: 1 })).toBe("2 of 5, 1 is best");
    expect(sayScore({ score: 8.25, low: null, high: null })).toBe("8.3");
    expect(sayScore({ score: null, low: 1, high: 5 })).toBe("");
  });

  it("say feelings; a text that was not read has none", () => {
    expect([2, 0.5, 0, -0.5, -2, null].map(sayFeeling)).toEqual([
      "happy",
      "content",
      "neutral",
      "unhappy",
      "very unhappy",
      "",
    ]);
  });
});

describe("the customers beside one in a list", () => {
  it("are those before and after; nobody at the ends, or for a stranger", () => {
    const ids = ["a", "b", "c"];
    expect([beside(ids, "b", -1), beside(ids, "b", 1)]).toEqual(["a", "c"]);
    expect([beside(ids, "a", -1), beside(ids, "c", 1), beside(ids, "x", 1)]).toEqual([undefined, undefined, undefined]);
  });
});
