import { describe, expect, test } from "vitest";
import { headingOf, placeMoves } from "~/overlay/flow/moves";
import { BETWEEN, COLUMNS, heightPerShare, placeRoutes, ribbon, type Taken } from "~/overlay/flow/sankey";
import { timeScale } from "~/overlay/flow/times";
import { partOf } from "~/overlay/flow/whose";

/** Routes over places a–f, the same for the same seed. */
function someRoutes(seed: number): Taken[] {
  let state = seed;
  const next = (below: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
  return Array.from({ length: 1 + next(14) }, (_, at) => ({
    rank: at + 1,
    route: Array.from({ length: 1 + next(12) }, () => "abcdef"[next(6)]!),
    share: (1 + next(50)) / 1000,
  }));
}

const ORDER = [..."abcdef"];
const SEEDS = Array.from({ length: 40 }, (_, at) => at + 1);

describe("routes", () => {
  test.each(SEEDS)("each column holds all routes that come so far, as thick as their shares (%i)", (seed) => {
    const routes = someRoutes(seed);
    const drawn = placeRoutes(routes, ORDER, 1000);
    for (let step = 0; step < drawn.columns; step++) {
      const here = drawn.stops.filter((stop) => stop.step === step);
      const come = routes.filter(({ route }) => route.length > step);
      const sum = come.reduce((all, one) => all + one.share! * 1000, 0);
      expect(here.reduce((all, stop) => all + stop.height, 0)).toBeCloseTo(sum, 6);
      expect(here.flatMap(({ ranks }) => ranks).sort((a, b) => a - b)).toEqual(come.map(({ rank }) => rank));
    }
  });

  test.each(SEEDS)("stops of a column do not overlap, stand in the map's order and inside the picture (%i)", (seed) => {
    const drawn = placeRoutes(someRoutes(seed), ORDER, 1000);
    for (let step = 0; step < drawn.columns; step++) {
      const here = drawn.stops.filter((stop) => stop.step === step);
      expect(here.map(({ place }) => place)).toEqual([...here.map(({ place }) => place)].sort());
      here.reduce((end, stop) => {
        expect(stop.y).toBeGreaterThanOrEqual(end + BETWEEN - 1e-9);
        expect(stop.y + stop.height).toBeLessThanOrEqual(drawn.height);
        return stop.y + stop.height;
      }, 0);
    }
  });

  test.each(SEEDS)("a band keeps its thickness, lies inside its stops and tells how far it goes on (%i)", (seed) => {
    const routes = someRoutes(seed);
    const drawn = placeRoutes(routes, ORDER, 1000);
    for (const [at, band] of drawn.bands.entries()) {
      const { route, share } = routes[at]!;
      expect(band.thick).toBeCloseTo(share! * 1000, 9);
      expect(band.stretches.length + band.further).toBe(route.length);
      expect(band.stretches.length).toBeLessThanOrEqual(COLUMNS);
      for (const { step, from, to } of band.stretches) {
        const stop = drawn.stops.find((one) => one.step === step && one.place === route[step])!;
        expect(from).toBeGreaterThanOrEqual(stop.y - 1e-9);
        expect(from + band.thick).toBeLessThanOrEqual(stop.y + stop.height + 1e-9);
        if (to !== undefined) expect(to).toBe(band.stretches[step + 1]!.from);
      }
    }
    expect(placeRoutes(someRoutes(seed), ORDER, 1000)).toEqual(drawn);
  });

  test("two pictures have one scale, set by the fuller one", () => {
    const few: Taken[] = [{ rank: 1, route: ["a"], share: 0.1 }];
    const many: Taken[] = [
      { rank: 1, route: ["a"], share: 0.3 },
      { rank: 2, route: ["b"], share: 0.1 },
    ];
    const scale = heightPerShare([few, many], 320);
    expect(placeRoutes(many, ORDER, scale).stops.reduce((all, stop) => all + stop.height, 0)).toBeCloseTo(320);
    expect(placeRoutes(few, ORDER, scale).bands[0]!.thick).toBeCloseTo(80);
  });

  test("nothing is drawn of nothing", () => {
    expect(heightPerShare([[]], 320)).toBe(0);
    expect(placeRoutes([], ORDER, 0)).toEqual({ columns: 0, height: 0, stops: [], bands: [] });
  });

  test("a ribbon joins two stops", () => {
    expect(ribbon(0, 10, 100, 30, 5)).toBe("M0 10C50 10 50 30 100 30V35C50 35 50 15 0 15Z");
  });
});

describe("moves", () => {
  const places = ORDER.map((id) => ({ id, stage: id < "d" ? "first" : "second" }));
  const moves = [
    { before: "a", after: "b", share: 0.5 },
    { before: "e", after: "a", share: 0.25 },
    { before: "b", after: "b", share: 0.001 },
  ];

  test("go on, back or again", () => {
    expect(moves.map((one) => headingOf(one, ORDER))).toEqual(["on", "back", "again"]);
    expect(headingOf({ before: "gone", after: "a" }, ORDER)).toBe("back");
  });

  test("stand between the touchpoints that they touch, as thick as their shares, never thinner than a hair", () => {
    const drawn = placeMoves(moves, places, 0.5);
    expect(drawn.rows.map(({ id, stage }) => [id, stage])).toEqual([
      ["a", "first"],
      ["b", undefined],
      ["e", "second"],
    ]);
    expect(drawn.arcs.map(({ key, thick }) => [key, thick])).toEqual([
      ["a>b", 14],
      ["e>a", 7],
      ["b>b", 1],
    ]);
    const y = new Map(drawn.rows.map((row) => [row.id, row.y]));
    for (const arc of drawn.arcs) expect([arc.from, arc.to]).toEqual([y.get(arc.before), y.get(arc.after)]);
    expect(Math.max(...drawn.rows.map((row) => row.y))).toBeLessThan(drawn.height);
    expect(Math.max(...drawn.arcs.map(({ out }) => out))).toBe(drawn.reach);
  });

  test("of places that the map does not have are not drawn", () => {
    expect(placeMoves([{ before: "a", after: "moon", share: 1 }], places, 1).arcs).toEqual([]);
    expect(placeMoves([], places, 0)).toMatchObject({ rows: [], arcs: [], height: 0 });
  });
});

describe("times", () => {
  test("stand on a scale where each step is the same factor", () => {
    const scale = timeScale([4, 90_000]);
    expect([scale.low, scale.high, scale.at(0), scale.at(1e9)]).toEqual([1, 3 * 86_400, 0, 1]);
    expect(scale.at(60) - scale.at(6)).toBeCloseTo(scale.at(600) - scale.at(60));
    expect(scale.marks).toEqual([1, 60, 3600, 86_400]);
  });

  test("of nothing, or all the same, still make a scale", () => {
    for (const none of [[], [0], [60, 60]]) {
      const scale = timeScale(none);
      expect(scale.high).toBeGreaterThan(scale.low);
      expect(scale.at(60)).toBeGreaterThanOrEqual(0);
    }
  });
});

test("paths are asked of personas, channels and properties", () => {
  expect(partOf("", "")).toEqual({});
  expect(partOf("persona:maya", "2026-03")).toEqual({ period: "2026-03", persona: "maya" });
  expect(partOf("property:plan=a:b", "")).toEqual({ property: "plan=a:b" });
  expect(partOf("team:care", "")).toBeUndefined();
});
