import type { Asked } from "~/session/answers";

type Told<T> = Asked<T> & { again: () => void };

/** What is known of a question; until its answer is there, the one of a question like it stays in sight. */
export function orEarlier<T>(now: Told<T>, earlier: Told<T>): Told<T> {
  return now.answer !== undefined || earlier.answer === undefined ? now : { ...now, answer: earlier.answer };
}
