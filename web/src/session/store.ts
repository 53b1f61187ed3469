/** What this browser keeps of maps: a copy of each history, and copies of what a server would not take. */
import { clearDocument, IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";
import type { Hello } from "./connection";

/** The history that was last opened here, and as whom. */
export interface Known {
  epoch: string;
  role: Hello["role"];
  member: Hello["member"];
}

/** Edits that could not be saved, kept with the whole map as it was in this browser. */
export interface RecoveredCopy {
  key: string;
  map: string;
  /** When it was set aside (ISO), and why. */
  at: string;
  code: string;
  says: string;
  title: string;
  /** Where this browser keeps the history that it was a part of; "" for nowhere. */
  place: string;
  /** The whole history of the copy, as Yjs writes it. */
  update: Uint8Array;
}

const DATABASE = "desireline";
const RECOVERED = "recovered";
const PATIENCE = 4000; // ms that the page waits for what this browser kept

/** The copy of one history. `place` is "" where the browser keeps nothing (a private window, a full disk). */
export class Kept {
  private constructor(
    readonly place: string,
    readonly origin: unknown,
    private readonly persistence: IndexeddbPersistence | undefined,
  ) {}

  /** The document holds what this browser has of the history, and what is edited in it is kept. */
  static async of(map: string, epoch: string, member: string, doc: Y.Doc): Promise<Kept> {
    if (!(await works())) return new Kept("", undefined, undefined);
    const place = `${DATABASE} ${map} ${epoch} ${member} ${placeOf(map)}`;
    const persistence = new IndexeddbPersistence(place, doc);
    await Promise.race([persistence.whenSynced, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return new Kept(place, persistence, persistence);
  }

  /** Nothing more is kept; what was, stays. */
  async close(): Promise<void> {
    await this.persistence?.destroy();
  }
}

/** A copy of edits that could not be saved is kept. False where this browser keeps nothing. */
export async function setAside(copy: RecoveredCopy): Promise<boolean> {
  return await inStore("readwrite", (store) => store.put(copy)).then(
    () => true,
    () => false,
  );
}

/** The copies of one map, the oldest first. */
export async function setAsideOf(map: string): Promise<RecoveredCopy[]> {
  return (await allSetAside()).filter((one) => one.map === map).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** The copies of all maps. */
export async function allSetAside(): Promise<RecoveredCopy[]> {
  return await inStore<RecoveredCopy[]>("readonly", (store) => store.getAll()).catch(() => []);
}

/** Somebody does not want this copy any more. */
export async function dropCopy(copy: RecoveredCopy): Promise<void> {
  await inStore("readwrite", (store) => store.delete(copy.key)).catch(() => undefined);
  if (copy.place) await clearDocument(copy.place).catch(() => undefined);
}

/** What was known of a map when it was last opened here. */
export function knownOf(map: string): Known | undefined {
  const found = read(keyOf(map));
  return found ? (JSON.parse(found) as Known) : undefined;
}

export function know(map: string, known: Known): void {
  write(keyOf(map), JSON.stringify(known));
}

/** The maps that this member opened last in this browser. */
export function knownMaps(member: string): string[] {
  return stored()
    .filter((key) => /^desireline\.map\.[^.]+$/.test(key))
    .map((key) => key.slice("desireline.map.".length))
    .filter((map) => knownOf(map)?.member.id === member);
}

/** Where this browser keeps the member's histories. Some browsers do not tell; then those that were open last. */
export async function placesOf(member: string): Promise<{ map: string; name: string }[]> {
  const listed = await (globalThis.indexedDB?.databases?.() ?? Promise.resolve([])).catch(() => []);
  const known = knownMaps(member).map((map) => `${DATABASE} ${map} ${knownOf(map)!.epoch} ${member} ${placeOf(map)}`);
  const names = new Set([...listed.map((one) => one.name ?? ""), ...known]);
  return [...names]
    .map((name) => ({ name, parts: name.split(" ") }))
    .filter(({ parts }) => parts[0] === DATABASE && parts[3] === member)
    .map(({ name, parts }) => ({ map: parts[1]!, name }));
}

/** Nothing is known of the map here. */
export function forget(map: string): void {
  for (const key of stored()) if (key === keyOf(map) || key.startsWith(`${keyOf(map)}.`)) localStorage.removeItem(key);
}

/** How many changes of this map wait in this browser. */
export function waitingIn(map: string): number {
  return Number(read(`${keyOf(map)}.waiting`) ?? 0) || 0;
}

export function noteWaiting(map: string, changes: number): void {
  write(`${keyOf(map)}.waiting`, String(changes));
}

/** From now on the map's history is kept in another place; the one so far stays where it is. */
export function leave(map: string): void {
  write(`${keyOf(map)}.place`, String(placeOf(map) + 1));
}

function keyOf(map: string): string {
  return `desireline.map.${map}`;
}

function placeOf(map: string): number {
  return Number(read(`${keyOf(map)}.place`) ?? 0) || 0;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function stored(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing: the map still works, as long as the page is open.
  }
}

async function works(): Promise<boolean> {
  return await opened().then(
    (database) => {
      database.close();
      return true;
    },
    () => false,
  );
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === "undefined") return reject(new Error("no database"));
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(RECOVERED, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

async function inStore<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(RECOVERED, mode);
      const asked = ask(transaction.objectStore(RECOVERED));
      transaction.oncomplete = () => resolve(asked.result as T);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}
