import { describe, expect, it } from "vitest";
import { commandOf, perform } from "~/commands/catalog";
import type { Desk } from "~/commands/command";
import { drop } from "~/layout/drop";
import { cardsAt } from "~/maps/edits";
import { newDesk } from "./desk";

/** Stages a, b, c; at the touchpoint that is paid at, three pains. */
function wideDesk(): Desk {
  const desk = newDesk();
  desk.edit("", (map) => {
    for (const [id, order] of [
      ["b", "b"],
      ["c", "c"],
    ])
      map.add({ id: id!, section: "stages", order: order! });
    for (const id of ["odd", "slow"]) map.add({ id, section: "cards", order: id, at: "pay", lane: "pain", says: id });
  });
  return desk;
}

const stages = ({ map }: Desk) => map.list("stages").map((one) => one.id);
const pains = ({ map }: Desk, at: string) => cardsAt(map, at, "pain").map((one) => one.id);

describe("moving several", () => {
  it.each([[["b", "c"]], [["c", "b"]]])("keeps stages side by side, in whatever order they were selected", (ids) => {
    const desk = wideDesk();
    desk.select(ids);
    perform(commandOf("move.left"), desk);
    expect(stages(desk)).toEqual(["b", "c", "buy"]);
    perform(commandOf("move.right"), desk);
    expect(stages(desk)).toEqual(["buy", "b", "c"]);
  });

  it.each([[["dear", "odd"]], [["odd", "dear"]]])("keeps cards in their order, sideways and down", (ids) => {
    const desk = wideDesk();
    desk.select(ids);
    perform(commandOf("move.down"), desk);
    expect(pains(desk, "pay")).toEqual(["slow", "dear", "odd"]);
    perform(commandOf("move.left"), desk);
    expect([pains(desk, "look"), pains(desk, "pay")]).toEqual([["dear", "odd"], ["slow"]]);
    perform(commandOf("move.right"), desk);
    expect(pains(desk, "pay")).toEqual(["slow", "dear", "odd"]);
  });

  it("drops them as they stand to each other", () => {
    const desk = wideDesk();
    const spot = { lane: "doing", holds: "look", stage: "buy", before: null, behind: true };
    desk.edit("", (map) => drop(map, ["slow", "dear"], spot));
    expect(cardsAt(desk.map, "look", "doing").map((one) => one.id)).toEqual(["dear", "slow"]);
    desk.edit("", (map) => drop(map, ["c", "b"], { ...spot, stage: "buy", behind: false }));
    expect(stages(desk)).toEqual(["b", "c", "buy"]);
  });

  it("takes touchpoints across the line of visibility and back", () => {
    const desk = wideDesk();
    desk.select(["pay", "look"]);
    const fronts = () => desk.map.list("touchpoints").map((one) => one.front);
    perform(commandOf("move.down"), desk);
    expect(fronts()).toEqual([false, false]);
    perform(commandOf("move.up"), desk);
    expect(fronts()).toEqual([undefined, undefined]);
  });
});
