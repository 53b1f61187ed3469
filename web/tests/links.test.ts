import { describe, expect, it } from "vitest";
import { MapDocument } from "~/maps/document";
import {
  leaveGroup,
  linkGroup,
  linksOf,
  linkThen,
  mentionsOf,
  removeRecord,
  sayConsequence,
  sayMentions,
} from "~/maps/links";
import { addAfter, moveStep, placesOf, readingOf } from "~/maps/reading";

function newMap(): MapDocument {
  const map = new MapDocument();
  map.edit(() => {
    map.changeHead({ id: "m", title: "Shop", journey: { by: "case", success: ["pay"] } });
    map.add({ id: "web", section: "channels", order: "a", title: "Web" });
    map.add({ id: "shop", section: "teams", order: "a", title: "Shop" });
    map.add({ id: "buy", section: "stages", order: "a", title: "Buying", team: "shop" });
    map.add({ id: "use", section: "stages", order: "b", title: "Using" });
    map.add({ id: "look", section: "touchpoints", order: "a", stage: "buy", title: "Looks", channels: ["web"] });
    map.add({ id: "pay", section: "touchpoints", order: "b", stage: "buy", title: "Pays", team: "shop" });
    map.add({
      id: "get",
      section: "touchpoints",
      order: "c",
      stage: "use",
      title: "Gets it",
      promise: { time: { within: "2d", after: "pay" }, channels: { web: { feeling: 1 } } },
    });
    map.add({ id: "c1", section: "cards", order: "a", at: "pay", lane: "pain", says: "Slow" });
    map.add({ id: "c2", section: "cards", order: "b", at: "pay", lane: "pain", says: "Dear" });
  });
  return map;
}

const names = (map: MapDocument, id: string) => mentionsOf(map, id).map((one) => one?.id ?? "map");

describe("what mentions a record", () => {
  it("finds plain fields, lists, promises, what stands in it, and the head", () => {
    const map = newMap();
    expect(names(map, "shop")).toEqual(["buy", "pay"]);
    expect(names(map, "web")).toEqual(["look", "get"]);
    expect(names(map, "pay")).toEqual(["get", "c1", "c2", "map"]);
    expect(sayMentions(mentionsOf(map, "pay"))).toBe("1 touchpoint, 2 cards and the map");
    expect(sayMentions([])).toBe("");
  });

  it("leaves nothing that names a deleted record, and undo brings all of it back", () => {
    const map = newMap();
    const before = JSON.stringify([map.getHead(), map.get("get"), map.get("pay"), map.get("c1")]);
    map.edit(() => removeRecord(map, "pay"));
    expect(names(map, "pay")).toEqual([]);
    expect(map.list("cards")).toEqual([]);
    expect(map.get("get")).toMatchObject({ promise: { time: { within: "2d" }, channels: { web: { feeling: 1 } } } });
    map.undo.undo();
    expect(JSON.stringify([map.getHead(), map.get("get"), map.get("pay"), map.get("c1")])).toBe(before);
  });

  it("says beforehand what goes with it, and what stays", () => {
    const map = newMap();
    map.edit(() => linkThen(map, "pay", "get"));
    expect(sayConsequence(map, "shop")).toBe(
      "It is named by 1 stage and 1 touchpoint; those stay and name it no more.",
    );
    expect(sayConsequence(map, "pay")).toBe(
      "2 cards and 1 link go with it. It is named by 1 touchpoint and the map; those stay and name it no more.",
    );
    expect(sayConsequence(map, "buy")).toBe(
      "2 touchpoints, 2 cards and 1 link go with it. It is named by 1 touchpoint and the map; those stay and name it no more.",
    );
    expect(sayConsequence(map, "c1")).toBe("");
  });

  it("takes a whole stage away with everything in it", () => {
    const map = newMap();
    map.edit(() => removeRecord(map, "buy"));
    expect(
      [map.list("stages"), map.list("touchpoints"), map.list("cards")].map((all) => all.map((one) => one.id)),
    ).toEqual([["use"], ["get"], []]);
  });
});

describe("links between touchpoints", () => {
  it("are made once, and go with either end", () => {
    const map = newMap();
    map.edit(() => {
      linkThen(map, "pay", "look");
      linkThen(map, "pay", "look");
      linkThen(map, "pay", "pay");
    });
    expect(linksOf(map, "look").map(({ kind, from, to }) => [kind, from, to])).toEqual([["then", "pay", "look"]]);
    map.edit(() => removeRecord(map, "look"));
    expect(map.list("links")).toEqual([]);
  });

  it("gather in one group of a kind, which ends when one is left", () => {
    const map = newMap();
    map.edit(() => {
      linkGroup(map, "alternative", "look", "pay");
      linkGroup(map, "alternative", "look", "get");
    });
    expect(map.list("links").map((one) => one.among)).toEqual([["look", "pay", "get"]]);
    map.edit(() => leaveGroup(map, map.list("links")[0]!, "pay"));
    map.edit(() => leaveGroup(map, map.list("links")[0]!, "get"));
    expect(map.list("links")).toEqual([]);
  });
});

describe("steps in reading order", () => {
  it("reads stages, touchpoints and cards from top to bottom", () => {
    expect(readingOf(newMap())).toEqual([
      {
        id: "buy",
        cards: "",
        points: [
          { id: "look", cards: "" },
          { id: "pay", cards: "c1 c2" },
        ],
      },
      { id: "use", cards: "", points: [{ id: "get", cards: "" }] },
    ]);
    expect(readingOf(new MapDocument())).toEqual([]);
  });

  it("moves within a place, then over to the next, and stops at the ends", () => {
    const map = newMap();
    const cards = () =>
      readingOf(map)
        .flatMap((stage) => [stage, ...stage.points])
        .map(({ id, cards }) => `${id}: ${cards}`);
    expect(moveStep(map, "c2", -1)).toBe(true);
    expect(cards()).toContain("pay: c2 c1");
    expect(moveStep(map, "c1", 1)).toBe(true);
    expect(cards()).toContain("use: c1");
    expect(moveStep(map, "get", -1)).toBe(true);
    expect(placesOf(map)).toEqual(["buy", "look", "pay", "get", "use"]);
    expect(moveStep(map, "look", -1)).toBe(false);
    expect(moveStep(map, "use", 1)).toBe(false);
    expect(moveStep(map, "use", -1)).toBe(true);
    expect(placesOf(map)).toEqual(["use", "buy", "look", "pay", "get"]);
  });

  it("adds a sibling right behind", () => {
    const map = newMap();
    const stage = addAfter(map, "buy");
    const point = addAfter(map, "look");
    const card = addAfter(map, "c1");
    expect(readingOf(map)).toEqual([
      {
        id: "buy",
        cards: "",
        points: [
          { id: "look", cards: "" },
          { id: point, cards: "" },
          { id: "pay", cards: `c1 ${card} c2` },
        ],
      },
      { id: stage, cards: "", points: [] },
      { id: "use", cards: "", points: [{ id: "get", cards: "" }] },
    ]);
  });
});
