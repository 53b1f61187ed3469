import { expect, test } from "vitest";
import { periodsBetween, sayPeriod } from "~/overlay/periods";

test("quarters stand before months, the newest first, each in words", () => {
  expect(periodsBetween("2025-12-31T23:00:00Z", "2026-02-01T00:00:00Z")).toEqual([
    { value: "2026-Q1", title: "Quarter 1 of 2026" },
    { value: "2025-Q4", title: "Quarter 4 of 2025" },
    { value: "2026-02", title: "February 2026" },
    { value: "2026-01", title: "January 2026" },
    { value: "2025-12", title: "December 2025" },
  ]);
});

test("nothing is offered where no day is known", () => {
  expect(periodsBetween("", "2026-01-01")).toEqual([]);
});

test.each([
  ["2026-Q3", "Quarter 3 of 2026"],
  ["2026-03", "March 2026"],
  ["2026", "2026"],
  ["2026-W07", "2026-W07"],
  ["2026-13", "2026-13"],
  ["2026-03-09", "2026-03-09"],
])("%s is said as %s", (period, says) => {
  expect(sayPeriod(period)).toBe(says);
});
