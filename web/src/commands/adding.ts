/** Commands that add, copy and take away. */
import { wordsField } from "~/layout/boardState";
import { cursorOf } from "~/layout/steps";
import { addCard, addStage, addTouchpoint, after, cardsAt, duplicate, remove, touchpointsOf } from "~/maps/edits";
import { removeRecord } from "~/maps/links";
import { command, type Desk } from "./command";
import { cardCell, hasSubjects, layoutOf, mayEdit, sayWhat, selectedTouchpoints, stageNow, subjects } from "./subjects";

/** A new record is selected, the keyboard goes there, and its text is open for typing. */
export function begin(desk: Desk, id: string): void {
  const cursor = cursorOf(layoutOf(desk), id);
  const record = desk.map.get(id);
  if (!cursor || !record) return;
  desk.board.set({ cursor, selection: [id], editing: { id, field: wordsField(record.section), fresh: true } });
}

/** A new card in a cell, open for typing: last, or right after another one. */
export function newCard(desk: Desk, at: string, lane: Parameters<typeof cardsAt>[2], behind?: string): void {
  let made = "";
  desk.edit("Add card", (map) => {
    const before = behind ? after(cardsAt(map, at, lane), behind) : null;
    made = addCard(map, { at, lane, before });
  });
  begin(desk, made);
}

/** A new touchpoint in a stage: last, or right after another one. */
export function newTouchpoint(desk: Desk, stage: string, behind?: string, fields: { front?: boolean } = {}): void {
  let made = "";
  desk.board.fold(stage, false);
  desk.edit("Add touchpoint", (map) => {
    made = addTouchpoint(map, stage, behind ? after(touchpointsOf(map, stage), behind) : null, fields);
  });
  begin(desk, made);
}

/** What customers do beside the map is on it, in the stage where the keyboard is; whether there was a stage for it. */
export function newFromEvent(desk: Desk, event: string, title: string): boolean {
  const stage = stageNow(desk) ?? desk.map.list("stages").at(-1)?.id;
  if (!stage) return false;
  let made = "";
  desk.board.fold(stage, false);
  desk.edit("Add touchpoint", (map) => {
    made = addTouchpoint(map, stage, null);
    map.change(made, { title, when: { event } });
  });
  const cursor = cursorOf(layoutOf(desk), made);
  desk.board.set({ selection: [made], ...(cursor && { cursor }) });
  desk.board.ask("focus");
  return true;
}

/** A new stage: last, or right after another one. */
export function newStage(desk: Desk, behind?: string): void {
  let made = "";
  desk.edit("Add stage", (map) => {
    made = addStage(map, behind ? after(map.list("stages"), behind) : null);
  });
  begin(desk, made);
}

const cardAdd = command({
  id: "card.add",
  title: "Add card",
  group: "Card",
  keys: "N",
  enabled: (desk) => desk.mayEdit && cardCell(desk) !== undefined,
  run: (desk) => {
    const cell = cardCell(desk)!;
    newCard(desk, cell.at, cell.lane.lane!, desk.board.now.cursor?.id ?? undefined);
  },
});

const touchpointAdd = command({
  id: "touchpoint.add",
  title: "Add touchpoint",
  group: "Map",
  keys: "T",
  enabled: (desk) => desk.mayEdit && stageNow(desk) !== undefined,
  run: (desk) => {
    const stage = stageNow(desk)!;
    const at = desk.board.now.cursor?.at;
    const behind = selectedTouchpoints(desk).at(-1) ?? touchpointsOf(desk.map, stage).find((one) => one.id === at);
    newTouchpoint(desk, stage, behind?.stage === stage ? behind.id : undefined);
  },
});

const stageAdd = command({
  id: "stage.add",
  title: "Add stage",
  group: "Map",
  keys: "Shift+Enter",
  enabled: mayEdit,
  run: (desk) => newStage(desk, stageNow(desk)),
});

const copy = command({
  id: "edit.duplicate",
  title: "Duplicate",
  group: "Edit",
  keys: "Mod+D",
  enabled: hasSubjects,
  run: (desk) => {
    const records = subjects(desk);
    let made: string[] = [];
    desk.edit(`Duplicate ${sayWhat(records)}`, (map) => {
      made = duplicate(
        map,
        records.map((one) => one.id),
      );
    });
    const cursor = made.at(-1) ? cursorOf(layoutOf(desk), made.at(-1)!) : undefined;
    desk.board.set({ selection: made, ...(cursor && { cursor }) });
    desk.board.ask("focus");
    desk.announce(`Duplicated ${sayWhat(records)}.`);
  },
});

const takeAway = command({
  id: "edit.delete",
  title: "Delete",
  group: "Edit",
  keys: "Delete",
  enabled: hasSubjects,
  run: (desk) => {
    const records = subjects(desk);
    const what = sayWhat(records);
    const [cards, named] = [true, false].map((card) =>
      records.filter((one) => (one.section === "cards") === card).map((one) => one.id),
    );
    desk.edit(`Delete ${what}`, (map) => {
      remove(map, cards!);
      // Links, campaigns and KPIs that name a stage or a touchpoint name it no more; nothing names a card.
      for (const id of named!) removeRecord(map, id);
    });
    desk.board.set({ selection: [], editing: null });
    desk.board.ask("focus");
    desk.announce(`Deleted ${what}. Ctrl+Z brings it back.`);
  },
});

export const ADDING = [cardAdd, touchpointAdd, stageAdd, copy, takeAway];
