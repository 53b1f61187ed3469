import { type RefObject, useLayoutEffect, useRef } from "react";

type Typed = HTMLInputElement | HTMLTextAreaElement;

/** The caret stays where it is in the text, also when somebody else types before it. */
export function useCaret(ref: RefObject<Typed | null>, value: string): void {
  const was = useRef(value);
  const caret = useRef<[number, number] | null>(null);
  const element = ref.current;
  if (element && element === document.activeElement && element.value !== value)
    caret.current = [element.selectionStart ?? 0, element.selectionEnd ?? 0];
  useLayoutEffect(() => {
    const before = was.current;
    was.current = value;
    if (!caret.current || !ref.current) return;
    const [start, end] = caret.current;
    caret.current = null;
    ref.current.setSelectionRange(follow(start, before, value), follow(end, before, value));
  }, [ref, value]);
}

/** Where a place in the old text is in the new one. */
export function follow(place: number, before: string, now: string): number {
  let begin = 0;
  const most = Math.min(before.length, now.length);
  while (begin < most && before[begin] === now[begin]) begin++;
  if (begin >= place) return place;
  let end = 0;
  while (end < most - begin && before[before.length - 1 - end] === now[now.length - 1 - end]) end++;
  const changed = before.length - end;
  return place >= changed ? place + now.length - before.length : Math.min(place, now.length);
}
