/** Whose numbers can be looked at: everybody's, a persona's, a channel's, a team's; those of a property's value. */
import type { MapDocument } from "~/maps/document";
import { nameOf } from "~/maps/kinds";
import { readSegment, restOf, saySegment } from "./segments";

export interface Option {
  value: string;
  title: string;
  /** The heading under which it stands. */
  under?: string;
}

const HEADINGS = { personas: "Personas", channels: "Channels", teams: "Teams" } as const;

/** The groups that the map itself names. */
export function groupsOf(map: MapDocument): Option[] {
  return (["personas", "channels", "teams"] as const).flatMap((section) =>
    map.list(section).map((one) => ({
      value: `${section.slice(0, -1)}:${one.id}`,
      title: nameOf(one),
      under: HEADINGS[section],
    })),
  );
}

/** What stands above groups side by side, in short: a property's value alone, where that tells them apart. */
export function sayGroups(map: MapDocument, groups: readonly string[]): string[] {
  const short = groups.map((group) => {
    const segment = readSegment(group);
    if (!segment) return sayGroup(map, group);
    return segment.rest ? (restOf(groups[0]!) === group ? "All others" : `not ${segment.value}`) : segment.value;
  });
  return new Set(short).size === groups.length ? short : groups.map((group) => sayGroup(map, group));
}

/** "Maya, who follows trends" for "persona:maya"; "state = SP" for "property:state=SP". */
export function sayGroup(map: MapDocument, group: string): string {
  if (!group) return "Everybody";
  const segment = readSegment(group);
  if (segment) return saySegment(segment);
  const [head = "", ...rest] = group.split(":");
  const said = rest.join(":");
  if (head === "promise") return said.replace("=", " = ");
  const record = map.get(said);
  return record ? nameOf(record) : said;
}
