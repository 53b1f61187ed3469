import { describe, expect, it } from "vitest";
import { mapFrom } from "~/view/present/mapFrom";
import { deckOf } from "~/view/present/slides";

const DATA = {
  map: { id: "shop", title: "A shop", purpose: "Sell" },
  stages: [
    { id: "look", title: "Looking", about: "Mostly on phones" },
    { id: "buy", title: "Buying" },
  ],
  touchpoints: [
    { id: "shelf", title: "Shelf", stage: "look" },
    { id: "till", title: "Till", stage: "buy" },
    { id: "gone", title: "Gone", stage: "buy", deleted: true },
  ],
  cards: [
    { id: "1", at: "shelf", lane: "feeling", says: "Curious", level: 1 },
    {
      id: "2",
      at: "buy",
      lane: "pain",
      says: "A queue",
      evidence: { kind: "observation", by: "Ana", note: "12 visits" },
    },
    { id: "3", at: "till", lane: "note", says: "Ask about the till" },
  ],
};

describe("a map made from data", () => {
  it("says what the data says, in their order, and has nothing to undo", () => {
    const map = mapFrom(DATA);
    expect(map.getHead()).toEqual(DATA.map);
    expect(map.list("stages").map((one) => one.title)).toEqual(["Looking", "Buying"]);
    expect(map.list("touchpoints").map((one) => one.id)).toEqual(["shelf", "till"]);
    expect(map.undo.canUndo()).toBe(false);
  });

  it("keeps the order that the data gives where it gives one", () => {
    const stages = [
      { id: "b", order: "b" },
      { id: "a", order: "a" },
    ];
    expect(
      mapFrom({ map: {}, stages })
        .list("stages")
        .map((one) => one.id),
    ).toEqual(["a", "b"]);
  });

  it("of nothing is an empty map", () => {
    expect(deckOf(mapFrom({}))).toEqual({ head: {}, stages: [], feelings: [] });
  });
});

describe("the slides", () => {
  const deck = deckOf(mapFrom(DATA));

  it("are one a stage, with the cards of the stage and of its touchpoints by lane", () => {
    const told = deck.stages.map(({ column, cards }) => [
      column.stage.title,
      Object.fromEntries([...cards].map(([lane, some]) => [lane, some.map((one) => one.says)])),
    ]);
    expect(told).toEqual([
      ["Looking", { feeling: ["Curious"] }],
      ["Buying", { pain: ["A queue"], note: ["Ask about the till"] }],
    ]);
  });

  it("draw a gap where nobody said how it feels", () => {
    expect(deck.feelings).toEqual([
      { at: "shelf", stage: "look", level: 1 },
      { at: "till", stage: "buy", level: null },
    ]);
  });

  it("have what is written and what claims rest on as notes", () => {
    expect(deck.stages.map((one) => one.notes.map(({ title, says }) => `${title}: ${says}`))).toEqual([
      ["Looking: Mostly on phones"],
      ["A queue: Observed by Ana: 12 visits", "Ask about the till: "],
    ]);
  });
});
