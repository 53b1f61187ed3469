/** Where the weeks of a verdict's chart stand: a time line, the start, and what would have been without it. */
import type { CourseTold, CourseWeek } from "~/contract/api";

export interface Spot extends CourseWeek {
  x: number;
  y: number;
}

export interface Drawn {
  /** Lines in the order of the course; those who got it first. */
  lines: { name: string; treated: boolean; spots: Spot[]; path: string }[];
  /** Where it started. */
  start: number;
  without?: { y: number; top: number; bottom: number };
  ticks: { value: number; y: number }[];
  first: string;
  last: string;
}

const DAY = 86_400_000;

/** The chart in a box of this size; undefined where there are no weeks. */
export function drawnOf(course: CourseTold, width: number, height: number): Drawn | undefined {
  const weeks = course.lines.flatMap((line) => line.weeks);
  if (!weeks.length) return undefined;
  const days = weeks.map((one) => Date.parse(one.week));
  const startDay = Date.parse(course.starts_on);
  const [from, to] = [Math.min(...days, startDay), Math.max(...days.map((day) => day + 7 * DAY), startDay)];
  const { without } = course;
  const bounds = without ? [without.value, without.low ?? without.value, without.high ?? without.value] : [];
  const [low, high] = spanOf([...weeks.map((one) => one.value), ...bounds]);
  const x = (day: number) => round((width * (day - from)) / (to - from || 1));
  const y = (value: number) => round(height - (height * (value - low)) / (high - low));
  const lines = course.lines.map(({ name, treated, weeks: all }) => {
    const spots = all.map((one) => ({ ...one, x: x(Date.parse(one.week) + 3.5 * DAY), y: y(one.value) }));
    return { name, treated, spots, path: pathOf(spots) };
  });
  return {
    lines,
    start: x(startDay),
    ...(without && {
      without: { y: y(without.value), top: y(without.high ?? without.value), bottom: y(without.low ?? without.value) },
    }),
    ticks: [low, (low + high) / 2, high].map((value) => ({ value, y: y(value) })),
    first: iso(from),
    last: iso(to - DAY),
  };
}

/** A line breaks where a week is missing: nothing is drawn where nothing was measured. */
function pathOf(spots: readonly Spot[]): string {
  return spots
    .map((one, n) => {
      const before = spots[n - 1];
      const near = before && Date.parse(one.week) - Date.parse(before.week) <= 7 * DAY;
      return `${near ? "L" : "M"}${one.x} ${one.y}`;
    })
    .join("");
}

function spanOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
