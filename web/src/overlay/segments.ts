/** Segments of customers by what is known of them: one value of a property, or all its other values. */
import type { PropertyKnown } from "~/contract/api";
import type { Option } from "./groups";
import { sayFirst } from "./say";

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
  return { property, value: rest ? among(some) : value, rest };
}

function among(some: readonly string[]): string {
  return some.length === 1 ? decodeURIComponent(some[0]!) : "these";
}

/** How customers are divided by a property: by each value where there are few, else by the most frequent and the rest. */
export function groupingBy({ property, distinct, values }: PropertyKnown): string {
  const some = distinct > INLINE ? values.slice(0, INLINE) : [];
  return [`property:${property}`, ...some.map(coded)].join("|");
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
    one.values.map((value) => ({ value: segmentOf(one, value), title: value, under: titleOf(one.property) })),
  );
  const rest = known.filter((one) => !inline.includes(one));
  const under = inline.length ? "More properties" : "Properties of customers";
  return [...told, ...rest.map((one) => ({ value: CHOOSE + one.property, title: `${titleOf(one.property)}…`, under }))];
}

/** The property whose values are to be shown, where such an option was taken. */
export function toChoose(option: string): string | undefined {
  return option.startsWith(CHOOSE) ? option.slice(CHOOSE.length) : undefined;
}

export function sayProperty(property: string): string {
  return property.replaceAll("_", " ");
}

/** "Home city" for "home_city". */
export function titleOf(property: string): string {
  return sayFirst(sayProperty(property));
}

/** A value within a group's name, where `|` and `=` part. */
function coded(value: string): string {
  return value.replaceAll(/[%|=]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
