/** A shared map in this browser: records as plain snapshots, and who is to be told when one changes. */
import * as Y from "yjs";
import { Listeners } from "./listeners";
import { inOrder } from "./order";
import {
  type Fields,
  HEAD,
  plain,
  RECORDS,
  SECTION,
  type Section,
  type Shared,
  type Stored,
  shared,
  TEXTS,
} from "./shape";
import { MapUndo } from "./undo";

/** Origin of what this person does: only that can be undone here. */
export const MINE = "mine";

/** Fields that change where something stands. */
const PLACING = new Set(["order", "deleted", "stage", "at", "lane", "persona", SECTION, "front"]);

export class MapDocument {
  readonly doc: Y.Doc;
  readonly undo: Y.UndoManager;
  private readonly records: Y.Map<Shared>;
  private readonly head: Shared;
  private readonly snapshots = new Map<string, Fields>();
  private readonly sections = new Map<Section, Stored[]>();
  private readonly listeners = new Listeners();
  private headNow: Fields | undefined;
  private title = "";

  constructor(doc = new Y.Doc()) {
    this.doc = doc;
    this.records = doc.getMap(RECORDS);
    this.head = doc.getMap(HEAD);
    this.undo = new MapUndo(this.records, this.head, MINE);
    this.undo.on("stack-item-added", ({ stackItem }: { stackItem: { meta: Map<unknown, unknown> } }) => {
      if (this.title) stackItem.meta.set("title", this.title);
    });
    this.records.observeDeep((events) => this.noteRecords(events));
    this.head.observeDeep(() => {
      this.headNow = undefined;
      this.listeners.tell("head");
    });
  }

  /** The head's fields. The same object until they change. */
  getHead(): Fields {
    this.headNow ??= plain(this.head);
    return this.headNow;
  }

  /** A record, also a deleted one. The same object until it changes. */
  get(id: string): Stored | undefined {
    const known = this.snapshots.get(id);
    if (known) return known as unknown as Stored;
    const found = this.records.get(id);
    if (!found) return undefined;
    const now = plain(found);
    this.snapshots.set(id, now);
    return now as unknown as Stored;
  }

  /** The live records of a section in order. The same array until one of them changes. */
  list<S extends Section>(section: S): Stored<S>[] {
    let known = this.sections.get(section);
    if (!known) {
      const live: Stored[] = [];
      for (const id of this.records.keys()) {
        const record = this.get(id)!;
        if (record.section === section && !record.deleted) live.push(record);
      }
      known = inOrder(live);
      this.sections.set(section, known);
    }
    return known as Stored<S>[];
  }

  /** Calls back when a record changes; or "head"; "places": something was added, moved or deleted; "any". */
  subscribe(what: string, listener: () => void): () => void {
    return this.listeners.subscribe(what, listener);
  }

  /** One change that is undone as one; the title says what it was. */
  edit(change: () => void, title = ""): void {
    this.undo.stopCapturing();
    this.editOn(change, title);
    this.undo.stopCapturing();
  }

  /** A change while somebody types or drags: what comes within a moment is undone as one. */
  editOn(change: () => void, title = ""): void {
    this.title = title;
    this.doc.transact(change, MINE);
    this.title = "";
  }

  /** Takes back this person's last change, or does it again. The title of what was changed; undefined: nothing was. */
  step(way: "undo" | "redo"): string | undefined {
    const item = (way === "undo" ? this.undo.undoStack : this.undo.redoStack).at(-1);
    if (!item) return undefined;
    this.title = String(item.meta.get("title") ?? "");
    this.undo[way]();
    this.title = "";
    return String(item.meta.get("title") ?? "");
  }

  /** A new record; `fields` must hold `id`, `section` and `order`. */
  add(fields: Fields & { id: string; section: Section; order: string }): void {
    this.records.set(fields.id, shared({ title: "", deleted: false, ...fields }));
    this.sections.delete(fields.section);
  }

  /** Fields of a record get these values; undefined takes a field out. */
  change(id: string, fields: Fields): void {
    const record = this.records.get(id);
    if (!record) return;
    write(record, fields);
    // What comes later in the same edit reads it as it is now.
    this.snapshots.delete(id);
    this.sections.delete(record.get(SECTION) as Section);
  }

  /** Fields of the head get these values. */
  changeHead(fields: Fields): void {
    write(this.head, fields);
    this.headNow = undefined;
  }

  private noteRecords(events: Y.YEvent<Y.AbstractType<unknown>>[]): void {
    const changed = new Set<string>();
    let moved = false;
    for (const event of events) {
      if (event.path.length === 0) {
        for (const id of event.changes.keys.keys()) changed.add(id);
        moved = true;
      } else {
        changed.add(String(event.path[0]));
        if (event.path.length === 1) for (const field of event.changes.keys.keys()) moved ||= PLACING.has(field);
      }
    }
    for (const id of changed) this.snapshots.delete(id);
    if (moved) this.sections.clear();
    else this.patch(changed);
    for (const id of changed) this.listeners.tell(id);
    if (moved) this.listeners.tell("places");
    this.listeners.tell("any");
  }

  /** New lists in which only the changed records are others: nothing moved, so nothing is sorted. */
  private patch(changed: ReadonlySet<string>): void {
    for (const section of new Set([...changed].map((id) => this.get(id)?.section))) {
      const known = section && this.sections.get(section);
      if (known) {
        const now = known.map((one) => (changed.has(one.id) ? this.get(one.id)! : one));
        this.sections.set(section, now);
      }
    }
  }
}

function write(record: Shared, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) {
      if (record.has(name)) record.delete(name);
      continue;
    }
    const held = record.get(name);
    if (held instanceof Y.Text) retype(held, String(value));
    else record.set(name, TEXTS.includes(name) ? new Y.Text(String(value)) : value);
  }
}

/** The text says this; what it has in common with it at both ends is not touched. No letter is cut in two. */
export function retype(text: Y.Text, wanted: string): void {
  const there = text.toString();
  if (there === wanted) return;
  let begin = 0;
  while (begin < there.length && begin < wanted.length && there[begin] === wanted[begin]) begin++;
  if (begin > 0 && isHigh(there, begin - 1)) begin--;
  let end = 0;
  const most = Math.min(there.length, wanted.length) - begin;
  while (end < most && there[there.length - 1 - end] === wanted[wanted.length - 1 - end]) end++;
  if (end > 0 && isLow(there, there.length - end)) end--;
  text.delete(begin, there.length - begin - end);
  text.insert(begin, wanted.slice(begin, wanted.length - end));
}

/** The first half of a letter that takes two places, such as most emoji. */
function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
