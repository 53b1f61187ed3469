import { useEffect, useRef } from "react";

const STOPS = "button, select, input, textarea";

/**
 * When what was open closes and leaves the keyboard nowhere, it goes to this element, or to the first control in it.
 * Whoever clicked elsewhere meanwhile stays there.
 */
export function useFocusBack<E extends HTMLElement>(open: boolean) {
  const ref = useRef<E>(null);
  const was = useRef(open);
  useEffect(() => {
    const closed = was.current && !open;
    was.current = open;
    const nowhere = !document.activeElement || document.activeElement === document.body;
    if (!closed || !nowhere || !ref.current) return;
    const stop = ref.current.matches(STOPS) ? ref.current : ref.current.querySelector<HTMLElement>(STOPS);
    stop?.focus();
  }, [open]);
  return ref;
}
