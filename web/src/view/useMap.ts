/** React's view of a shared map: each hook draws anew only when what it reads has changed. */
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { MapDocument } from "~/maps/document";
import type { Fields, Section, Stored } from "~/maps/shape";

export const MapContext = createContext<MapDocument | undefined>(undefined);

export function useMap(): MapDocument {
  const map = useContext(MapContext);
  if (!map) throw new Error("useMap stands outside of a MapContext");
  return map;
}

export function useRecord<S extends Section>(id: string): Stored<S> | undefined {
  const map = useMap();
  const subscribe = useCallback((listener: () => void) => map.subscribe(id, listener), [map, id]);
  return useSyncExternalStore(subscribe, () => map.get(id)) as Stored<S> | undefined;
}

export function useHead(): Fields {
  const map = useMap();
  const subscribe = useCallback((listener: () => void) => map.subscribe("head", listener), [map]);
  return useSyncExternalStore(subscribe, () => map.getHead());
}

/** The live records of a section; drawn anew when one is added, moved, deleted or changed. */
export function useSection<S extends Section>(section: S): readonly Stored<S>[] {
  const map = useMap();
  const subscribe = useCallback((listener: () => void) => map.subscribe("any", listener), [map]);
  return useSyncExternalStore(subscribe, () => map.list(section));
}

const counts = new WeakMap<MapDocument, { places: number; any: number }>();

/** How often that was told, counted from the first question on: nothing is missed between drawing and listening. */
function countsOf(map: MapDocument): { places: number; any: number } {
  const known = counts.get(map);
  if (known) return known;
  const made = { places: 0, any: 0 };
  counts.set(map, made);
  for (const what of ["places", "any"] as const) map.subscribe(what, () => made[what]++);
  return made;
}

function useCount(what: "places" | "any"): number {
  const map = useMap();
  const held = countsOf(map);
  const subscribe = useCallback((listener: () => void) => map.subscribe(what, listener), [map, what]);
  return useSyncExternalStore(subscribe, () => held[what]);
}

/** Counts up when something was added, moved or deleted: not while people type. */
export function usePlaces(): number {
  return useCount("places");
}

/** Counts up when anything in the records changes. */
export function useAnything(): number {
  return useCount("any");
}
