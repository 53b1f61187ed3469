/** Suggestions: changes that somebody who may not change the map would make; somebody who may decides. */
import type * as Y from "yjs";
import type { MapDocument } from "./document";
import { type Entry, newEntryId, Said, type Writer } from "./said";
import { type Fields, SUGGESTIONS } from "./shape";

export interface Suggestion extends Entry {
  field: string;
  /** What the field should say, and what it said when this was written. */
  value: unknown;
  was: unknown;
  state: "open" | "accepted" | "declined";
  decided_by: string;
}

export class Suggestions extends Said<Suggestion> {
  constructor(doc: Y.Doc) {
    super(doc, SUGGESTIONS, { field: "", state: "open", decided_by: "" });
  }

  /** A new suggestion; its id. One's own open one for the same field says this instead. */
  suggest(wanted: { at: string; field: string; value: unknown; was: unknown }, by: Writer): string {
    const open = this.at(wanted.at).find(
      (one) => one.state === "open" && one.by === by.id && one.field === wanted.field,
    );
    if (open) {
      this.write(open.id, { value: wanted.value });
      return open.id;
    }
    const id = newEntryId("suggestion");
    const on = new Date().toISOString();
    this.add({ ...wanted, id, by: by.id, name: by.name, on, state: "open", decided_by: "" });
    return id;
  }

  /** The map says what was suggested. That can be undone as any change. */
  accept(id: string, map: MapDocument, by: Writer): void {
    const one = this.get(id);
    if (!one) return;
    const fields: Fields = { [one.field]: one.value };
    map.edit(() => (one.at ? map.change(one.at, fields) : map.changeHead(fields)));
    this.write(id, { state: "accepted", decided_by: by.id });
  }

  /** Not now; by its author: taken back. */
  decline(id: string, by: Writer): void {
    this.write(id, { state: "declined", decided_by: by.id });
  }
}

/** The fields that are suggested as words, and what people call them. */
export const SUGGESTED: Readonly<Record<string, string>> = {
  title: "Title",
  says: "Text",
  about: "About",
  customer_goal: "Customer’s goal",
  business_focus: "Our focus",
  level: "Feeling",
};

/** The fields of a record that somebody may suggest something for, the main one first. */
export function suggestable(section: string): string[] {
  if (section === "cards") return ["says"];
  if (section === "stages") return ["title", "about", "customer_goal", "business_focus"];
  return ["title", "about"];
}

/** True when the field does not say any more what it said when the suggestion was written. */
export function isStale(one: Suggestion, record: Fields | undefined): boolean {
  return String(record?.[one.field] ?? "") !== String(one.was ?? "");
}
