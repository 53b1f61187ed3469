/** What a copy of a map says otherwise than the map, and how it gets back in: as edits like any other. */
import type { Comments } from "./comments";
import type { MapDocument } from "./document";
import { nameOf } from "./kinds";
import type { Writer } from "./said";
import { type Fields, SECTION, type Section, type Stored } from "./shape";

export interface FieldDifference {
  name: string;
  now: unknown;
  copy: unknown;
}

/** One record (`id` "": the map's head) that differs; `added`: only the copy has it, `removed`: only the map. */
export interface Difference {
  id: string;
  section: Section | "map";
  title: string;
  kind: "added" | "changed" | "removed";
  fields: readonly FieldDifference[];
}

const SECTIONS: readonly Section[] = [
  "stages",
  "touchpoints",
  "cards",
  "personas",
  "teams",
  "channels",
  "systems",
  "campaigns",
  "links",
];
const SILENT = new Set(["id", SECTION, "deleted"]);

/** What the copy says otherwise: the head first, then section by section. */
export function differences(copy: MapDocument, now: MapDocument): Difference[] {
  const head = differing(copy.getHead(), now.getHead());
  const found: Difference[] = head.length
    ? [{ id: "", section: "map", title: "This map", kind: "changed", fields: head }]
    : [];
  for (const section of SECTIONS) {
    for (const one of copy.list(section)) {
      const there = now.get(one.id);
      const gone = !there || there.deleted === true;
      const fields = gone ? [] : differing(one as unknown as Fields, there as unknown as Fields);
      if (gone) found.push({ id: one.id, section, title: nameOf(one), kind: "added", fields });
      else if (fields.length) found.push({ id: one.id, section, title: nameOf(one), kind: "changed", fields });
    }
    for (const one of now.list(section)) {
      const kept = copy.get(one.id) as Stored | undefined;
      if (kept?.deleted) found.push({ id: one.id, section, title: nameOf(one), kind: "removed", fields: [] });
    }
  }
  return found;
}

/** The map says what the copy says, in these places. Undone as one. */
export function putBack(map: MapDocument, copy: MapDocument, some: readonly Difference[]): void {
  map.edit(() => {
    for (const one of some) {
      const fields = Object.fromEntries(one.fields.map(({ name, copy: said }) => [name, said]));
      if (one.section === "map") map.changeHead(fields);
      else if (one.kind === "removed") map.change(one.id, { deleted: true });
      else if (one.kind === "changed") map.change(one.id, fields);
      else if (map.get(one.id)) map.change(one.id, { ...(copy.get(one.id) as unknown as Fields), deleted: undefined });
      else map.add(copy.get(one.id) as unknown as Fields & { id: string; section: Section; order: string });
    }
  });
}

/** My comments that only the copy has. */
export function lostComments(copy: Comments, now: Comments, me: Writer) {
  return copy.all().filter((one) => one.by === me.id && !one.deleted && !now.get(one.id));
}

function differing(copy: Fields, now: Fields): FieldDifference[] {
  return [...new Set([...Object.keys(copy), ...Object.keys(now)])]
    .filter((name) => !SILENT.has(name) && text(copy[name]) !== text(now[name]))
    .sort()
    .map((name) => ({ name, now: now[name], copy: copy[name] }));
}

function text(value: unknown): string {
  return value === undefined || value === null || value === "" ? "" : JSON.stringify(value);
}
