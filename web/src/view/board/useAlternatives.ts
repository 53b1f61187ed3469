/** Which touchpoints stand for each other, from the map's links. */
import { useCallback, useSyncExternalStore } from "react";
import type { MapDocument } from "~/maps/document";
import { nameOf } from "~/maps/kinds";
import { useMap } from "../useMap";

const held = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/** By touchpoint: the others of its alternatives. Worked out once for each state of the links. */
function alternatives(map: MapDocument): ReadonlyMap<string, readonly string[]> {
  const links = map.list("links");
  const known = held.get(links);
  if (known) return known;
  const made = new Map<string, string[]>();
  for (const link of links) {
    if (link.kind !== "alternative") continue;
    const all = [...new Set([link.from, link.to, ...(link.among ?? [])])].filter((id): id is string => Boolean(id));
    for (const id of all) made.set(id, [...(made.get(id) ?? []), ...all.filter((other) => other !== id)]);
  }
  held.set(links, made);
  return made;
}

/** "or Calls, or Writes"; "" for a touchpoint without alternatives. */
export function useAlternatives(id: string): string {
  const map = useMap();
  const subscribe = useCallback((listener: () => void) => map.subscribe("any", listener), [map]);
  return useSyncExternalStore(subscribe, () => {
    const others = alternatives(map).get(id);
    return others ? others.map((one) => `or ${nameOf(map.get(one))}`).join(", ") : "";
  });
}
