/** Whose journey one looks at in this browser: a persona, or everybody. Nobody else sees it, and no undo touches it. */
import { useCallback, useSyncExternalStore } from "react";
import type { Voice } from "~/maps/curve";
import type { MapDocument } from "~/maps/document";
import { useMap } from "../useMap";

interface Focus {
  voice: Voice;
  listeners: Set<() => void>;
}

const held = new WeakMap<MapDocument, Focus>();

function focusOf(map: MapDocument): Focus {
  const known = held.get(map) ?? { voice: null, listeners: new Set() };
  held.set(map, known);
  return known;
}

/** The persona in focus, null for everybody, and how to choose another. */
export function usePersonaFocus(): [Voice, (voice: Voice) => void] {
  const map = useMap();
  const subscribe = useCallback(
    (listener: () => void) => {
      const { listeners } = focusOf(map);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [map],
  );
  const read = useCallback(() => {
    const { voice } = focusOf(map);
    const persona = voice === null ? undefined : map.get(voice);
    return persona && !persona.deleted ? voice : null;
  }, [map]);
  const choose = useCallback(
    (voice: Voice) => {
      const focus = focusOf(map);
      focus.voice = voice;
      for (const listener of [...focus.listeners]) listener();
    },
    [map],
  );
  return [useSyncExternalStore(subscribe, read), choose];
}
