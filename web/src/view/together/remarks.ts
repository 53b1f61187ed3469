/** What the map linter says, by record: live, as the server tells it after each edit. */
import type { SessionState } from "~/session/session";

export interface Remark {
  check: string;
  severity: "error" | "warning" | "hint";
  /** The record that it is about; the map's own id for the map as a whole. */
  record: string;
  says: string;
  way_out?: string;
}

export interface Remarks {
  all: readonly Remark[];
  byRecord: ReadonlyMap<string, readonly Remark[]>;
}

const NONE: Remarks = { all: [], byRecord: new Map() };
const held = new WeakMap<object, Remarks>();

/** The remarks of now. The same object until the server tells others. */
export function remarksOf(state: SessionState): Remarks {
  const told = (state as { remarks?: readonly Remark[] }).remarks;
  if (!told) return NONE;
  const known = held.get(told);
  if (known) return known;
  const byRecord = new Map<string, Remark[]>();
  for (const one of told) byRecord.set(one.record, [...(byRecord.get(one.record) ?? []), one]);
  const made = { all: told, byRecord };
  held.set(told, made);
  return made;
}
