import type { Desk } from "~/commands/command";
import { BoardState } from "~/layout/boardState";
import { MapDocument } from "~/maps/document";
import { linkThen } from "~/maps/links";
import { Workshop } from "~/maps/votes";
import { Lens } from "~/overlay/lens";

/** A desk at a map of one stage with two touchpoints, of which one leads to the other. */
export function newDesk(some: Partial<Desk> = {}): Desk {
  const map = new MapDocument();
  map.edit(() => {
    map.add({ id: "buy", section: "stages", order: "a", title: "Buying" });
    map.add({ id: "look", section: "touchpoints", order: "a", stage: "buy", title: "Looks" });
    map.add({ id: "pay", section: "touchpoints", order: "b", stage: "buy", title: "Pays" });
    map.add({ id: "dear", section: "cards", order: "a", at: "pay", lane: "pain", says: "Dear" });
    linkThen(map, "look", "pay");
  });
  const board = new BoardState();
  const desk: Desk = {
    map,
    board,
    lens: new Lens(),
    mayEdit: true,
    mayComment: true,
    me: "olga",
    workshop: new Workshop(map.doc),
    get selection() {
      return { ids: board.now.selection };
    },
    select: (ids) => board.select(ids),
    edit: (title, change) => map.edit(() => change(map), title),
    show: () => undefined,
    offers: () => true,
    announce: () => undefined,
    now: () => desk,
    ...some,
  };
  return desk;
}
