/** What this browser remembers of how its owner likes the app, and what it tells of itself. */
import { useEffect, useState, useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

export const THEMES = [
  { id: "system", title: "As this device", icon: "monitor" },
  { id: "light", title: "Light", icon: "sun" },
  { id: "dark", title: "Dark", icon: "moon" },
] as const;

const listeners = new Set<() => void>();

/** A choice that is kept in this browser; where it cannot be kept, it holds until the page goes. */
function kept<V extends string>(name: string, choices: readonly V[]) {
  const key = `desireline.${name}`;
  let now = choices[0]!;
  try {
    const stored = localStorage.getItem(key) as V | null;
    if (stored && choices.includes(stored)) now = stored;
  } catch {
    // a browser that keeps nothing begins anew each time
  }
  return {
    get: () => now,
    set: (value: V) => {
      now = value;
      try {
        localStorage.setItem(key, value);
      } catch {
        // likewise
      }
      for (const one of listeners) one();
    },
  };
}

const theme = kept<Theme>(
  "theme",
  THEMES.map((one) => one.id),
);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The page has the colours that its reader chose. */
export function wearTheme(): void {
  const wanted = theme.get();
  if (wanted === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
}

export function useTheme(): [Theme, (wanted: Theme) => void] {
  const set = (wanted: Theme) => {
    theme.set(wanted);
    wearTheme();
  };
  return [useSyncExternalStore(subscribe, theme.get), set];
}

/** True while the window fits the question, such as `(min-width: 768px)`. */
export function useFits(question: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const asked = matchMedia(question);
      asked.addEventListener("change", listener);
      return () => asked.removeEventListener("change", listener);
    },
    () => matchMedia(question).matches,
  );
}

/** The secret after `#`, which never reaches a server's log; taken out of the address bar, so that nobody reads it there. */
export function useSecret(): string {
  const [secret] = useState(() => location.hash.slice(1));
  useEffect(() => {
    if (secret) history.replaceState(null, "", location.pathname);
  }, [secret]);
  return secret;
}

/** The window's title says where one is. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Desireline` : "Desireline";
  }, [title]);
}
