import { type RefObject, useLayoutEffect } from "react";

/** Browsers that can let a field grow with its text do so by themselves (`field-sizing`). */
const GROWS = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

/** The field is as tall as its text, in every browser. */
export function useGrow(ref: RefObject<HTMLTextAreaElement | null>, value: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another height
  useLayoutEffect(() => {
    const area = ref.current;
    if (GROWS || !area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }, [ref, value]);
}
