import { describe, expect, it } from "vitest";
import { sayEffect, sayEffectRange, sayInterval, sayValue } from "~/overlay/say";
import said from "./said.json";

describe("numbers are said as Python says them", () => {
  it("values", () => {
    for (const [value, unit, words] of said.values as [number, string, string][])
      expect([value, unit, sayValue(value, unit)]).toEqual([value, unit, words]);
  });
  it("differences", () => {
    for (const [value, unit, words] of said.effects as [number, string, string][])
      expect([value, unit, sayEffect(value, unit)]).toEqual([value, unit, words]);
  });
  it("intervals", () => {
    for (const [low, high, unit, words] of said.intervals as [number, number, string, string][])
      expect([low, high, unit, sayInterval(low, high, unit)]).toEqual([low, high, unit, words]);
  });
  it("intervals of differences", () => {
    for (const [low, high, unit, words] of said.ranges as [number, number, string, string][])
      expect([low, high, unit, sayEffectRange(low, high, unit)]).toEqual([low, high, unit, words]);
  });
});
