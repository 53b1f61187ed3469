import { useEffect, useState, useSyncExternalStore } from "react";
import { counted } from "~/maps/words";
import type { MapSession, SessionState } from "~/session/session";
import { Icon, type IconName } from "../kit";

interface Told {
  text: string;
  tip: string;
  icon: IconName;
  tone: string;
  /** Also read aloud. */
  loud: boolean;
}

/** Where what I changed is: on the server's disk, on its way, or in this browser; and what the server did not take. */
export function StatusChip({ session, onOpen }: { session: MapSession; onOpen?: () => void }) {
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const told = useSteady(toldOf(state));
  // The words lag behind, so as not to flicker; whether something is on its way is told at once.
  const { line, unsaved } = state.status;
  const busy = line === "online" && !state.trouble && unsaved > 0;
  return (
    <span role="status" aria-busy={busy} className="flex gap-1">
      <span data-tip={told.tip} className={`${CHIP} ${told.tone}`}>
        <Icon name={told.icon} size={16} className={told.icon === "sync" ? "motion-safe:animate-pulse" : ""} />
        <span className={told.loud ? "" : "max-sm:sr-only"}>{told.text}</span>
      </span>
      {state.recovered.length > 0 && (
        <button
          type="button"
          data-tip="Some of your changes were not taken. They are kept in this browser: open them to put them back."
          className={`${CHIP} bg-amber-soft text-amber hover:underline`}
          onClick={onOpen}
        >
          <Icon name="restore" size={16} />
          Recovered copy
        </button>
      )}
    </span>
  );
}

const CHIP = "flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2 text-sm";

function toldOf(state: SessionState): Told {
  const { line, unsaved, changes, says } = state.status;
  if (line === "closed")
    return { text: "Closed", tip: says, icon: "error", tone: "bg-coral-soft text-coral", loud: true };
  if (line === "online" && state.trouble)
    return { text: "Not saved", tip: state.trouble, icon: "error", tone: "bg-coral-soft text-coral", loud: true };
  if (line !== "online")
    return {
      text: line === "connecting" && !unsaved ? "Connecting…" : offlineText(changes),
      tip: "The server cannot be reached. What you change is kept in this browser and sent when it is back.",
      icon: line === "connecting" ? "sync" : "offline",
      tone: line === "connecting" ? "text-ink-soft" : "bg-amber-soft text-amber",
      loud: line !== "connecting",
    };
  if (unsaved)
    return { text: "Saving…", tip: "On the way to the server", icon: "sync", tone: "text-ink-soft", loud: false };
  return { text: "Saved", tip: "On the server’s disk", icon: "saved", tone: "text-ink-soft", loud: false };
}

function offlineText(changes: number): string {
  return changes ? `Offline · ${counted(changes, "change")} kept here` : "Offline";
}

const QUICK_MS = 400;

/** “Saving…” that is over at once is not shown, so that the chip does not flicker at every key. */
function useSteady(told: Told): Told {
  const [shown, setShown] = useState(told);
  const key = `${told.text} ${told.tip}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another one
  useEffect(() => {
    const timer = setTimeout(() => setShown(told), told.text === "Saving…" ? QUICK_MS : 0);
    return () => clearTimeout(timer);
  }, [key]);
  return shown;
}
