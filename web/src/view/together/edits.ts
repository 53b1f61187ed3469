/** Edits as people remember them: who worked on something for a while, and on what. */
import type { EditCard } from "~/contract/api";

export interface Work {
  by: string;
  /** Of the last edit. */
  at: string;
  fields: readonly string[];
}

const PAUSE_MS = 15 * 60_000;

/** Neighbouring edits (the newest first) of one person with short pauses count as one piece of work. */
export function worksOf(edits: readonly EditCard[]): Work[] {
  const found: { by: string; at: string; since: string; fields: string[] }[] = [];
  for (const one of edits) {
    const last = found.at(-1);
    const near = last && Date.parse(last.since) - Date.parse(one.at) < PAUSE_MS;
    if (last && near && last.by === one.by) {
      last.since = one.at;
      last.fields = [...new Set([...last.fields, ...one.fields])];
    } else found.push({ by: one.by, at: one.at, since: one.at, fields: [...one.fields] });
  }
  return found.map(({ by, at, fields }) => ({ by, at, fields: worded(fields) }));
}

const NAMES: Readonly<Record<string, string>> = {
  says: "text",
  at: "place",
  stage: "place",
  lane: "place",
  order: "place",
  when: "rule",
  moment_of_truth: "moment of truth",
  acts: "who acts",
  front: "front or back stage",
  any_order: "order",
};
const SILENT = new Set(["id", "section"]);

function worded(fields: readonly string[]): string[] {
  if (fields.includes("section")) return ["all of it"];
  if (fields.includes("deleted")) return ["whether it is deleted"];
  const names = fields.filter((name) => !SILENT.has(name)).map(fieldWord);
  return [...new Set(names)].sort();
}

/** What people call a field, in the middle of a sentence. */
export function fieldWord(name: string): string {
  return NAMES[name] ?? name.replaceAll("_", " ");
}
