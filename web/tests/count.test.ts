import { describe, expect, it } from "vitest";
import type * as Y from "yjs";
import { MapDocument } from "~/maps/document";
import { Count } from "~/session/count";

function counted() {
  const map = new MapDocument();
  const count = new Count();
  let [now, edits] = [0, 0];
  map.doc.on("update", (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    count.note(transaction, now);
    edits++;
  });
  const type = (id: string, text: string) => {
    for (let end = 1; end <= text.length; end++) {
      now += 150;
      map.editOn(() => map.change(id, { title: text.slice(0, end) }));
    }
  };
  const add = (id: string) => map.edit(() => map.add({ id, section: "touchpoints", order: "V" }));
  return { map, type, add, wait: (ms: number) => (now += ms), changes: () => count.of(edits), count };
}

describe("changes that wait", () => {
  it("are counted by card, not by key", () => {
    const { add, type, changes } = counted();
    add("pay");
    type("pay", "Pays with the app");
    expect(changes()).toBe(1);
    add("leave");
    type("leave", "Leaves");
    type("pay", "Pays");
    expect(changes()).toBe(3);
  });

  it("are another one after a pause, and also in the head", () => {
    const { map, add, type, wait, changes } = counted();
    add("pay");
    wait(10_000);
    type("pay", "Pays");
    map.edit(() => map.changeHead({ title: "Shop" }));
    expect(changes()).toBe(3);
  });

  it("are never more than the edits, and none when all is saved", () => {
    const { count, add, type } = counted();
    add("pay");
    type("pay", "Pays");
    expect([count.of(1), count.of(0)]).toEqual([1, 0]);
    add("leave");
    expect(count.of(1)).toBe(1);
  });
});
