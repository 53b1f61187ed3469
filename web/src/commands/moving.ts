/** Commands that move what is selected, one step at a time. */
import { LANE_ROWS } from "~/layout/lanes";
import type { MapDocument } from "~/maps/document";
import { cardsAt, moveCard } from "~/maps/edits";
import type { MapCard } from "~/maps/outline";
import { moveStep, placesOf } from "~/maps/reading";
import { type Command, command, type Desk } from "./command";
import { hasSubjects, layoutOf, sayWhat, subjects } from "./subjects";

type Way = "left" | "right" | "up" | "down";

const CARD_LANES = LANE_ROWS.filter((row) => row.lane).map((row) => row.lane!);

/**
 * Everything selected goes one step; what cannot, stays. Whoever stands ahead goes first, in whatever order they were
 * selected: neighbours stay neighbours.
 */
function shift(desk: Desk, way: Way): void {
  const records = subjects(desk);
  const ids = new Set(records.map((one) => one.id));
  const columns = layoutOf(desk).grid.places.filter((place) => !place.folded);
  desk.edit(`Move ${sayWhat(records)}`, (map) => {
    const stands = placesOf(map).filter((id) => ids.has(id));
    for (const id of way === "right" ? stands.reverse() : stands) shiftColumn(map, id, way);
    if (stands.length) return;
    const cards = map.list("cards").filter((one) => ids.has(one.id));
    const at = columns.map((place) => place.at);
    for (const one of way === "down" ? cards.reverse() : cards) shiftCard(map, one, way, at);
  });
  desk.board.ask("follow");
}

/** A stage or a touchpoint: sideways among its like; a touchpoint also across the line of visibility. */
function shiftColumn(map: MapDocument, id: string, way: Way): void {
  if (way === "left" || way === "right") moveStep(map, id, way === "left" ? -1 : 1);
  else if (map.get(id)?.section === "touchpoints") map.change(id, { front: way === "up" ? undefined : false });
}

function shiftCard(map: MapDocument, card: MapCard, way: Way, columns: readonly string[]): void {
  if (way === "left" || way === "right") {
    const to = columns[columns.indexOf(card.at) + (way === "left" ? -1 : 1)];
    if (to && columns.includes(card.at)) moveCard(map, card.id, { at: to, lane: card.lane });
    return;
  }
  const there = cardsAt(map, card.at, card.lane);
  const now = there.findIndex((one) => one.id === card.id);
  const lane = CARD_LANES[CARD_LANES.indexOf(card.lane) + (way === "up" ? -1 : 1)];
  if (way === "up" && now > 0) moveCard(map, card.id, { ...card, before: there[now - 1]!.id });
  else if (way === "down" && now < there.length - 1) {
    moveCard(map, card.id, { ...card, before: there[now + 2]?.id ?? null });
  } else if (lane) {
    const first = way === "down" ? cardsAt(map, card.at, lane)[0]?.id : null;
    moveCard(map, card.id, { at: card.at, lane, before: first ?? null });
  }
}

function moving(way: Way): Command {
  return command({
    id: `move.${way}`,
    title: `Move ${way}`,
    group: "Edit",
    keys: `Mod+Arrow${way[0]!.toUpperCase()}${way.slice(1)}`,
    enabled: hasSubjects,
    run: (desk) => shift(desk, way),
  });
}

const moveTo = command({
  id: "move.to",
  title: "Move to…",
  group: "Edit",
  enabled: hasSubjects,
  run: (desk) => desk.show("move"),
});

export const MOVING = [moving("left"), moving("right"), moving("up"), moving("down"), moveTo];
