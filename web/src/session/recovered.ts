/** A recovered copy beside the map as it is now: what differs, and how to put it back. */
import * as Y from "yjs";
import { MapDocument } from "~/maps/document";
import { COMMENTS, type Fields, plain, RECORDS, SECTION, type Section, type Shared } from "~/maps/shape";
import type { RecoveredCopy } from "./store";

/** A record, or the head (`id` ""), that says something else in the copy. */
export interface Difference {
  id: string;
  section: Section | "map";
  title: string;
  kind: "added" | "changed" | "deleted";
  fields: readonly { name: string; copy: unknown; now: unknown }[];
}

/** Something that was said in the copy and is not on the map. */
export interface Unsaid {
  id: string;
  at: string;
  says: string;
}

/** The map as it was in the copy. Destroy its `doc` when done. */
export function mapOf(copy: RecoveredCopy): MapDocument {
  const map = new MapDocument();
  Y.applyUpdate(map.doc, copy.update);
  return map;
}

/** What the copy has that the map has not, record by record. Records that only the map has are left out. */
export function differences(copy: RecoveredCopy, map: MapDocument): Difference[] {
  const there = mapOf(copy);
  const found: Difference[] = [];
  const head = fieldsThatDiffer(there.getHead(), map.getHead());
  if (head.length)
    found.push({ id: "", section: "map", title: nameOf(there.getHead()), kind: "changed", fields: head });
  for (const id of there.doc.getMap(RECORDS).keys()) {
    const record = there.get(id) as unknown as Fields;
    const now = map.get(id) as unknown as Fields | undefined;
    const gone = record.deleted === true;
    if (gone && (!now || now.deleted === true)) continue;
    const fields = gone ? [{ name: "deleted", copy: true, now: undefined }] : fieldsThatDiffer(record, now ?? {});
    if (!fields.length) continue;
    const kind = gone ? "deleted" : !now || now.deleted === true ? "added" : "changed";
    found.push({ id, section: record[SECTION] as Section, title: nameOf(record) || nameOf(now ?? {}), kind, fields });
  }
  there.doc.destroy();
  return found;
}

/** What was said in the copy and never arrived, for people to read and say again. */
export function unsaid(copy: RecoveredCopy, map: MapDocument): Unsaid[] {
  const there = mapOf(copy);
  const here = map.doc.getMap<Shared>(COMMENTS);
  const found: Unsaid[] = [];
  for (const [id, entry] of there.doc.getMap<Shared>(COMMENTS).entries()) {
    const said = plain(entry);
    const now = here.get(id);
    if (!said.deleted && said.says && (!now || plain(now).says !== said.says))
      found.push({ id, at: String(said.at ?? ""), says: String(said.says) });
  }
  there.doc.destroy();
  return found;
}

/** The map says what the copy said, for these; one edit, that can be undone. Records that are not there come again. */
export function putBack(map: MapDocument, some: readonly Difference[]): void {
  map.edit(() => {
    for (const one of some) {
      const fields = Object.fromEntries(one.fields.map(({ name, copy }) => [name, copy]));
      if (one.section === "map") map.changeHead(fields);
      else if (map.get(one.id)) map.change(one.id, one.kind === "added" ? { ...fields, deleted: undefined } : fields);
      else map.add({ ...fields, id: one.id, section: one.section, order: String(fields.order ?? "V") });
    }
  }, "Put back from a recovered copy");
}

function fieldsThatDiffer(copy: Fields, now: Fields): Difference["fields"] {
  const names = new Set([...Object.keys(copy), ...Object.keys(now)]);
  return [...names]
    .filter((name) => !same(copy[name], now[name]))
    .map((name) => ({ name, copy: copy[name], now: now[name] }));
}

/** An empty text and "not deleted" say the same as nothing. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(bare(a)) === JSON.stringify(bare(b));
}

function bare(value: unknown): unknown {
  if (value === "" || value === false || value === null || value === undefined) return 0;
  if (Array.isArray(value) || typeof value !== "object") return value;
  return Object.entries(value as Fields).sort(([a], [b]) => (a < b ? -1 : 1));
}

function nameOf(fields: Fields): string {
  return String(fields.title || fields.says || "");
}
