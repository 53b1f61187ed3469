/** Questions to the data whose answers take a while: held for as long as somebody looks, asked again when data land. */
import type { Job, Operations } from "~/contract/api";
import { ask, Refusal, Working } from "./api";
import { isOver, watchJob } from "./jobs";

/** What is known of a question now. An earlier answer stays while a new one is looked for. */
export interface Asked<T> {
  answer?: T;
  /** It is being worked on; `job` says how far that is. */
  asking: boolean;
  job?: Job;
  /** Why there is no (new) answer. */
  fault?: Refusal;
}

export interface Question<K extends keyof Operations> {
  operation: K;
  path?: Record<string, string>;
  query?: Record<string, string | readonly string[]>;
}

interface Entry {
  question: Question<keyof Operations>;
  now: Asked<unknown>;
  listeners: Set<() => void>;
  stop?: () => void;
  /** Counts the tries: the answer to an earlier one comes too late. */
  tries: number;
}

const NOTHING: Asked<never> = { asking: false };
const MOST_IDLE = 24;

export class Answers {
  private readonly entries = new Map<string, Entry>();

  /** What is known; the same object until something changes. */
  of<K extends keyof Operations>(question: Question<K>): Asked<Operations[K]["answer"]> {
    return (this.entries.get(keyOf(question))?.now ?? NOTHING) as Asked<Operations[K]["answer"]>;
  }

  /** Somebody looks at the answer from now on: it is asked for where it is not there. */
  listen(question: Question<keyof Operations>, listener: () => void): () => void {
    const entry = this.entry(question);
    entry.listeners.add(listener);
    if (entry.now.answer === undefined && !entry.now.asking) this.begin(entry);
    return () => {
      entry.listeners.delete(listener);
      this.forgetIdle();
    };
  }

  /** Ask this again, as after a fault. */
  again(question: Question<keyof Operations>): void {
    this.begin(this.entry(question));
  }

  /** The data or the map are others now: what somebody looks at is asked again, the rest when it is looked at. */
  stale(): void {
    for (const [key, entry] of [...this.entries]) {
      if (entry.listeners.size) this.begin(entry);
      else this.drop(key);
    }
  }

  close(): void {
    for (const key of [...this.entries.keys()]) this.drop(key);
  }

  private entry(question: Question<keyof Operations>): Entry {
    const key = keyOf(question);
    const held = this.entries.get(key) ?? { question, now: NOTHING, listeners: new Set(), tries: 0 };
    this.entries.delete(key);
    this.entries.set(key, held); // the one that was looked at last is the last to go
    return held;
  }

  private begin(entry: Entry): void {
    entry.stop?.();
    const { answer } = entry.now;
    this.put(entry, { ...(answer !== undefined && { answer }), asking: true });
    void this.look(entry, ++entry.tries);
  }

  private async look(entry: Entry, tried: number): Promise<void> {
    const mine = () => entry.tries === tried;
    const { answer: held } = entry.now;
    const { operation, path, query } = entry.question;
    try {
      const answer = await ask(operation, { ...(path && { path }), ...(query && { query }) });
      if (mine()) this.put(entry, { answer, asking: false });
    } catch (fault) {
      if (!mine()) return;
      const had = held === undefined ? {} : { answer: held };
      if (fault instanceof Working) this.wait(entry, tried, fault.job);
      else this.put(entry, { ...had, asking: false, fault: asRefusal(fault) });
    }
  }

  private wait(entry: Entry, tried: number, job: Job): void {
    entry.stop = watchJob(job.id, (now) => {
      if (entry.tries !== tried) return;
      const { answer } = entry.now;
      const had = answer === undefined ? {} : { answer };
      if (!isOver(now)) this.put(entry, { ...had, asking: true, job: now });
      else if (now.state === "done") void this.look(entry, tried);
      else {
        const told = now.problem ?? { code: "stopped", says: now.says || "This was stopped." };
        this.put(entry, { ...had, asking: false, fault: new Refusal(0, told.code, told.says) });
      }
    });
  }

  private put(entry: Entry, now: Asked<unknown>): void {
    entry.now = now;
    for (const listener of [...entry.listeners]) listener();
  }

  private drop(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    entry.tries++;
    entry.stop?.();
    this.entries.delete(key);
  }

  private forgetIdle(): void {
    const idle = [...this.entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) this.drop(key);
  }
}

/** The same text for the same question. */
export function keyOf(question: Question<keyof Operations>): string {
  return JSON.stringify([question.operation, question.path ?? {}, question.query ?? {}]);
}

function asRefusal(fault: unknown): Refusal {
  return fault instanceof Refusal ? fault : new Refusal(0, "fault", String(fault));
}
