/** Which modal dialog is on top: while one is open, what stands outside of it can be neither heard nor clicked. */
import { useSyncExternalStore } from "react";

let open: readonly HTMLElement[] = [];
const listeners = new Set<() => void>();

function set(next: readonly HTMLElement[]): void {
  open = next;
  for (const one of [...listeners]) one();
}

/** A dialog opens above the others; the function that it gives back says that it closed. */
export function opened(dialog: HTMLElement): () => void {
  set([...open, dialog]);
  return () => set(open.filter((one) => one !== dialog));
}

/** Where something must stand that everybody is to notice. */
export function useTop(): HTMLElement {
  return useSyncExternalStore(subscribe, () => open.at(-1) ?? document.body);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
