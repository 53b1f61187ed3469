/** Answers to questions about the data, for the parts of a map's page. */
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Operations } from "~/contract/api";
import { Answers, type Asked, keyOf, type Question } from "~/session/answers";

export const AnswersContext = createContext(new Answers());

const IDLE: Asked<never> = { asking: false };

/** What is known of a question, asked as long as the part is there; nothing is asked without a question. */
export function useAnswer<K extends keyof Operations>(
  question: Question<K> | undefined,
): Asked<Operations[K]["answer"]> & { again: () => void } {
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
