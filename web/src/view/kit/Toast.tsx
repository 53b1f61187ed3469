import { useEffect, useRef, useSyncExternalStore } from "react";
import { Button, IconButton } from "./Button";
import { Icon } from "./Icon";

export interface Said {
  id: number;
  text: string;
  tone: "plain" | "fault";
  action?: { title: string; run: () => void };
}

let said: readonly Said[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: readonly Said[]): void {
  said = next;
  for (const one of listeners) one();
}

function drop(id: number): void {
  set(said.filter((one) => one.id !== id));
}

/** Say something to everybody: read aloud, and shown for a moment. Faults stay until they are closed. */
export function announce(text: string, more: { tone?: Said["tone"]; action?: Said["action"] } = {}): void {
  const one: Said = { id: ++count, text, tone: more.tone ?? "plain", ...(more.action && { action: more.action }) };
  set([...said.filter((other) => other.text !== text).slice(-2), one]);
  if (one.tone === "plain") setTimeout(() => drop(one.id), more.action ? 10_000 : 5_000);
}

/** `announce` for components; the same function every time. */
export function useAnnounce(): typeof announce {
  return announce;
}

/** Where what is announced appears. Stands once, in the app. */
export function ToastLayer() {
  const ref = useRef<HTMLElement>(null);
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  useEffect(() => {
    const layer = ref.current!;
    // Shown anew with each word, so that it stands above a dialog that was opened meanwhile.
    if (layer.matches(":popover-open")) layer.hidePopover();
    if (all.length) layer.showPopover();
  }, [all]);
  return (
    <>
      <div aria-live="polite" className="sr-only">
        {all.at(-1)?.text}
      </div>
      <section
        ref={ref}
        aria-label="Messages"
        popover="manual"
        className="kit-toasts fixed inset-x-0 top-auto bottom-5 m-0 mx-auto w-max max-w-[calc(100vw-2rem)] border-0 bg-transparent p-0"
      >
        <ul className="flex flex-col items-center gap-2">
          {all.map((one) => (
            <Toast key={one.id} one={one} />
          ))}
        </ul>
      </section>
    </>
  );
}

function Toast({ one }: { one: Said }) {
  const fault = one.tone === "fault";
  return (
    <li
      className={`kit-toast flex max-w-xl items-center gap-3 rounded-lg border py-2 pr-2 pl-3.5 text-base shadow-float ${fault ? "border-coral bg-coral-soft text-coral" : "border-line bg-raised text-ink"}`}
    >
      {fault && <Icon name="error" />}
      <span>{one.text}</span>
      {one.action && (
        <Button
          size="sm"
          kind="quiet"
          onClick={() => {
            one.action?.run();
            drop(one.id);
          }}
        >
          {one.action.title}
        </Button>
      )}
      <IconButton icon="close" label="Close message" size="sm" onClick={() => drop(one.id)} />
    </li>
  );
}
