/** Counts edits as a person would: a word typed into a card is one change, not one for every key. */
import type * as Y from "yjs";

const PAUSE = 4000; // ms after which the same card again is another change

export class Count {
  private changes = 0;
  private last = "";
  private at = Number.NEGATIVE_INFINITY;

  /** So many changes are there from before. */
  begin(changes: number): void {
    this.changes = changes;
  }

  /** One more edit; what follows soon at the same records belongs to it. */
  note(transaction: Y.Transaction, now = Date.now()): void {
    const where = placesOf(transaction);
    if (where !== this.last || now - this.at > PAUSE) this.changes++;
    this.last = where;
    this.at = now;
  }

  /** How many changes so many edits are. Without any edit, counting begins anew. */
  of(edits: number): number {
    if (edits <= 0) {
      this.changes = 0;
      this.last = "";
      return 0;
    }
    return Math.min(edits, Math.max(1, this.changes));
  }
}

/** The entries of the roots that an edit touches: ids of records, of comments, names of the head's fields. */
function placesOf(transaction: Y.Transaction): string {
  const places = new Set<string>();
  for (const [type, keys] of transaction.changed) {
    let item = type._item;
    if (!item) for (const key of keys) places.add(String(key));
    while (item) {
      const parent = item.parent as Y.AbstractType<unknown>;
      if (!parent._item) places.add(String(item.parentSub));
      item = parent._item;
    }
  }
  return [...places].sort().join(" ");
}
