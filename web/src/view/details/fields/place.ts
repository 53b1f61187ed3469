/** The record that the fields of a panel speak about, or the map's head. */
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Desk } from "~/commands/command";
import type { Fields } from "~/maps/shape";
import { useMap } from "../../useMap";

export interface Place {
  desk: Desk;
  /** The record's id; null: the head of the map. */
  id: string | null;
}

export const PlaceContext = createContext<Place | undefined>(undefined);

export interface Spot extends Place {
  fields: Fields;
  mayEdit: boolean;
  /** One change, undone as one; the title says what it was. */
  put: (fields: Fields, title?: string) => void;
  /** A change while somebody types. */
  type: (fields: Fields, title?: string) => void;
}

/** The fields of the place as they are now, and how to change them. */
export function usePlace(): Spot {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("usePlace stands outside of a PlaceContext");
  const map = useMap();
  const { desk, id } = place;
  const subscribe = useCallback((listener: () => void) => map.subscribe(id ?? "head", listener), [map, id]);
  const read = useCallback(() => (id === null ? map.getHead() : (map.get(id) as unknown as Fields)), [map, id]);
  const fields = useSyncExternalStore(subscribe, read) ?? {};
  const write = (said: Fields) => (id === null ? map.changeHead(said) : map.change(id, said));
  return {
    ...place,
    fields,
    mayEdit: desk.mayEdit,
    put: (said, title = "Change details") => desk.edit(title, () => write(said)),
    type: (said, title = "Type") => map.editOn(() => write(said), title),
  };
}
