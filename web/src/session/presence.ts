/** Where I am in a map, told to others; and where they are, by record. */
import { Listeners } from "~/maps/listeners";
import type { Presence } from "./connection";
import type { MapSession } from "./session";

export const COLOURS = 8;
const SOONEST = 80; // ms between two tellings

/** What everybody tells of themselves. */
export interface Whereabouts {
  /** The record that they are at. */
  at: string | null;
  /** The field in which they type. */
  field: string | null;
  selection: readonly string[];
  /** In present mode, and when others follow: the stage. */
  stage: string | null;
  colour: number;
}

export interface Person {
  /** One browser window; a member may have several. */
  client: string;
  member: string;
  name: string;
  /** The same member as here, in another window. */
  own: boolean;
  where: Whereabouts;
}

const NOWHERE: Whereabouts = { at: null, field: null, selection: [], stage: null, colour: 0 };
const NOBODY: readonly Person[] = [];

/** One of the colours, the same for a member everywhere. */
export function colourOf(member: string): number {
  let sum = 0;
  for (const letter of member) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return sum % COLOURS;
}

export class People {
  private mine: Whereabouts;
  private told = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private known: ReadonlyMap<string, Presence> | undefined;
  private everybody: readonly Person[] = NOBODY;
  private byRecord = new Map<string, readonly Person[]>();
  private online = false;
  private readonly listeners = new Listeners();
  private leave: (() => void) | undefined;

  constructor(private readonly session: MapSession) {
    this.mine = NOWHERE;
  }

  /** From now on others are told, and heard. */
  listen(): void {
    this.leave ??= this.session.subscribe(() => this.note());
    this.note();
  }

  /** I am nowhere any more, also while the last changes are still on their way. */
  close(): void {
    if (this.online) this.session.connection.present({ ...NOWHERE, colour: this.mine.colour });
    this.told = "";
    this.leave?.();
    this.leave = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** I am here now. Told to others soon. */
  go(some: Partial<Omit<Whereabouts, "colour">>): void {
    this.mine = { ...this.mine, ...some };
    this.timer ??= setTimeout(() => this.tell(), SOONEST);
  }

  /** Everybody else who has the map open, by name; each member once, where they moved last. */
  others(): readonly Person[] {
    return this.everybody;
  }

  /** The others who are at this record. The same array until it changes. */
  at(record: string): readonly Person[] {
    return this.byRecord.get(record) ?? NOBODY;
  }

  /** Calls back when the people at this record change; "any": when anybody comes, goes or moves. */
  subscribe(what: string, listener: () => void): () => void {
    return this.listeners.subscribe(what, listener);
  }

  private note(): void {
    const { status, hello, others } = this.session.getState();
    const online = status.line === "online";
    if (online && !this.online && hello) this.mine = { ...this.mine, colour: colourOf(hello.member.id) };
    const newcomer = [...others.keys()].some((client) => !this.known?.has(client));
    if (online && (!this.online || newcomer)) {
      this.told = "";
      this.timer ??= setTimeout(() => this.tell(), SOONEST);
    }
    if (others !== this.known || online !== this.online) this.meet(online ? others : new Map());
    this.known = others;
    this.online = online;
  }

  private meet(others: ReadonlyMap<string, Presence>): void {
    const me = this.session.getState().hello;
    const byMember = new Map<string, Person>();
    for (const one of others.values()) {
      const own = one.member === me?.member.id;
      if (one.client !== me?.client) byMember.set(one.member, { ...personOf(one), own });
    }
    this.everybody = [...byMember.values()].sort(
      (a, b) => a.name.localeCompare(b.name) || (a.member < b.member ? -1 : 1),
    );
    const before = this.byRecord;
    this.byRecord = new Map();
    for (const one of this.everybody)
      if (one.where.at) this.byRecord.set(one.where.at, [...(this.byRecord.get(one.where.at) ?? []), one]);
    for (const [record, people] of this.byRecord) {
      const had = before.get(record);
      if (had && had.length === people.length && had.every((one, at) => alike(one, people[at]!)))
        this.byRecord.set(record, had);
    }
    for (const record of new Set([...before.keys(), ...this.byRecord.keys()]))
      if (before.get(record) !== this.byRecord.get(record)) this.listeners.tell(record);
    this.listeners.tell("any");
  }

  private tell(): void {
    this.timer = undefined;
    const state = { ...this.mine };
    const said = JSON.stringify(state);
    if (said === this.told || this.session.getState().status.line !== "online") return;
    this.told = said;
    this.session.connection.present(state);
  }
}

function personOf(one: Presence): Person {
  const said = (one.state ?? {}) as Partial<Whereabouts>;
  const colour = Number.isInteger(said.colour) ? Math.abs(said.colour as number) % COLOURS : colourOf(one.member);
  return { client: one.client, member: one.member, name: one.name, own: false, where: { ...NOWHERE, ...said, colour } };
}

function alike(a: Person, b: Person): boolean {
  return a.client === b.client && a.name === b.name && JSON.stringify(a.where) === JSON.stringify(b.where);
}
