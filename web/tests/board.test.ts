import { describe, expect, it } from "vitest";
import { BoardState, type Cursor } from "~/layout/boardState";
import { drop } from "~/layout/drop";
import { layGrid, shownColumns } from "~/layout/grid";
import { layBoard } from "~/layout/rows";
import { cursorOf, settle, step, type Way } from "~/layout/steps";
import { MapDocument } from "~/maps/document";
import { addCard, addStage, addTouchpoint, cardsAt, duplicate, moveCard, moveStage, remove } from "~/maps/edits";
import { columnsOf, type Lane } from "~/maps/outline";

/** Two stages: the first with two touchpoints, the second with none. */
function story() {
  const map = new MapDocument();
  const ids = { come: "", stay: "", walk: "", ring: "", slow: "", loud: "", dark: "" };
  map.edit(() => {
    ids.come = addStage(map, null, { title: "Come" });
    ids.stay = addStage(map, null, { title: "Stay" });
    ids.walk = addTouchpoint(map, ids.come, null, { title: "Walk" });
    ids.ring = addTouchpoint(map, ids.come, null, { title: "Ring" });
    ids.slow = addCard(map, { at: ids.walk, lane: "pain" }, { says: "slow" });
    ids.loud = addCard(map, { at: ids.walk, lane: "pain" }, { says: "loud" });
    ids.dark = addCard(map, { at: ids.ring, lane: "pain" }, { says: "dark" });
  });
  return { map, ids };
}

const said = (map: MapDocument, at: string, lane: Lane = "pain") => cardsAt(map, at, lane).map((card) => card.says);

describe("edits", () => {
  it("puts a card before another, also when both have the same key", () => {
    const { map, ids } = story();
    map.edit(() => map.change(ids.loud, { order: map.get(ids.slow)!.order }));
    map.edit(() =>
      moveCard(map, ids.dark, { at: ids.walk, lane: "pain", before: cardsAt(map, ids.walk, "pain")[1]!.id }),
    );
    expect(said(map, ids.walk)[1]).toBe("dark");
    expect(said(map, ids.ring)).toEqual([]);
  });

  it("deletes a stage with what stands in it, and undo brings all of it back", () => {
    const { map, ids } = story();
    map.edit(() => remove(map, [ids.come]), "Delete stage");
    expect([map.list("stages").length, map.list("touchpoints").length, map.list("cards").length]).toEqual([1, 0, 0]);
    expect(map.step("undo")).toBe("Delete stage");
    expect([map.list("stages").length, map.list("touchpoints").length, map.list("cards").length]).toEqual([2, 2, 3]);
    expect(map.step("redo")).toBe("Delete stage");
    expect(map.list("stages").length).toBe(1);
  });

  it("copies a stage once, although what stands in it is selected, too", () => {
    const { map, ids } = story();
    map.edit(() => duplicate(map, [ids.come, ids.walk, ids.slow]));
    expect(map.list("stages").map((one) => one.title)).toEqual(["Come", "Come", "Stay"]);
    const copy = columnsOf(map)[1]!;
    expect(copy.touchpoints.map((one) => one.title)).toEqual(["Walk", "Ring"]);
    expect(said(map, copy.touchpoints[0]!.id)).toEqual(["slow", "loud"]);
    expect(map.list("cards").length).toBe(6);
  });

  it("keeps the list of a section sorted and new after each change", () => {
    const { map, ids } = story();
    const before = map.list("cards");
    map.edit(() => map.change(ids.slow, { says: "slower" }));
    expect(map.list("cards")).not.toBe(before);
    expect(map.list("cards").find((one) => one.id === ids.slow)!.says).toBe("slower");
    map.edit(() => moveStage(map, ids.stay, ids.come));
    expect(map.list("stages").map((one) => one.title)).toEqual(["Stay", "Come"]);
  });
});

