/** A workshop on a map: votes for records, and the timer that all look at. */
import type * as Y from "yjs";
import { MINE } from "./document";
import { Listeners } from "./listeners";
import { VOTES, WORKSHOP } from "./shape";

export interface WorkshopState {
  /** When the running timer ends (ISO); "" while none runs. */
  timer_ends: string;
  /** How long the timer is set for, or what is left of a paused one; 0: no timer. */
  timer_s: number;
  votes_each: number;
  voting: boolean;
  by: string;
}

export interface Tally {
  record: string;
  votes: number;
  people: number;
}

export const ANY_VOTE = "any";
const STILL: WorkshopState = { timer_ends: "", timer_s: 0, votes_each: 3, voting: false, by: "" };

export class Workshop {
  private readonly votes: Y.Map<unknown>;
  private readonly head: Y.Map<unknown>;
  private counted: Map<string, Map<string, number>> | undefined;
  private stateNow: WorkshopState | undefined;
  private readonly listeners = new Listeners();

  constructor(private readonly doc: Y.Doc) {
    this.votes = doc.getMap(VOTES);
    this.head = doc.getMap(WORKSHOP);
    this.votes.observe((event) => {
      this.counted = undefined;
      this.tell([...event.keysChanged].map((key) => partsOf(String(key))[0]));
    });
    this.head.observe(() => {
      this.stateNow = undefined;
      this.tell(["state"]);
    });
  }

  /** How the workshop stands. The same object until it changes. */
  state(): WorkshopState {
    this.stateNow ??= {
      timer_ends: String(this.head.get("timer_ends") ?? ""),
      timer_s: Number(this.head.get("timer_s") ?? 0),
      votes_each: Number(this.head.get("votes_each") ?? STILL.votes_each),
      voting: this.head.get("voting") === true,
      by: String(this.head.get("by") ?? ""),
    };
    return this.stateNow;
  }

  /** How many votes the record has; those of one member, or of all. */
  count(record: string, member?: string): number {
    const given = this.counts().get(record);
    if (!given) return 0;
    return member === undefined ? sum(given.values()) : (given.get(member) ?? 0);
  }

  /** How many votes a member has given in all. */
  given(member: string): number {
    return sum([...this.counts().values()].map((given) => given.get(member) ?? 0));
  }

  /** The records with votes, the most first. */
  tallies(): Tally[] {
    const found = [...this.counts()].map(([record, given]) => ({
      record,
      votes: sum(given.values()),
      people: [...given.values()].filter((votes) => votes > 0).length,
    }));
    return found.filter((one) => one.votes > 0).sort((a, b) => b.votes - a.votes || (a.record < b.record ? -1 : 1));
  }

  /** One more vote, or one less, of this member; nothing where none is left to give or to take. True when done. */
  vote(record: string, member: string, step: 1 | -1): boolean {
    const now = this.count(record, member);
    const left = this.state().votes_each - this.given(member);
    if (step === 1 ? left <= 0 : now <= 0) return false;
    this.doc.transact(() => this.votes.set(`${record} ${member}`, now + step), MINE);
    return true;
  }

  /** Nobody has voted. For those who may edit. */
  clear(): void {
    this.doc.transact(() => {
      for (const [key, value] of this.votes.entries()) if (value !== 0) this.votes.set(key, 0);
    }, MINE);
  }

  /** The workshop is as told. */
  set(some: Partial<WorkshopState>): void {
    this.doc.transact(() => {
      for (const [name, value] of Object.entries(some)) if (this.head.get(name) !== value) this.head.set(name, value);
    }, MINE);
  }

  /** Calls back when votes of this record change; "state": the timer or the rules; "any": anything. */
  subscribe(what: string, listener: () => void): () => void {
    return this.listeners.subscribe(what, listener);
  }

  private counts(): Map<string, Map<string, number>> {
    if (this.counted) return this.counted;
    const found = new Map<string, Map<string, number>>();
    for (const [key, value] of this.votes.entries()) {
      const [record, member] = partsOf(key);
      const votes = Math.max(0, Math.min(99, Math.floor(Number(value)))) || 0;
      if (record && member) found.set(record, (found.get(record) ?? new Map()).set(member, votes));
    }
    this.counted = found;
    return found;
  }

  private tell(what: readonly string[]): void {
    for (const one of new Set([...what, ANY_VOTE])) this.listeners.tell(one);
  }
}

/** Seconds that are left; what a paused timer still has; 0 for none. */
export function secondsLeft(state: WorkshopState, now: number): number {
  if (!state.timer_ends) return state.timer_s;
  return Math.max(0, Math.ceil((Date.parse(state.timer_ends) - now) / 1000));
}

/** 4:05 */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function partsOf(key: string): [string, string] {
  const cut = key.lastIndexOf(" ");
  return [key.slice(0, cut), key.slice(cut + 1)];
}

function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const one of numbers) all += one;
  return all;
}
