/** What jobs of the data pages give back, as `server/imported.py` writes it. */
import type { Job } from "~/contract/api";

/** A question that files leave open. */
export interface Asked {
  code: string;
  says: string;
  flag: string;
  choices: readonly string[];
}

export interface Counts {
  read: number;
  accepted: number;
  refused: number;
  duplicates: number;
  events: number;
  feedback: number;
  customers: number;
  campaigns: number;
  partly: number;
  reasons: Readonly<Record<string, number>>;
  notes: readonly string[];
}

export interface TableShown {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A column that a table of the recipe reads; `name` is what its event or question is called, where that is said. */
export interface PartRow {
  role: string;
  column: string;
  name: string | null;
}

/** A table of the recipe: what the rows of a source become. */
export interface Part {
  table: string;
  into: "events" | "feedback" | "customers" | "campaigns";
  source: string;
  rows: readonly PartRow[];
}

/** Which files a source has, and how they are written where the recipe says it. */
export interface SourceRead {
  files: readonly string[];
  encoding?: string;
  delimiter?: string;
}

/** How files would be read: questions first, or the recipe with a preview and a dry run in numbers. */
export interface Reading {
  upload: string;
  files: readonly { name: string; kind: string; encoding: string | null; delimiter: string | null }[];
  how: "kept" | "vendor" | "suggested" | "yours";
  name?: string;
  recipe?: string;
  reasons: readonly { source: string; column: string; role: string; why: string; confidence: number }[];
  unused?: readonly string[];
  parts?: readonly Part[];
  sources?: Readonly<Record<string, SourceRead>>;
  questions: readonly Asked[];
  preview?: Readonly<Record<string, TableShown>>;
  counts?: Counts;
}

/** What an import, or a dry run (without an id), brought. */
export interface Imported {
  import_id: string | null;
  counts: Counts;
  aside: boolean;
  recipe: string | null;
}

/** What the job gave, when it is done. */
export function resultOf<T>(job: Job | undefined): T | undefined {
  return job?.state === "done" ? (job.result as T) : undefined;
}

/** It neither goes on nor gave anything. */
export function brokeOff(job: Job | undefined): boolean {
  return job?.state === "failed" || job?.state === "cancelled";
}
