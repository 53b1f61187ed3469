import { describe, expect, it } from "vitest";
import { hashOf, type LensNow, lensIn } from "~/overlay/lens";

const EVERYBODY: LensNow = { way: "intended", group: "", beside: "", period: "" };

describe("how one looks, in an address", () => {
  it("is read as it was written", () => {
    for (const now of [
      { ...EVERYBODY, way: "difference" as const },
      {
        way: "actual" as const,
        group: "property:city|K%C3%B6ln=Köln & more",
        beside: "channel:web",
        period: "2026-Q1",
      },
    ])
      expect(lensIn(hashOf(now))).toEqual(now);
  });

  it("is left out where nothing was chosen", () => {
    expect(hashOf(EVERYBODY)).toBe("");
    expect(lensIn("")).toEqual(EVERYBODY);
  });

  it("is as at the beginning where it says what cannot be", () => {
    expect(lensIn("#way=sideways&of=x")).toEqual(EVERYBODY);
  });
});
