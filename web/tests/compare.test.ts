import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { compare } from "~/maps/compare";
import { MapDocument } from "~/maps/document";
import { differences, putBack } from "~/maps/recover";
import { worksOf } from "~/view/together/edits";

const was = {
  stages: [
    { id: "s1", title: "Book" },
    { id: "s2", title: "Stay" },
  ],
  touchpoints: [
    { id: "t1", stage: "s1", title: "Searches", channels: ["web"] },
    { id: "t2", stage: "s1", title: "Pays" },
    { id: "t3", stage: "s2", title: "Arrives" },
  ],
  cards: [
    { id: "c1", at: "t1", lane: "pain", says: "Slow" },
    { id: "c2", at: "t3", lane: "feeling", says: "Tired", level: -1 },
  ],
};

describe("two maps laid over each other", () => {
  it("tell what became of each record, and keep what is gone where it was", () => {
    const is = {
      stages: [...was.stages, { id: "s3", title: "Leave" }],
      touchpoints: [
        { id: "t1", stage: "s1", title: "Searches", channels: ["web", "app"] },
        { id: "t3", stage: "s1", title: "Arrives" },
      ],
      cards: [
        { id: "c1", at: "t1", lane: "pain", says: "Slow", persona: null },
        { id: "c2", at: "t3", lane: "feeling", says: "Weary", level: -1 },
      ],
    };
    const { columns, cells, counts } = compare(was, is);
    expect(columns.map(({ stage, points }) => [stage.fate, ...points.map((one) => `${one.id} ${one.fate}`)])).toEqual([
      ["same", "t1 changed", "t2 removed", "t3 moved"],
      ["same"],
      ["added"],
    ]);
    expect([...cells].map(([key, some]) => [key, some.map((one) => `${one.fate} ${one.fields}`)])).toEqual([
      ["t1 pain", ["same "]],
      ["t3 feeling", ["changed says"]],
    ]);
    expect(counts).toEqual({ same: 3, added: 1, removed: 1, changed: 2, moved: 1 });
  });

  it("do not differ by order keys, nor by what says nothing", () => {
    const again = {
      ...was,
      stages: was.stages.map((one, place) => ({ ...one, order: `V${place + 1}`, about: "", any_order: false })),
    };
    expect(compare(was, again).counts).toEqual({ same: 7, added: 0, removed: 0, changed: 0, moved: 0 });
    expect(compare({}, {}).columns).toEqual([]);
  });
});

describe("a recovered copy", () => {
  const begin = () => {
    const map = new MapDocument();
    map.edit(() => {
      map.changeHead({ id: "m", title: "Hotel" });
      map.add({ id: "s1", section: "stages", order: "V", title: "Book" });
      map.add({ id: "t1", section: "touchpoints", order: "V", stage: "s1", title: "Pays" });
    });
    return map;
  };
  const twin = (map: MapDocument) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(map.doc));
    return new MapDocument(doc);
  };

  it("tells what it says otherwise, and puts back what somebody ticks", () => {
    const map = begin();
    const copy = twin(map);
    copy.edit(() => {
      copy.change("t1", { title: "Pays by card", optional: true });
      copy.add({ id: "t2", section: "touchpoints", order: "W", stage: "s1", title: "Waits" });
      copy.change("s1", { deleted: true });
    });
    map.edit(() => map.changeHead({ title: "Our hotel" }));
    const found = differences(copy, map);
    expect(found.map((one) => [one.id, one.kind, one.fields.map((field) => field.name)])).toEqual([
      ["", "changed", ["title"]],
      ["s1", "removed", []],
      ["t1", "changed", ["optional", "title"]],
      ["t2", "added", []],
    ]);
    putBack(map, copy, found.slice(2));
    expect(differences(copy, map).map((one) => one.id)).toEqual(["", "s1"]);
    expect(map.list("touchpoints").map((one) => [one.id, one.title, one.optional])).toEqual([
      ["t1", "Pays by card", true],
      ["t2", "Waits", undefined],
    ]);
    map.undo.undo();
    expect(map.list("touchpoints").map((one) => one.title)).toEqual(["Pays"]);
  });

  it("brings a deleted record back", () => {
    const map = begin();
    const copy = twin(map);
    map.edit(() => map.change("t1", { deleted: true }));
    const found = differences(copy, map);
    expect(found.map((one) => [one.id, one.kind])).toEqual([["t1", "added"]]);
    putBack(map, copy, found);
    expect([differences(copy, map), map.list("touchpoints").length]).toEqual([[], 1]);
  });

  it("that says the same differs in nothing", () => {
    const map = begin();
    expect(differences(twin(map), map)).toEqual([]);
  });
});

describe("who changed what", () => {
  const edit = (by: string, at: string, ...fields: string[]) => ({
    record: "t1",
    by,
    at: `2026-11-22T${at}:00Z`,
    fields,
  });

  it("is told as pieces of work, with short pauses", () => {
    const works = worksOf([
      edit("Ana", "10:20", "says"),
      edit("Ana", "10:10", "title"),
      edit("Ben", "10:05", "order"),
      edit("Ana", "10:00", "deleted"),
      edit("Ana", "09:00", "section", "id", "title"),
    ]);
    expect(works.map((one) => [one.by, one.at.slice(11, 16), one.fields])).toEqual([
      ["Ana", "10:20", ["text", "title"]],
      ["Ben", "10:05", ["place"]],
      ["Ana", "10:00", ["whether it is deleted"]],
      ["Ana", "09:00", ["all of it"]],
    ]);
    expect(worksOf([])).toEqual([]);
  });
});
