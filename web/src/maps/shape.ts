/** The shape of a shared map: the same roots and fields as in Python's `desireline.live.shape`. */
import * as Y from "yjs";
import type { Sections } from "~/contract/maps";

export const HEAD = "map";
export const RECORDS = "records";
export const COMMENTS = "comments";
export const SUGGESTIONS = "suggestions";
export const VOTES = "votes";
export const WORKSHOP = "workshop";
export const SECTION = "section";

/** Fields that are CRDT texts, so that two people may type in one of them. */
export const TEXTS: readonly string[] = ["title", "about", "says"];

export type Section = keyof Sections;
export type Fields = Record<string, unknown>;
export type Shared = Y.Map<unknown>;

/** A record as it is now: plain, never changed in place. */
export type Stored<S extends Section = Section> = { [K in S]: Sections[K] & { section: K; order: string } }[S];

/** The record's fields as they are shared: texts as CRDT texts, everything else as JSON. */
export function shared(fields: Fields): Shared {
  const found = new Y.Map<unknown>();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    found.set(name, TEXTS.includes(name) ? new Y.Text(String(value)) : value);
  }
  return found;
}

/** A shared record as plain data. */
export function plain(record: Shared): Fields {
  const found: Fields = {};
  for (const [name, value] of record.entries()) found[name] = value instanceof Y.Text ? value.toString() : value;
  return found;
}
