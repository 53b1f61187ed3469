import { expect, test } from "vitest";
import type { ScoreCell, SpokenTopic, VoiceTopics } from "~/contract/api";
import {
  feelingCells,
  groupTitle,
  linesOf,
  measureOf,
  pieces,
  sayChange,
  sayPoint,
  scale,
  scoreChoices,
  scoreKey,
  shownTopics,
  spanOf,
  ticks,
  topicEffect,
} from "~/overlay/voice";

const TITLES = { shop: "The shop", pay: "Pays", buy: "Buying", maya: "Maya" };

function cell(some: Partial<ScoreCell>): ScoreCell {
  return {
    ...{ place: "pay", level: "touchpoint", question: "Easy?", kind: "ces", scale: "1–7", unit: "score" },
    ...{ group: "", period: "", value: 5, low: 4, high: 6, n: 40, hollow: false, shrunk: null, counts: null, note: "" },
    ...some,
  };
}

function topic(some: Partial<SpokenTopic>): SpokenTopic {
  return {
    ...{ id: "late", name: "late, parcel", answers: 9, customers: 9, share: 0.1, low: 0.05, high: 0.2, stability: 1 },
    ...{ loose: false, pinned: false, new: false, words: ["late"], score_effect: null, score_low: null },
    ...{ score_high: null, score_unit: null, feeling_effect: null, feeling_low: null, feeling_high: null },
    ...{ feeling_mean: null, trend: "steady", unmet: null, unmet_because: null, places: null },
    ...some,
  };
}

test("scores of the map and of touchpoints can be chosen before those of stages", () => {
  const cells = [
    cell({ place: "buy", level: "stage" }),
    cell({}),
    cell({ period: "2026-01" }),
    cell({ place: "shop", level: "map", question: "Recommend?", kind: "nps" }),
  ];
  const titles = scoreChoices(cells, TITLES).map(({ title }) => title);
  expect(titles).toEqual(["Recommend? (NPS) · The shop", "Easy? (CES) · Pays", "Easy? (CES) · Buying"]);
});

test("a line has every period, with gaps where nothing was measured", () => {
  const cells = [
    cell({}),
    cell({ period: "2026-01", value: 4 }),
    cell({ period: "2026-02", value: null, low: null, high: null, n: null, note: "few" }),
    cell({ period: "2026-03", value: 6, n: 12, hollow: true }),
    cell({ group: "persona:maya", period: "2026-01" }),
  ];
  const [everybody, maya] = linesOf(cells, scoreKey(cells[0]!));
  expect(everybody!.whole).toBe(cells[0]);
  expect(everybody!.points.map(({ value }) => value)).toEqual([4, undefined, 6]);
  expect(pieces(everybody!.points).map((piece) => piece.map(({ at }) => at))).toEqual([[0], [2]]);
  expect(maya!.points.map(({ note }) => note)).toEqual(["", "not measured", "not measured"]);
  expect(sayPoint(everybody!.points[1]!, "score")).toBe("2026-02: few");
  expect(sayPoint(everybody!.points[2]!, "score")).toContain("n = 12, fewer than 30 customers");
});

test("groups are called by their titles", () => {
  const said = ["", "persona:maya", "property:plan=pro", "channel:(none)"].map((one) => groupTitle(one, TITLES));
  expect(said).toEqual(["Everybody", "Maya", "pro", "Not known"]);
});

test("a change says whether it holds", () => {
  const change = {
    ...{ place: "pay", question: "Easy?", kind: "csat", unit: "share", periods: 12, last: "2026-08", note: "" },
    ...{ change: -0.1, change_low: -0.3, change_high: 0.1, change_holds: false },
    ...{ slope: null, slope_low: null, slope_high: null, slope_holds: null },
  };
  expect(sayChange(change)).toBe(
    "2026-08 against all before: −10.0\u00a0pp (−30.0 to +10.0\u00a0pp), which may be chance.",
  );
  expect(sayChange({ ...change, change: null, note: "too short" })).toBe("No change can be told: too short.");
});

test("topics are found by name, word or quote, and ordered by what they do", () => {
  const told: VoiceTopics = {
    ...{ map: "shop", says: "", note: "", answers: 20, customers: 20, hidden: 0, outliers: 0, bursts: [] },
    topics: [
      topic({
        id: "praise",
        name: "great",
        words: [],
        trend: "not enough data",
        feeling_effect: 1,
        feeling_low: 0.5,
        feeling_high: 1.5,
      }),
      topic({ score_effect: -0.4, score_low: -0.5, score_high: -0.3, score_unit: "share", trend: "rising" }),
    ],
    periods: [
      { topic: "late", period: "2026-01", customers: null, of: 90, share: null, low: null, high: null },
      { topic: "late", period: "2026-02", customers: 9, of: 90, share: 0.1, low: 0.05, high: 0.2 },
    ],
    quotes: [{ topic: "late", quote: "Still waiting", language: "en" }],
    set_aside: [],
    titles: {},
  };
  const ids = (text: string, order: "customers" | "worst" | "rising") =>
    shownTopics(told, text, order).map((one) => one.topic.id);
  expect(ids("", "customers")).toEqual(["praise", "late"]);
  expect(ids("", "worst")).toEqual(["late", "praise"]);
  expect(ids("", "rising")).toEqual(["late", "praise"]);
  expect(ids(" WAITING", "customers")).toEqual(["late"]);
  const [late] = shownTopics(told, "waiting", "customers");
  expect(late!.points.map(({ value }) => value)).toEqual([undefined, 0.1]);
  expect(late!.effect).toEqual({ of: "score", unit: "share", value: -0.4, low: -0.5, high: -0.3 });
  expect(topicEffect(topic({}))).toBeUndefined();
});

test("axes have round ticks within their span", () => {
  expect(ticks(-0.07, 1.04)).toEqual([0, 0.5, 1]);
  expect(ticks(3, 3)).toEqual([3]);
  expect(scale([0, 10], [0, 100])(2.5)).toBe(25);
  expect(spanOf([])).toEqual([0, 1]);
  expect(spanOf([{ low: 0, high: 100 }])).toEqual([-6, 106]);
});

test("the customers behind a score are those of its measure", () => {
  const feelings = feelingCells(
    [
      {
        measure: "sentiment",
        at: "pay",
        group: "",
        period: "",
        value: 1,
        low: 0,
        high: 2,
        n: 9,
        unit: "level",
        note: "",
      },
      {
        measure: "feeling",
        at: "nowhere",
        group: "",
        period: "",
        value: 1,
        low: 0,
        high: 2,
        n: 9,
        unit: "level",
        note: "",
      },
    ],
    TITLES,
    "shop",
  );
  const [felt, ...none] = scoreChoices(feelings, TITLES);
  expect([felt!.title, measureOf(felt!), none]).toEqual(["Feeling in texts · Pays", "sentiment", []]);
  expect(feelings[0]!.hollow).toBe(true);
  expect([measureOf({ kind: "csat", question: "Good?" }), measureOf({ kind: "mean", question: "Stars" })]).toEqual([
    "csat",
    undefined,
  ]);
});
