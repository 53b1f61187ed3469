import { describe, expect, it } from "vitest";
import { commandOf, perform } from "~/commands/catalog";
import type { Desk } from "~/commands/command";
import { BoardState } from "~/layout/boardState";
import { layBoard } from "~/layout/rows";
import { pasteRecords } from "~/tools/clipboard";
import { newDesk } from "./desk";

const count = ({ map }: Desk) => [map.list("touchpoints").length, map.list("cards").length, map.list("links").length];

describe("the Delete key", () => {
  it("leaves no link to a touchpoint that is gone, and one undo brings all of it back", () => {
    const desk = newDesk();
    expect(count(desk)).toEqual([2, 1, 1]);
    desk.select(["pay"]);
    perform(commandOf("edit.delete"), desk);
    expect(count(desk)).toEqual([1, 0, 0]);
    desk.map.step("undo");
    expect(count(desk)).toEqual([2, 1, 1]);
  });

  it("takes only the card that is selected", () => {
    const desk = newDesk();
    desk.select(["dear"]);
    perform(commandOf("edit.delete"), desk);
    expect(count(desk)).toEqual([2, 0, 1]);
  });
});

describe("how the board is looked at", () => {
  it("is the same object while only the cursor and the selection move", () => {
    const board = new BoardState();
    const before = board.looks();
    board.set({ cursor: { row: "pain", at: "pay", id: null }, selection: ["dear"] });
    expect(board.looks()).toBe(before);
    board.zoomBy(1);
    expect(board.looks().zoom).toBeGreaterThan(1);
  });
});

describe("pasting from another map", () => {
  it("leaves out the names of what this map does not have, which the server would refuse", () => {
    const { map } = newDesk();
    map.edit(() => map.add({ id: "web", section: "channels", order: "a", title: "Web" }));
    const records = [
      { id: "a", section: "cards", order: "a", at: "x", lane: "pain", says: "Slow", persona: "stranger" },
      {
        id: "b",
        section: "touchpoints",
        order: "a",
        stage: "x",
        title: "Waits",
        team: "stranger",
        channels: ["web", "stranger"],
        promise: { says: "Soon", time: { within: "1d", after: "stranger" }, channels: { stranger: { feeling: 1 } } },
      },
      { id: "c", section: "cards", order: "a", at: "x", lane: "no lane", says: "Odd" },
    ];
    const layout = layBoard(map);
    const target = { layout, row: layout.rows.find((row) => row.key === "touchpoints")!, at: "look", behind: null };
    let made: string[] = [];
    map.edit(() => {
      made = pasteRecords(map, JSON.stringify({ records }), target)!;
    });
    const [card, point] = made.map((id) => map.get(id) as unknown as Record<string, unknown>);
    expect(made.length).toBe(2);
    expect([card!.says, card!.persona, card!.at]).toEqual(["Slow", undefined, "look"]);
    expect([point!.team, point!.channels]).toEqual([undefined, ["web"]]);
    expect(JSON.stringify(point!.promise)).not.toContain("stranger");
  });
});
