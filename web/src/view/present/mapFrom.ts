/** A map that is only looked at: a document of its own, made from data, connected to nobody. */
import { SECTIONS } from "~/contract/maps";
import { MapDocument } from "~/maps/document";
import { keyBetween } from "~/maps/order";
import type { Fields } from "~/maps/shape";

/** What the server gives for a map: its head under `map`, and a list for each section. */
export type MapData = Record<string, unknown>;

/** The map that this data describes; records without an order key stand as they are listed. */
export function mapFrom(data: MapData): MapDocument {
  const map = new MapDocument();
  map.edit(() => {
    map.changeHead((data.map ?? {}) as Fields);
    for (const section of SECTIONS) {
      let last: string | null = null;
      for (const record of (data[section] ?? []) as (Fields & { id: string; order?: string })[]) {
        last = record.order ?? keyBetween(last, null);
        map.add({ ...record, section, order: last });
      }
    }
  });
  map.undo.clear();
  return map;
}
