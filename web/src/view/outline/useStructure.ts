/** When a part of the page is drawn anew: at any change of the map, or only when something was added, moved, deleted. */
import { useEffect, useReducer } from "react";
import { useMap } from "../useMap";

/** Drawn anew whenever anything on the map changes. */
export function useAnything(): void {
  useTold("any");
}

/** Drawn anew when something was added, moved or deleted, not while somebody types. */
export function useStructure(): void {
  useTold("places");
}

function useTold(what: string): void {
  const map = useMap();
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => map.subscribe(what, again), [map, what]);
}
