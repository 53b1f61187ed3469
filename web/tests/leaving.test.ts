import { describe, expect, it } from "vitest";
import { commandOf, perform } from "~/commands/catalog";
import type { Desk } from "~/commands/command";
import { leaving } from "~/view/board/leaving";
import { newDesk } from "./desk";

/** Somebody leaves the words of a record: what was asked of the screen, and whether another one was added. */
function leave(desk: Desk, id: string, fresh: boolean, how: "stay" | "next" | "more") {
  const told: string[] = [];
  desk.board.listen((wish) => told.push(wish));
  desk.board.set({ editing: { id, field: "says", fresh }, cursor: { row: "pain", at: "pay", id }, selection: [id] });
  leaving({ desk: () => desk, board: desk.board }, { id, fresh, more: () => told.push("another") })(how);
  return told;
}

describe("leaving the words of a record", () => {
  it("takes away a card that was just added and says nothing; the keyboard stays in its cell", () => {
    const desk = newDesk();
    desk.edit("Add card", (map) =>
      map.add({ id: "new", section: "cards", order: "b", at: "pay", lane: "pain", says: " " }),
    );
    expect(leave(desk, "new", true, "more")).toEqual(["focus"]);
    expect(desk.map.get("new")?.deleted).toBe(true);
    expect(desk.board.now).toMatchObject({ editing: null, selection: [], cursor: { at: "pay", id: null } });
  });

  it("keeps an old one that says nothing any more", () => {
    const desk = newDesk();
    desk.edit("", (map) => map.change("dear", { says: "" }));
    expect(leave(desk, "dear", false, "more")).toEqual(["focus"]);
    expect(desk.map.get("dear")?.deleted).toBe(false);
  });

  it("goes on to another one after Enter in a new one, and to the next cell after Tab", () => {
    expect(leave(newDesk(), "dear", true, "more")).toEqual(["another"]);
    expect(leave(newDesk(), "dear", true, "next")).toEqual(["edit right"]);
  });
});

describe("typing in a record that goes away", () => {
  it("ends, so that the keyboard is not kept for it", () => {
    const { board, map } = newDesk();
    const isGone = (id: string) => map.get(id)?.deleted === true;
    board.set({ editing: { id: "dear", field: "says", fresh: false } });
    expect([board.stopTyping(isGone), board.now.editing?.id]).toEqual([false, "dear"]);
    map.edit(() => map.change("dear", { deleted: true }));
    expect([board.stopTyping(isGone), board.now.editing]).toEqual([true, null]);
  });
});

describe("what a page can open", () => {
  it("is all that its commands open", () => {
    const asked: string[] = [];
    const show = (what: string) => asked.push(what);
    const looking = newDesk({ mayEdit: false, mayComment: false, show, offers: (what) => what === "help" });
    for (const id of ["go.help", "go.details", "go.comments", "go.share"]) perform(commandOf(id), looking);
    expect(asked).toEqual(["help"]);
  });

  it("brings files in only for those who may edit", () => {
    expect([true, false].map((mayEdit) => commandOf("go.import").enabled!(newDesk({ mayEdit })))).toEqual([
      true,
      false,
    ]);
  });
});

describe("selecting several by single clicks", () => {
  it("is switched on and off again", () => {
    const desk = newDesk();
    const tools = [1, 2].map(() => {
      perform(commandOf("tool.several"), desk);
      return desk.board.now.tool;
    });
    expect(tools).toEqual(["several", "select"]);
  });
});
