import { describe, expect, it } from "vitest";
import { keyBetween, keysBetween } from "~/maps/order";

describe("order keys", () => {
  it("lie between their neighbours, and leave room below", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const keys = keysBetween(null, null, 3);
    for (let round = 0; round < 500; round++) {
      const at = Math.floor(random() * (keys.length + 1));
      const key = keyBetween(keys[at - 1] ?? null, keys[at] ?? null);
      keys.splice(at, 0, key);
      expect(key.endsWith("0")).toBe(false);
    }
    expect([...keys].sort()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
