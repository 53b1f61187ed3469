import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { MapDocument, retype } from "~/maps/document";

function withCard(): MapDocument {
  const map = new MapDocument();
  map.edit(() => map.add({ id: "k1", section: "cards", order: "V", at: "cart", lane: "doing", says: "Waits" }));
  return map;
}

describe("undo", () => {
  it("marks a new record as deleted, and brings it back whole", () => {
    const map = withCard();
    map.undo.undo();
    expect(map.list("cards")).toEqual([]);
    expect(map.get("k1")).toMatchObject({ id: "k1", says: "Waits", deleted: true });
    map.undo.redo();
    expect(map.list("cards")).toMatchObject([{ id: "k1", says: "Waits", deleted: false }]);
    map.undo.undo();
    expect(map.list("cards")).toEqual([]);
    map.undo.redo();
    expect(map.list("cards")).toHaveLength(1);
  });

  it("takes back one step at a time", () => {
    const map = withCard();
    map.edit(() => map.change("k1", { says: "Waits long" }));
    map.edit(() => map.add({ id: "k2", section: "cards", order: "W", at: "cart", lane: "doing", says: "Pays" }));
    map.undo.undo();
    expect(map.list("cards").map((one) => one.says)).toEqual(["Waits long"]);
    map.undo.undo();
    expect(map.list("cards").map((one) => one.says)).toEqual(["Waits"]);
    map.undo.undo();
    expect(map.list("cards")).toEqual([]);
  });

  it("leaves what somebody else wrote on a new card", () => {
    const map = withCard();
    const other = new MapDocument();
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(map.doc));
    other.edit(() => other.change("k1", { says: "Waits for hours" }));
    map.undo.undo();
    Y.applyUpdate(map.doc, Y.encodeStateAsUpdate(other.doc));
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(map.doc));
    expect(map.get("k1")).toMatchObject({ says: "Waits for hours", deleted: true });
    expect(other.get("k1")).toEqual(map.get("k1"));
  });
});

describe("a text that is typed anew", () => {
  it.each([
    ["😀", "😁"],
    ["a😀b", "a😁b"],
    ["👩‍👩‍👧", "👩‍👩‍👦"],
    ["x😀😀", "x😀"],
    ["", "é̂"],
  ])("keeps letters whole: %s → %s", (was, wanted) => {
    const doc = new Y.Doc();
    const text = doc.getText("t");
    text.insert(0, was);
    retype(text, wanted);
    expect(text.toString()).toBe(wanted);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(other.getText("t").toString()).toBe(wanted);
  });
});
