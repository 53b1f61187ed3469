/** Commands that move what is selected, one step at a time. */
import { LANE_ROWS } from "~/layout/lanes";
import type { MapDocument } from "~/maps/document";
import { cardsAt, moveCard, moveStage, moveTouchpoint, touchpointsOf } from "~/maps/edits";
import type { MapCard, Stage, Touchpoint } from "~/maps/outline";
import { type Command, command, type Desk } from "./command";
import {
  hasSubjects,
  layoutOf,
  sayWhat,
  selectedCards,
  selectedStages,
  selectedTouchpoints,
  subjects,
} from "./subjects";

type Way = "left" | "right" | "up" | "down";

const CARD_LANES = LANE_ROWS.filter((row) => row.lane).map((row) => row.lane!);

/** Everything selected goes one step; what cannot, stays. Says where it is then. */
function shift(desk: Desk, way: Way): void {
  const records = subjects(desk);
  const stages = selectedStages(desk);
  const points = selectedTouchpoints(desk);
  const columns = layoutOf(desk).grid.places.filter((place) => !place.folded);
  const backwards = way === "left" || way === "up";
  const ordered = <R>(all: R[]): R[] => (backwards ? all : all.reverse());
  desk.edit(`Move ${sayWhat(records)}`, (map) => {
    for (const one of ordered(stages)) shiftStage(map, one, way);
    for (const one of ordered(points)) shiftTouchpoint(map, one, way);
    if (stages.length + points.length === 0)
      for (const one of ordered(selectedCards(desk))) {
        shiftCard(
          map,
          one,
          way,
          columns.map((place) => place.at),
        );
      }
  });
  desk.board.ask("follow");
}

function shiftStage(map: MapDocument, stage: Stage, way: Way): void {
  const all = map.list("stages");
  const now = all.findIndex((one) => one.id === stage.id);
  if (way === "left" && now > 0) moveStage(map, stage.id, all[now - 1]!.id);
  if (way === "right" && now < all.length - 1) moveStage(map, stage.id, all[now + 2]?.id);
}

function shiftTouchpoint(map: MapDocument, point: Touchpoint, way: Way): void {
  if (way === "up" || way === "down") {
    map.change(point.id, { front: way === "up" ? undefined : false });
    return;
  }
  const all = touchpointsOf(map, point.stage);
  const now = all.findIndex((one) => one.id === point.id);
  const stages = map.list("stages");
  const stage = stages.findIndex((one) => one.id === point.stage);
  if (way === "left") {
    if (now > 0) moveTouchpoint(map, point.id, point.stage, all[now - 1]!.id);
    else if (stages[stage - 1]) moveTouchpoint(map, point.id, stages[stage - 1]!.id);
  } else if (now < all.length - 1) moveTouchpoint(map, point.id, point.stage, all[now + 2]?.id);
  else if (stages[stage + 1]) {
    const next = stages[stage + 1]!.id;
    moveTouchpoint(map, point.id, next, touchpointsOf(map, next)[0]?.id);
  }
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
