/** Segments of customers by what is known of them: one value of a property, or all its other values. */
import type { PropertyKnown } from "~/contract/api";
import type { Option } from "./groups";

const OTHER = "(other)";
const CHOOSE = "choose:";
const INLINE = 8; // values of a property that stand in the list itself
const MOST = 30; // of all properties together; beyond, a property is chosen first

export interface Segment {
  property: string;
  value: string;
  /** Everybody who has another value than this. */
  rest: boolean;
}

/** The group of a value, as the server writes it. Of a property with many values the others are one group. */
export function segmentOf({ property, distinct }: Pick<PropertyKnown, "property" | "distinct">, value: string): string {
  const some = distinct > INLINE ? `|${coded(value)}` : "";
  return `property:${property}${some}=${value}`;
}

/** What a group says of a property; nothing where it is none. */
export function readSegment(group: string): Segment | undefined {
  const cut = group.indexOf("=");
  if (!group.startsWith("property:") || cut < 0) return undefined;
  const [property = "", ...some] = group.slice("property:".length, cut).split("|");
  const value = group.slice(cut + 1);
  const rest = some.length > 0 && value === OTHER;
  return { property, value: rest ? some.map(decodeURIComponent).join(", ") : value, rest };
}

/** Everybody who has another value at the property of this group; nothing where that cannot be said. */
export function restOf(group: string): string | undefined {
  const said = readSegment(group);
  if (!said || said.rest) return undefined;
  return `property:${said.property}|${coded(said.value)}=${OTHER}`;
}

/** "age band = 18-24", "city other than Bonn". */
export function saySegment({ property, value, rest }: Segment): string {
  return `${sayProperty(property)} ${rest ? "other than" : "="} ${value}`;
}

/** What can be chosen of properties: each value where there are few, else the property, to be opened. */
export function segmentsOf(known: readonly PropertyKnown[]): Option[] {
  const few = known.filter((one) => one.distinct <= INLINE);
  const inline = few.reduce((sum, one) => sum + one.values.length, 0) <= MOST ? few : [];
  const told = inline.flatMap((one) =>
    one.values.map((value) => ({ value: segmentOf(one, value), title: value, under: title(one.property) })),
  );
  const rest = known.filter((one) => !inline.includes(one));
  const under = inline.length ? "More properties" : "Properties of customers";
  return [...told, ...rest.map((one) => ({ value: CHOOSE + one.property, title: `${title(one.property)}…`, under }))];
}

/** The property whose values are to be shown, where such an option was taken. */
export function toChoose(option: string): string | undefined {
  return option.startsWith(CHOOSE) ? option.slice(CHOOSE.length) : undefined;
}

export function sayProperty(property: string): string {
  return property.replaceAll("_", " ");
}

function title(property: string): string {
  const words = sayProperty(property);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A value within a group's name, where `|` and `=` part. */
function coded(value: string): string {
  return value.replaceAll(/[%|=]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
