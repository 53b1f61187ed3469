import { useEffect, useMemo } from "react";
import { useTogether } from "./useTogether";

/** For a text that somebody types in: the others learn in which field they are, as long as they are. */
export function useTyping(field: string): { onFocus: () => void; onBlur: () => void } {
  const people = useTogether()?.people;
  const given = useMemo(() => {
    let here = false;
    const go = (now: boolean) => {
      if (now !== here) people?.go({ field: now ? field : null });
      here = now;
    };
    return { onFocus: () => go(true), onBlur: () => go(false) };
  }, [people, field]);
  useEffect(() => given.onBlur, [given]); // a text that vanishes is left, too
  return given;
}
