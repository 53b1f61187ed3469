/** What the map linter says, by record: live, as the server tells it after each edit. */
import type { Remark, SessionState } from "~/session/session";

export type { Remark };

export interface Remarks {
  all: readonly Remark[];
  byRecord: ReadonlyMap<string, readonly Remark[]>;
}

const held = new WeakMap<readonly Remark[], Remarks>();

/** The remarks of now. The same object until the server tells others. */
export function remarksOf({ remarks }: SessionState): Remarks {
  const known = held.get(remarks);
  if (known) return known;
  const byRecord = new Map<string, Remark[]>();
  for (const one of remarks) byRecord.set(one.record, [...(byRecord.get(one.record) ?? []), one]);
  const made = { all: remarks, byRecord };
  held.set(remarks, made);
  return made;
}
