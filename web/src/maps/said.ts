/** What people said beside the map (comments, suggestions): the entries of one root, by id and by place. */
import * as Y from "yjs";
import { MINE } from "./document";
import { Listeners } from "./listeners";
import { type Fields, plain, type Shared } from "./shape";

/** An entry says at which record it stands ("" for the map as a whole), who wrote it, and when (ISO). */
export interface Entry {
  id: string;
  at: string;
  by: string;
  name: string;
  on: string;
}

/** Who writes: entries are written in one's own name only. */
export interface Writer {
  id: string;
  name: string;
}

export const ANY = "any";

/** The fields, where they are of the kind of the blank one; else the blank one. Others stay as they are. */
function ofKind(fields: Fields, blank: object): Fields {
  const kept: Fields = { ...fields };
  for (const [name, nothing] of Object.entries(blank)) {
    const said = fields[name];
    if (typeof said !== typeof nothing || Array.isArray(said) !== Array.isArray(nothing)) kept[name] = nothing;
  }
  return kept;
}

/** What an entry holds where it says nothing, or something of another kind: others may have written it. */
export type Blank<T extends Entry> = Omit<{ [K in keyof T as undefined extends T[K] ? never : K]: T[K] }, keyof Entry>;

export class Said<T extends Entry> {
  private readonly root: Y.Map<Shared>;
  private readonly snapshots = new Map<string, T>();
  private byPlace: Map<string, readonly T[]> | undefined;
  private before = new Map<string, readonly T[]>();
  private readonly listeners = new Listeners();

  constructor(
    private readonly doc: Y.Doc,
    name: string,
    private readonly blank: Blank<T>,
  ) {
    this.root = doc.getMap(name);
    this.root.observeDeep((events) => this.note(events));
  }

  get(id: string): T | undefined {
    const known = this.snapshots.get(id);
    if (known) return known;
    const found = this.root.get(id);
    if (!(found instanceof Y.Map)) return undefined;
    const now = { ...ofKind(plain(found), { at: "", by: "", name: "", on: "", ...this.blank }), id } as unknown as T;
    this.snapshots.set(id, now);
    return now;
  }

  /** All entries, the oldest first. */
  all(): readonly T[] {
    return [...this.places().values()].flat().sort(byTime);
  }

  /** The entries at a record, the oldest first. The same array until one of them changes. */
  at(record: string): readonly T[] {
    return this.places().get(record) ?? NONE;
  }

  /** Calls back when an entry at this record changes; at "any": when any does. */
  subscribe(record: string, listener: () => void): () => void {
    return this.listeners.subscribe(record, listener);
  }

  /** A new entry. */
  protected add(fields: T): void {
    this.doc.transact(() => {
      const entry = new Y.Map<unknown>();
      for (const [name, value] of Object.entries(fields)) entry.set(name, value);
      this.root.set(fields.id, entry);
    }, MINE);
  }

  /** Fields of an entry get these values. */
  protected write(id: string, fields: Partial<T> & Fields): void {
    const entry = this.root.get(id);
    if (!(entry instanceof Y.Map)) return;
    this.doc.transact(() => {
      for (const [name, value] of Object.entries(fields)) if (entry.get(name) !== value) entry.set(name, value);
    }, MINE);
  }

  private places(): Map<string, readonly T[]> {
    if (this.byPlace) return this.byPlace;
    const found = new Map<string, T[]>();
    for (const id of this.root.keys()) {
      const entry = this.get(id);
      if (entry) found.set(entry.at, [...(found.get(entry.at) ?? []), entry]);
    }
    for (const entries of found.values()) entries.sort(byTime);
    for (const [place, entries] of found)
      if (same(entries, this.before.get(place))) found.set(place, this.before.get(place) as T[]);
    this.byPlace = found;
    return found;
  }

  private note(events: Y.YEvent<Y.AbstractType<unknown>>[]): void {
    const places = new Set<string>();
    for (const event of events) {
      const ids = event.path.length === 0 ? event.changes.keys.keys() : [String(event.path[0])];
      for (const id of ids) {
        this.snapshots.delete(id);
        places.add(this.get(id)?.at ?? "");
      }
    }
    if (this.byPlace) this.before = this.byPlace;
    this.byPlace = undefined;
    for (const place of [...places, ANY]) this.listeners.tell(place);
  }
}

/** A new id: long enough that two people never make the same one. */
export function newEntryId(kind: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `${kind}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

const NONE: readonly never[] = [];

function byTime(a: Entry, b: Entry): number {
  return a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1;
}

function same<T>(a: readonly T[], b: readonly T[] | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((one, place) => one === b[place]);
}
