import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { Button, IconButton } from "./Button";
import { Icon } from "./Icon";
import { useTop } from "./modal";

export interface Said {
  id: number;
  text: string;
  tone: "plain" | "fault";
  action?: { title: string; run: () => void };
}

let said: readonly Said[] = [];
let newest = 0;
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
  const one: Said = { id: ++newest, text, tone: more.tone ?? "plain", ...(more.action && { action: more.action }) };
  set([...said.filter((other) => !replaces(one, other)).slice(-2), one]);
  if (one.tone === "plain") setTimeout(() => drop(one.id), more.action ? 10_000 : 5_000);
}

/** One word of a kind at a time: a new one takes the place of the one before. Each fault is a kind of its own. */
function replaces(one: Said, other: Said): boolean {
  if (one.text === other.text) return true;
  return one.tone === "plain" && other.tone === "plain" && Boolean(one.action) === Boolean(other.action);
}

/** What did not work, in the words of the fault. */
export function announceFault(fault: Error): void {
  announce(fault.message, { tone: "fault" });
}

/** Where what is announced appears: above the page, or in the dialog above it. Stands once, in the app. */
export function ToastLayer() {
  return createPortal(<Messages />, useTop());
}

function Messages() {
  const ref = useRef<HTMLElement>(null);
  const all = useSyncExternalStore(subscribe, () => said);
  useEffect(() => {
    const layer = ref.current!;
    // Shown anew with each word, so that it stands above a menu that was opened meanwhile.
    if (layer.matches(":popover-open")) layer.hidePopover();
    if (!all.length || !layer.isConnected) return;
    layer.showPopover();
    return keepAbove(layer);
  }, [all]);
  return (
    <>
      <Aloud one={all.at(-1)} />
      <section
        ref={ref}
        aria-label="Messages"
        popover="manual"
        className="kit-toasts fixed inset-x-0 top-auto bottom-5 m-0 mx-auto w-max max-w-[calc(100vw-2rem)] overflow-visible border-0 bg-transparent p-0"
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

/** What stands at the lower edge: tools, what a panel does at its end, and strips that say so with `data-foot`. */
const FEET = "[role=toolbar], aside footer, [data-foot]";

/** The layer stands above what stands at the lower edge of its page, as that comes and goes, until it is told to stop. */
function keepAbove(layer: HTMLElement): () => void {
  const feet = [...(layer.closest("dialog") ?? document).querySelectorAll(FEET)];
  const place = () => {
    const { left, right } = layer.getBoundingClientRect();
    const highs = feet
      .map((foot) => foot.getBoundingClientRect())
      .filter((foot) => foot.height > 0 && foot.top > innerHeight / 2 && foot.left < right && foot.right > left)
      .map(({ top }) => innerHeight - top);
    layer.style.bottom = `${Math.max(8, ...highs) + 12}px`;
  };
  const watch = new ResizeObserver(place);
  for (const foot of [document.documentElement, ...feet]) watch.observe(foot);
  place();
  return () => watch.disconnect();
}

/** Reads aloud what was said last. Only words that come into a region that was there before are read. */
function Aloud({ one }: { one: Said | undefined }) {
  const [text, setText] = useState("");
  const id = one?.id;
  // When a newer one goes, what stayed from before is not read again.
  const fresh = one && id === newest ? one.text : "";
  useEffect(() => {
    const soon = setTimeout(() => setText(fresh), 50);
    return () => clearTimeout(soon);
  }, [fresh]);
  return (
    <div aria-live="polite" className="sr-only">
      <span key={id}>{text}</span>
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
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
      <IconButton icon="close" label="Dismiss" size="sm" onClick={() => drop(one.id)} />
    </li>
  );
}
