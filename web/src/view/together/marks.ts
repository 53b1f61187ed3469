/** What stands beside each record: open comments, suggestions, votes and remarks, as one small object that cards read. */

import { threadsOf } from "~/maps/comments";
import { ANY } from "~/maps/said";
import { ANY_VOTE } from "~/maps/votes";
import type { MapSession } from "~/session/session";
import { type Remark, remarksOf } from "./remarks";
import type { Beside } from "./shared";

export interface Marks {
  /** Threads that are not resolved, and how many comments stand in them. */
  threads: number;
  comments: number;
  suggestions: number;
  votes: number;
  mine: number;
  voting: boolean;
  remarks: number;
  /** The gravest of the remarks. */
  severity: Remark["severity"] | "";
}

export const NO_MARKS: Marks = {
  threads: 0,
  comments: 0,
  suggestions: 0,
  votes: 0,
  mine: 0,
  voting: false,
  remarks: 0,
  severity: "",
};

const GRAVER: readonly Remark["severity"][] = ["error", "warning", "hint"];

export class MarkStore {
  private readonly kept = new Map<string, Marks>();
  /** Records whose marks were counted since something last changed. */
  private readonly counted = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private leave: (() => void) | undefined;

  constructor(
    private readonly session: MapSession,
    private readonly beside: Beside,
  ) {}

  /** The marks of a record. The same object until one of them changes. */
  of(record: string): Marks {
    const known = this.kept.get(record) ?? NO_MARKS;
    if (this.leave && this.counted.has(record)) return known;
    const now = this.count(record);
    this.counted.add(record);
    if ((Object.keys(now) as (keyof Marks)[]).every((name) => now[name] === known[name])) return known;
    this.kept.set(record, now);
    return now;
  }

  /** Calls back when marks may have changed. One set for all records: there are a thousand cards, and few changes. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    this.leave ??= this.hear();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size) return;
      this.leave?.();
      this.leave = undefined;
    };
  }

  /** Listens to people, and to the session where it has other remarks or another looks: not to all that it says. */
  private hear(): () => void {
    const { comments, suggestions, workshop } = this.beside;
    const tell = () => {
      this.counted.clear();
      for (const one of [...this.listeners]) one();
    };
    let { remarks, hello } = this.session.getState();
    const note = () => {
      const now = this.session.getState();
      if (now.remarks === remarks && now.hello === hello) return;
      ({ remarks, hello } = now);
      tell();
    };
    this.counted.clear();
    const ends = [
      comments.subscribe(ANY, tell),
      suggestions.subscribe(ANY, tell),
      workshop.subscribe(ANY_VOTE, tell),
      this.session.subscribe(note),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  private count(record: string): Marks {
    const { comments, suggestions, workshop } = this.beside;
    const said = comments.at(record);
    const open = said.length ? threadsOf(said).filter((one) => !one.first.resolved) : [];
    const state = this.session.getState();
    const remarks = remarksOf(state).byRecord.get(record) ?? [];
    const { voting } = workshop.state();
    return {
      threads: open.length,
      comments: open.reduce((all, one) => all + 1 + one.replies.length, 0),
      suggestions: suggestions.at(record).filter((one) => one.state === "open").length,
      votes: workshop.count(record),
      mine: state.hello ? workshop.count(record, state.hello.member.id) : 0,
      voting,
      remarks: remarks.length,
      severity: GRAVER.find((grave) => remarks.some((one) => one.severity === grave)) ?? "",
    };
  }
}