describe("the grid", () => {
  it("gives a stage without touchpoints a column of its own, and a folded one a narrow one", () => {
    const { map, ids } = story();
    const grid = layGrid(columnsOf(map), 1, new Set([ids.come]));
    expect(grid.places.map(({ at, x, width }) => [at, x, width])).toEqual([
      [ids.come, 0, 44],
      [ids.stay, 54, 216],
    ]);
    expect(grid.stages.map(({ count, folded }) => [count, folded])).toEqual([
      [2, true],
      [0, false],
    ]);
  });

  it("draws what is on the screen, a little more, and what must stay", () => {
    const map = new MapDocument();
    map.edit(() => {
      const stage = addStage(map);
      for (let count = 0; count < 40; count++) addTouchpoint(map, stage);
    });
    const grid = layGrid(columnsOf(map));
    expect(shownColumns(grid, { left: 2160, right: 2592 }, [0])).toEqual([0, 8, 9, 10, 11, 12, 13]);
  });

  it("leaves out the lane of touchpoints behind the line until there is one, and empty lanes on demand", () => {
    const { map, ids } = story();
    const keys = (fewLanes = false) => layBoard(map, { fewLanes }).rows.map((row) => row.key);
    expect(keys()).not.toContain("behind");
    expect(keys(true)).toEqual(["stages", "touchpoints", "curve", "pain", "visibility"]);
    map.edit(() => map.change(ids.ring, { front: false }));
    expect(keys()).toContain("behind");
    map.edit(() => addCard(map, { at: ids.come, lane: "note" }));
    expect(keys().slice(-2)).toEqual(["note*", "note"]);
  });
});

describe("steps", () => {
  it("goes through the cards of a cell, then on to the next lane, and never leaves the board", () => {
    const { map, ids } = story();
    const layout = layBoard(map, { fewLanes: true });
    let cursor: Cursor = cursorOf(layout, ids.walk)!;
    const go = (way: Way) => {
      cursor = step(layout, cursor, way);
      return cursor.id;
    };
    expect([go("down"), go("down"), go("down"), go("up"), go("right"), go("right")]).toEqual([
      ids.slow,
      ids.loud,
      ids.loud,
      ids.slow,
      ids.dark,
      null,
    ]);
    expect(cursor).toEqual({ row: "pain", at: ids.stay, id: null });
    expect(go("top")).toBe(ids.come);
    expect(go("stage right")).toBe(ids.stay);
    expect(go("stage right")).toBe(ids.stay);
  });

  it("finds the record again after it moved, and a neighbour after it went", () => {
    const { map, ids } = story();
    const cursor = cursorOf(layBoard(map), ids.loud)!;
    map.edit(() => moveCard(map, ids.loud, { at: ids.ring, lane: "note" }));
    expect(settle(layBoard(map), cursor)).toEqual({ row: "note", at: ids.ring, id: ids.loud });
    map.edit(() => remove(map, [ids.loud]));
    expect(settle(layBoard(map), cursor)).toEqual({ row: "pain", at: ids.walk, id: ids.slow });
    map.edit(() => remove(map, [ids.come, ids.stay]));
    expect(settle(layBoard(map), cursor)).toBe(null);
  });
});

describe("drops", () => {
  const spot = { lane: "pain", holds: "", stage: "", before: null, behind: false };

  it("takes several cards in their order, copies with Alt, and only where cards can be", () => {
    const { map, ids } = story();
    map.edit(() => drop(map, [ids.slow, ids.loud], { ...spot, holds: ids.ring, before: ids.dark }));
    expect(said(map, ids.ring)).toEqual(["slow", "loud", "dark"]);
    map.edit(() => drop(map, [ids.dark], { ...spot, holds: ids.walk }, true));
    expect([said(map, ids.walk), said(map, ids.ring)]).toEqual([["dark"], ["slow", "loud", "dark"]]);
    expect(drop(map, [ids.dark], { ...spot, lane: "touchpoints", holds: ids.walk })).toEqual([]);
  });

  it("moves touchpoints between stages and across the line of visibility", () => {
    const { map, ids } = story();
    map.edit(() => drop(map, [ids.walk], { ...spot, lane: "behind", holds: ids.stay, stage: ids.stay }));
    expect(columnsOf(map).map((one) => one.touchpoints.map((point) => point.title))).toEqual([["Ring"], ["Walk"]]);
    expect(map.list("touchpoints").find((one) => one.id === ids.walk)!.front).toBe(false);
    map.edit(() =>
      drop(map, [ids.walk], { ...spot, lane: "touchpoints", holds: ids.ring, stage: ids.come, behind: true }),
    );
    expect(columnsOf(map)[0]!.touchpoints.map((point) => point.title)).toEqual(["Ring", "Walk"]);
  });
});

describe("the board's state", () => {
  it("tells its listeners only what has changed, and keeps zoom within bounds", () => {
    const board = new BoardState();
    let told = 0;
    board.subscribe(() => told++);
    board.select([]);
    board.set({ cursor: { row: "pain", at: "a", id: null } });
    board.set({ cursor: { row: "pain", at: "a", id: null } });
    expect(told).toBe(1);
    for (let count = 0; count < 20; count++) board.zoomBy(1);
    expect(board.now.zoom).toBe(2);
    board.zoomTo(0);
    expect(board.now.zoom).toBe(0.3);
  });
});
