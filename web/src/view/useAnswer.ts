/** Answers to questions about the data, for the parts of a map's page. */
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Operations } from "~/contract/api";
import { Answers, type Asked, keyOf, type Question } from "~/session/answers";

export const AnswersContext = createContext(new Answers());

type Told<T> = Asked<T> & { again: () => void };

const IDLE: Asked<never> = { asking: false };

/** What is known of a question, asked as long as the part is there; nothing is asked without a question. */
export function useAnswer<K extends keyof Operations>(
  question: Question<K> | undefined,
): Told<Operations[K]["answer"]> {
  const answers = useContext(AnswersContext);
  const key = question && keyOf(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question
  const subscribe = useCallback(
    (listener: () => void) => (question ? answers.listen(question, listener) : () => undefined),
    [answers, key],
  );
  const asked = useSyncExternalStore(subscribe, () => (question ? answers.of(question) : IDLE));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question
  const again = useCallback(() => question && answers.again(question), [answers, key]);
  return { ...asked, again };
}

/** What is known of a question; until its answer is there, the one of a question like it stays in sight. */
export function orEarlier<T>(now: Told<T>, earlier: Told<T>): Told<T> {
  return now.answer !== undefined || earlier.answer === undefined ? now : { ...now, answer: earlier.answer };
}
