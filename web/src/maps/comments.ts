/** Comments on records of a map, or on the map as a whole, in threads that can be resolved. */
import type * as Y from "yjs";
import { type Entry, newEntryId, Said, type Writer } from "./said";
import { COMMENTS } from "./shape";

export interface Comment extends Entry {
  /** The id of the thread's first comment; "" for the first itself. */
  thread: string;
  says: string;
  /** Members who are named in it. */
  mentions: string[];
  /** Of a first comment: nobody needs to answer any more. */
  resolved: boolean;
  resolved_by: string;
  /** When it was said anew; "" for never. */
  edited?: string;
  /** Taken back by whoever wrote it. */
  deleted?: boolean;
}

export interface Thread {
  first: Comment;
  /** The oldest first, without those that were taken back. */
  replies: readonly Comment[];
  /** When somebody last said something in it. */
  last: string;
}

export interface Words {
  says: string;
  mentions: string[];
}

export class Comments extends Said<Comment> {
  constructor(doc: Y.Doc) {
    super(doc, COMMENTS, { thread: "", says: "", mentions: [], resolved: false, resolved_by: "" });
  }

  /** A new thread; its id. */
  begin(at: string, words: Words, by: Writer): string {
    return this.put({ at, thread: "", ...words }, by);
  }

  /** A reply stands where its thread stands; its id. */
  reply(thread: Comment, words: Words, by: Writer): string {
    return this.put({ at: thread.at, thread: thread.id, ...words }, by);
  }

  /** The author says it in other words. */
  retell(id: string, words: Words): void {
    this.write(id, { ...words, edited: new Date().toISOString() });
  }

  /** The author takes it back. */
  takeBack(id: string): void {
    this.write(id, { says: "", mentions: [], deleted: true });
  }

  /** Nobody needs to answer any more; or again somebody should. */
  resolve(id: string, resolved: boolean, by: Writer): void {
    this.write(id, { resolved, resolved_by: resolved ? by.id : "" });
  }

  private put(fields: Pick<Comment, "at" | "thread" | "says" | "mentions">, by: Writer): string {
    const id = newEntryId("comment");
    const on = new Date().toISOString();
    this.add({ ...fields, id, by: by.id, name: by.name, on, resolved: false, resolved_by: "" });
    return id;
  }
}

/** Comments as threads, the one in which somebody spoke last first. Threads of which nothing is left are not there. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  const replies = new Map<string, Comment[]>();
  for (const one of comments)
    if (one.thread && !one.deleted) replies.set(one.thread, [...(replies.get(one.thread) ?? []), one]);
  const threads = comments
    .filter((one) => !one.thread && (!one.deleted || replies.has(one.id)))
    .map((first) => {
      const said = replies.get(first.id) ?? [];
      return { first, replies: said, last: said.at(-1)?.on ?? first.on };
    });
  return threads.sort((a, b) => (a.last < b.last ? 1 : a.last > b.last ? -1 : a.first.id < b.first.id ? -1 : 1));
}

export type CommentFilter = "open" | "mine" | "resolved";

/** The threads that a filter lets through; `mine`: open ones that I wrote in or am named in. */
export function filtered(threads: readonly Thread[], filter: CommentFilter, me: string): Thread[] {
  return threads.filter((thread) => {
    if (filter === "resolved") return thread.first.resolved;
    if (thread.first.resolved) return false;
    if (filter === "open") return true;
    return [thread.first, ...thread.replies].some((one) => one.by === me || one.mentions.includes(me));
  });
}

/** What stands between the last "@" before the caret and the caret: the beginning of a name; undefined for none. */
export function mentionAt(text: string, caret: number): { from: number; begins: string } | undefined {
  const found = /(?:^|[\s([])@([^\n@]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return undefined;
  const begins = found[1]!;
  return { from: caret - begins.length - 1, begins };
}

/** The ids of the members whose "@name" stands in the text; a longer name goes before a shorter one. */
export function mentionsIn(text: string, members: readonly Writer[]): string[] {
  return [...new Set(pieces(text, members).flatMap((one) => (one.member ? [one.member] : [])))];
}

export interface Piece {
  text: string;
  /** The id of the member who is named here. */
  member?: string;
}

/** The text in pieces: names of members, and what stands between them. */
export function pieces(text: string, members: readonly Writer[]): Piece[] {
  const byLength = members.filter((one) => one.name).sort((a, b) => b.name.length - a.name.length);
  const found: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const rest = text.slice(at + 1).toLocaleLowerCase();
    const member = byLength.find((one) => rest.startsWith(one.name.toLocaleLowerCase()) && endsName(rest, one.name));
    if (!member) continue;
    const end = at + 1 + member.name.length;
    if (at > from) found.push({ text: text.slice(from, at) });
    found.push({ text: text.slice(at, end), member: member.id });
    from = end;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

function endsName(rest: string, name: string): boolean {
  return !/^[\p{L}\p{N}]/u.test(rest.slice(name.length));
}
