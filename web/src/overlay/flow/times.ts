/** A scale for times from seconds to months, where each step is the same factor; and what it is marked with. */

export interface Scale {
  low: number;
  high: number;
  /** Where a time stands, 0–1; what lies outside stands at the end. */
  at: (seconds: number) => number;
  marks: readonly number[];
}

const MARKS = [
  1,
  10,
  60,
  600,
  3600,
  6 * 3600,
  86_400,
  3 * 86_400,
  10 * 86_400,
  30 * 86_400,
  100 * 86_400,
  365 * 86_400,
];

const NEAR = 0.22; // of the whole scale: marks that are nearer to each other cannot be read

/** A scale that holds all of these times; times below one second stand at its beginning. */
export function timeScale(seconds: readonly number[]): Scale {
  const known = seconds.filter((one) => Number.isFinite(one) && one >= 0);
  const least = known.length ? Math.min(...known) : 1;
  const low = MARKS.findLast((mark) => mark <= Math.max(1, least))!;
  const most = Math.max(low, ...known);
  const high = MARKS.find((mark) => mark >= most && mark > low) ?? Math.max(most, 2 * low);
  const whole = Math.log(high / low);
  const at = (time: number) => Math.min(1, Math.max(0, Math.log(Math.max(time, low) / low) / whole));
  const marks: number[] = [];
  for (const mark of MARKS.filter((one) => one >= low && one <= high))
    if (!marks.length || at(mark) - at(marks.at(-1)!) >= NEAR) marks.push(mark);
  return { low, high, at, marks };
}
