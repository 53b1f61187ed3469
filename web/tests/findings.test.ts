import { describe, expect, it } from "vitest";
import type { FindingEffect, FindingTold } from "~/contract/api";
import {
  ALL,
  along,
  comparable,
  EFFORTS,
  effortAlong,
  effortAt,
  effortBeside,
  findingOf,
  narrowed,
  spanOf,
  stepsOf,
  wantedOf,
} from "~/overlay/findings";

function finding(id: string, some: Partial<FindingTold> = {}): FindingTold {
  const plain = { id, rule: "late", sort: "problem", grade: "D", stage: "buying", records: ["pay"], also: [] };
  return { ...plain, ranks: { loss: 1 }, ...some } as unknown as FindingTold;
}

function effect(says: string, value: number, unit = "share", some: Partial<FindingEffect> = {}): FindingEffect {
  return { says, value, unit, low: null, high: null, n: 9, difference: false, ...some } as FindingEffect;
}

describe("which findings are shown", () => {
  const late = finding("aaaaaaaa1111", { ranks: { loss: 2, rice: 1 } });
  const lost = finding("bbbbbbbb1111", {
    rule: "lost",
    stage: "getting",
    records: ["a", "b"],
    ranks: { loss: 1, rice: 2 },
  });
  const chance = finding("cccccccc1111", { sort: "chance", grade: "A", ranks: { loss: 3, rice: 3 } });
  const all = [late, lost, chance];

  it("goes by the order that was chosen", () => {
    expect(wantedOf(all, ALL)).toEqual([lost, late, chance]);
    expect(wantedOf(all, { ...ALL, by: "rice" })).toEqual([late, lost, chance]);
    expect(wantedOf(all, { ...ALL, by: "own" })).toEqual([lost, late, chance]);
  });

  it("leaves out what is not wanted", () => {
    expect(wantedOf(all, { ...ALL, sort: "chance" })).toEqual([chance]);
    expect(wantedOf(all, { ...ALL, rule: "lost" })).toEqual([lost]);
    expect(wantedOf(all, { ...ALL, grade: "A" })).toEqual([chance]);
    expect(wantedOf(all, { ...ALL, place: "b" })).toEqual([lost]);
    expect(wantedOf(all, { ...ALL, place: "buying", grade: "D" })).toEqual([late]);
    expect([narrowed(ALL), narrowed({ ...ALL, rule: "lost", by: "rice" })]).toEqual([0, 1]);
  });

  it("is found again when data were added, also below another one", () => {
    const lead = finding("dddddddd1111", { also: [finding("eeeeeeee1111")] });
    expect(findingOf([...all, lead], "bbbbbbbb9999")).toBe(lost);
    expect(findingOf([...all, lead], "eeeeeeee2222")).toBe(lead);
    expect(findingOf(all, "eeeeeeee2222")).toBeUndefined();
  });
});

describe("the chart of a finding", () => {
  it("puts side by side what can be compared, each once", () => {
    const share = effect("with it", 0.4);
    const gap = effect("beyond others", 0.2, "share", { difference: true });
    const money = effect("value", -3, "money:EUR", { difference: true });
    expect(comparable(gap, [share, money, share]).map((one) => one.effects)).toEqual([[gap], [share], [money]]);
  });

  it("shows zero and both ends of each interval", () => {
    const span = spanOf([effect("a", 0.4, "share", { low: 0.3, high: 0.5 }), effect("b", 0.2)]);
    expect(span).toEqual([0, 0.5]);
    expect([along(0, span), along(0.5, span)]).toEqual([3, 97]);
    expect(spanOf([effect("nothing", 0)])).toEqual([0, 1]);
    expect(stepsOf([0, 384])).toEqual([0, 100, 200, 300]);
    expect(stepsOf([-3, 9])).toEqual([0, 5]);
  });
});

describe("efforts", () => {
  it("stand on steps, and between them", () => {
    expect(EFFORTS.map(effortAlong).map(effortAt)).toEqual(EFFORTS);
    expect([effortAlong(0.1), effortAlong(100)]).toEqual([0, 1]);
    expect(effortAlong(4)).toBeCloseTo((effortAlong(3) + effortAlong(5)) / 2);
    expect([effortAt(-1), effortAt(2)]).toEqual([0.25, 20]);
  });

  it("go up and down by keys, and back to nobody knows", () => {
    expect(effortBeside(null, 1)).toBe(0.25);
    expect(effortBeside(null, -1)).toBeNull();
    expect(effortBeside(0.25, -1)).toBeNull();
    expect(effortBeside(4, 1)).toBe(5);
    expect(effortBeside(4, -1)).toBe(3);
    expect(effortBeside(20, 1)).toBe(20);
  });
});
