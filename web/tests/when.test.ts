import { describe, expect, it } from "vitest";
import { ago, dayOf, until } from "~/view/when";

const now = new Date(2026, 10, 22, 12, 0).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

describe("instants in words", () => {
  it("are short, and nearer ones finer", () => {
    const told = [
      at(2026, 10, 22, 11, 59),
      at(2026, 10, 22, 11, 55),
      at(2026, 10, 22, 9, 0),
      at(2026, 10, 20, 12, 0),
      at(2026, 9, 3, 12, 0),
      at(2025, 9, 3, 12, 0),
    ].map((one) => ago(one, now));
    expect(told).toEqual(["1 min ago", "5 min ago", "3 hr ago", "2 days ago", "3 Oct", "3 Oct 2025"]);
    expect([ago(new Date(now + 5000).toISOString(), now), ago("", now)]).toEqual(["just now", ""]);
  });

  it("stand under their day", () => {
    expect(
      [at(2026, 10, 22, 0, 5), at(2026, 10, 21, 23, 55), at(2026, 10, 20, 23, 55), at(2025, 10, 20, 9, 0)].map((one) =>
        dayOf(one, now),
      ),
    ).toEqual(["Today", "Yesterday", "20 Nov", "20 Nov 2025"]);
  });

  it("to come are near ones first, and written like those that were", () => {
    const evening = new Date(2026, 10, 22, 20, 0);
    const told = [22, 23, 27, 22 + 14, 22 + 60].map((day) =>
      until(new Date(2026, 10, day, 21, 0).toISOString(), evening),
    );
    expect(told).toEqual(["today at 21:00", "tomorrow", "in 5 days", "6 December", "21 January 2027"]);
  });
});
