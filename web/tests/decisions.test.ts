import { expect, test } from "vitest";
import type { CourseTold, InitiativeTold } from "~/contract/api";
import { drawnOf } from "~/overlay/course";
import {
  columnsOf,
  editOf,
  handOffsOf,
  lookOf,
  reachOf,
  sayMoved,
  targetMet,
  verdictsAt,
  wholeOf,
} from "~/overlay/decisions";
import { changedIn, fieldsOf } from "~/view/decisions/editing";
import said from "./said.json";

const PLAIN: InitiativeTold = {
  id: "mend",
  title: "Mend the checkout",
  map_id: "shop",
  status: "proposed",
  target: {
    measure: "conversion",
    at: "checkout",
    group: "",
    direction: "up",
    expected: 0.1,
    smallest: null,
    baseline: null,
  },
  findings: [],
  owner: "",
  team: "",
  hypothesis: "",
  starts_on: null,
  ends_on: null,
  ended_on: null,
  roll_out: { kind: "everywhere", by: "", arms: [], controls: [] },
  tasks: [],
  looks: [],
  version: 1,
  history: [],
  verdicts: [],
  overlaps: [],
  place: "Checks out",
  moves: "Conversion at “Checks out”",
  ways: [],
  began: false,
  progress: null,
};
const judged = (word: string) => ({
  at: "2026-06-01T00:00:00Z",
  who: "Mia",
  word,
  says: `${word}.`,
  data_until: null,
  whole: {},
});

test("the board has a column for each part of an initiative's life, the newest first", () => {
  const all = (["proposed", "running", "finished", "planned", "stopped"] as const).map((status) => ({
    ...PLAIN,
    id: status,
    status,
  }));
  expect(columnsOf(all).map(({ title, initiatives }) => [title, initiatives.map(({ id }) => id)])).toEqual([
    ["Planned", ["planned", "proposed"]],
    ["Running", ["running"]],
    ["Ended", ["stopped", "finished"]],
  ]);
});

test("the last verdict of each initiative stands at its place, also where none was written", () => {
  const first = { ...PLAIN, verdicts: [judged("too early"), judged("helped")] };
  const second = { ...PLAIN, id: "next", title: "Next" };
  const edge = { ...PLAIN, id: "edge", target: { ...PLAIN.target, at: "cart>checkout" } };
  const found = verdictsAt([first, second, edge]);
  expect([...found.keys()].sort()).toEqual(["cart>checkout", "checkout"]);
  expect(found.get("checkout")).toEqual([
    { id: "next", title: "Next", status: "proposed", word: "", says: "" },
    { id: "mend", title: "Mend the checkout", status: "proposed", word: "helped", says: "helped." },
  ]);
});

test("a verdict is never told by colour alone", () => {
  const words = ["helped", "harmed", "too early", "no clear effect"];
  expect(new Set(words.map((word) => lookOf(word).icon)).size).toBe(4);
  expect(lookOf("2 × helped, 1 × harmed")).toEqual({ tone: "neutral", icon: "minus" });
});

test("a verdict of an older program has no chart", () => {
  expect(wholeOf(judged("helped"))).toBeUndefined();
});

test("a slider asks as the command line does, and never beyond all", () => {
  expect(editOf("checkout lost", 0.05)).toBe("checkout lost 0.05");
  expect(editOf("checkout lost", 0)).toBe("checkout lost 0");
  expect(editOf("checkout lost", 1e-6)).toBe("checkout lost 0.000001");
  expect(editOf("wait cart > checkout", 172_800)).toBe("wait cart > checkout 172800s");
  expect(reachOf(0.7, true).max).toBe(1);
  expect(reachOf(0.2, true).max).toBe(0.4);
  expect(reachOf(100, false).max).toBe(200);
});

test("changes are said with their sign and interval", () => {
  expect(sayMoved({ value: 205.4, low: 161, high: 247 }, "journeys")).toEqual({ told: "+205", range: "+161 to +247" });
  expect(sayMoved({ value: -1200, low: -1500, high: -900 }, "money:EUR")).toEqual({
    told: "−1,200 EUR",
    range: "−1,500 to −900",
  });
  expect(sayMoved({ value: 0.017, low: 0.014, high: 0.021 }, "share").told).toBe("+1.7\u00a0pp");
});

test("a hand-off leads from one team to another, and from nobody to nobody there is none", () => {
  const points = [
    { id: "ad", team: "marketing" },
    { id: "home", team: "shop" },
    { id: "cart", team: "shop" },
    { id: "wait", team: null },
  ];
  const onward = (at: string) => ({ ad: ["home"], home: ["cart"], cart: ["wait", "ad"] })[at] ?? [];
  expect(handOffsOf(points, onward)).toEqual([
    { from: "marketing", to: "shop", before: "ad", after: "home" },
    { from: "shop", to: "marketing", before: "cart", after: "ad" },
  ]);
});

const COURSE: CourseTold = {
  unit: "share",
  starts_on: "2026-01-19",
  lines: [
    {
      name: "",
      treated: true,
      weeks: [
        { week: "2026-01-05", value: 0.2, n: 40 },
        { week: "2026-01-12", value: 0.4, n: 40 },
        { week: "2026-01-26", value: 0.6, n: 40 },
      ],
    },
  ],
  reached: 0.6,
  without: { value: 0.3, low: 0.2, high: 0.4 },
};

test("a chart breaks its line where a week was not measured, and marks the start", () => {
  const drawn = drawnOf(COURSE, 280, 100)!;
  expect(drawn.lines[0]!.path).toBe("M35 100L105 50M245 0");
  expect([drawn.start, drawn.first, drawn.last]).toEqual([140, "2026-01-05", "2026-02-01"]);
  expect(drawn.without).toEqual({ y: 75, top: 50, bottom: 100 });
});

test("without weeks there is no chart", () => {
  expect(drawnOf({ ...COURSE, lines: [] }, 280, 100)).toBeUndefined();
});

test("only what was changed of an initiative is sent; sizes of shares are typed in percentage points", () => {
  const was = fieldsOf({ ...PLAIN, owner: "Mia", starts_on: "2026-05-04" }, true);
  expect([was.owner, was.expected, was.smallest, was.endsOn]).toEqual(["Mia", "10", "", ""]);
  expect(changedIn(was, was, true)).toEqual({});
  expect(changedIn(was, { ...was, owner: "Ben", startsOn: "" }, true)).toEqual({ owner: "Ben", starts_on: null });
  expect(changedIn(was, { ...was, smallest: "5" }, true)).toEqual({ target: { smallest: 0.05 } });
  expect(changedIn(was, { ...was, smallest: "5" }, false)).toEqual({ target: { smallest: 5 } });
});

test("targets are judged as on the pages for managers", () => {
  type Row = [number | null, number | null, number | null, number | null, number | null, string];
  for (const [at_least, at_most, value, low, high, words] of said.targets as Row[]) {
    const met = targetMet({ at_least, at_most }, { value, low, high });
    const told = met ? `${met.reached ? "reached" : "missed"}${met.close ? ", but too close to call" : ""}` : "";
    expect([at_least, at_most, value, low, high, told]).toEqual([at_least, at_most, value, low, high, words]);
  }
});
