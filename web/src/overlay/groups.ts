/** Whose numbers can be looked at: everybody's, a persona's, a channel's, a team's. */
import type { MapDocument } from "~/maps/document";
import { nameOf } from "~/maps/kinds";

export interface Option {
  value: string;
  title: string;
}

/** The groups that the map itself names. */
export function groupsOf(map: MapDocument): Option[] {
  return (["personas", "channels", "teams"] as const).flatMap((section) =>
    map.list(section).map((one) => ({ value: `${section.slice(0, -1)}:${one.id}`, title: nameOf(one) })),
  );
}

/** "Maya, who follows trends" for "persona:maya"; "state = SP" for "property:state=SP". */
export function sayGroup(map: MapDocument, group: string): string {
  if (!group) return "Everybody";
  const [head = "", ...rest] = group.split(":");
  const said = rest.join(":");
  if (head === "property" || head === "promise") return said.replace("=", " = ");
  const record = map.get(said);
  return record ? nameOf(record) : said;
}
