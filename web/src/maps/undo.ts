/** Undo for a map: taking back a new record marks it as deleted, because records never go for good. */
import * as Y from "yjs";
import type { Shared } from "./shape";

/** Tracks what one origin does to the records and the head. A new record must have a field `deleted` from the start. */
export class MapUndo extends Y.UndoManager {
  private before: readonly { insertions: unknown }[] = [];
  private way: "undo" | "redo" = "undo";

  constructor(
    private readonly records: Y.Map<Shared>,
    head: Shared,
    origin: unknown,
  ) {
    super([records, head], {
      trackedOrigins: new Set([origin]),
      captureTimeout: 600,
      deleteFilter: (item) => this.mayGo(item),
    });
  }

  override undo() {
    this.way = "undo";
    this.before = [...this.undoStack];
    return super.undo();
  }

  override redo() {
    this.way = "redo";
    this.before = [...this.redoStack];
    return super.redo();
  }

  /** True for what may be taken back; of a record that is new in this step, only that it is not deleted. */
  private mayGo(item: Y.Item): boolean {
    const entry = this.entryOf(item);
    const step = this.before[(this.way === "undo" ? this.undoStack : this.redoStack).length];
    if (!entry || !step || !Y.isDeleted(step.insertions as Parameters<typeof Y.isDeleted>[0], entry.id)) return true;
    const record = (entry.content as Y.ContentType).type as Shared;
    if (item === entry) record.set("deleted", true);
    return item !== entry && item.parent === record && item.parentSub === "deleted";
  }

  /** The record in which something stands, as an item of the list of records. */
  private entryOf(item: Y.Item): Y.Item | undefined {
    let found: Y.Item | null = item;
    while (found && found.parent !== this.records) found = (found.parent as Y.AbstractType<unknown>)._item;
    return found ?? undefined;
  }
}
