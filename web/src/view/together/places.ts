/** Where something stands: the record's name and drawing, and the way there. */
import type { Desk } from "~/commands/command";
import type { MapDocument } from "~/maps/document";
import { KINDS, LANE_NAMES, nameOf } from "~/maps/kinds";
import { ICONS, type IconName } from "../kit/icons";
import { SECTION_ICONS } from "../sectionIcons";

export interface PlaceName {
  name: string;
  /** "Pain", "Touchpoint", "Map". */
  kind: string;
  icon: IconName;
  gone: boolean;
}

const WHOLE: PlaceName = { name: "The whole map", kind: "Map", icon: "board", gone: false };

/** What people call the place with this id; "" or the map's own id: the map as a whole. */
export function placeOf(map: MapDocument, id: string): PlaceName {
  if (!id || id === map.getHead().id) return WHOLE;
  const record = map.get(id);
  const gone = !record || record.deleted === true;
  if (!record) return { name: "Something that is gone", kind: "", icon: "file", gone };
  const name = nameOf(record);
  if (record.section === "cards") {
    const icon = record.lane in ICONS ? (record.lane as IconName) : "note";
    return { name, kind: LANE_NAMES[record.lane], icon, gone };
  }
  return { name, kind: KINDS[record.section].one, icon: SECTION_ICONS[record.section], gone };
}

/** The record is selected and comes into sight, on the board or in the outline, whatever was looked at. `close`: of a panel that stands over the map where there is little room. */
export function goTo(desk: Desk, id: string, close?: () => void): void {
  if (!id || !desk.map.get(id)) return;
  if (!matchMedia("(min-width: 1024px)").matches) close?.();
  desk.show("map");
  desk.board.set({ selection: [id], cursor: { row: "", at: "", id } });
  desk.board.ask("follow");
  requestAnimationFrame(() => {
    const at = CSS.escape(id);
    const drawn = document.querySelector(`main :is([data-record="${at}"], [data-line="${at}"])`);
    drawn?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
