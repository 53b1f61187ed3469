/** What commands work on: the selected records by kind, and where a new one would go. */
import type { LaneRow } from "~/layout/lanes";
import { type BoardLayout, layBoard, type Row } from "~/layout/rows";
import { cursorOf } from "~/layout/steps";
import { KINDS } from "~/maps/kinds";
import type { Stage, Touchpoint } from "~/maps/outline";
import type { Section, Stored } from "~/maps/shape";
import type { Desk } from "./command";

/** The live selected records; without a selection, the one that the keyboard is on. */
export function subjects(desk: Desk): Stored[] {
  const { cursor } = desk.board.now;
  const ids = desk.selection.ids.length ? desk.selection.ids : cursor?.id ? [cursor.id] : [];
  return ids.map((id) => desk.map.get(id)).filter((one): one is Stored => one !== undefined && !one.deleted);
}

function ofSection<S extends Section>(desk: Desk, section: S): Stored<S>[] {
  return subjects(desk).filter((one) => one.section === section) as Stored<S>[];
}

export const selectedTouchpoints = (desk: Desk): Touchpoint[] => ofSection(desk, "touchpoints");
export const selectedStages = (desk: Desk): Stage[] => ofSection(desk, "stages");

export const mayEdit = (desk: Desk): boolean => desk.mayEdit;
export const hasSubjects = (desk: Desk): boolean => desk.mayEdit && subjects(desk).length > 0;

/** The board as it is laid out now, folds and all. */
export function layoutOf(desk: Desk): BoardLayout {
  return layBoard(desk.map, desk.board.now);
}

/** The stage that the keyboard is in; else the last one. */
export function stageNow(desk: Desk): string | undefined {
  const last = subjects(desk).at(-1);
  const found = last ? stageOf(desk, last) : undefined;
  if (found) return found;
  const at = desk.board.now.cursor?.at;
  const record = at ? desk.map.get(at) : undefined;
  return (record && stageOf(desk, record)) ?? desk.map.list("stages").at(-1)?.id;
}

function stageOf(desk: Desk, record: Stored): string | undefined {
  if (record.section === "stages") return record.id;
  if (record.section === "touchpoints") return record.stage;
  const at = record.section === "cards" ? desk.map.get(record.at) : undefined;
  return at && at.section !== "cards" ? stageOf(desk, at) : undefined;
}

/** The cell that the keyboard is in, if it can hold cards. */
export function cardCell(desk: Desk): { row: Row; lane: LaneRow; at: string } | undefined {
  const { cursor } = desk.board.now;
  const layout = layoutOf(desk);
  const row = layout.rows.find((one) => one.key === cursor?.row);
  const place = layout.grid.places[layout.grid.indexOf.get(cursor?.at ?? "") ?? -1];
  if (!row?.lane?.lane || !place) return undefined;
  return { row, lane: row.lane, at: row.by === "stage" ? place.stage : place.at };
}

/** "3 cards", "a stage": what these records are. */
export function sayWhat(records: readonly Stored[]): string {
  const sections = new Set(records.map((one) => one.section));
  const kind = KINDS[records[0]!.section];
  if (sections.size > 1) return `${records.length} things`;
  return records.length === 1 ? kind.one.toLowerCase() : `${records.length} ${kind.many.toLowerCase()}`;
}

/** The keyboard goes to a record and selects it; a folded stage that holds it opens. */
export function goTo(desk: Desk, id: string, how: { focus?: boolean } = {}): void {
  const record = desk.map.get(id);
  const stage = record && stageOf(desk, record);
  if (stage && stage !== id && desk.board.now.folded.has(stage)) desk.board.fold(stage, false);
  const cursor = cursorOf(layoutOf(desk), id);
  if (!cursor) return;
  desk.board.set({ selection: [id], cursor });
  if (how.focus !== false) desk.board.ask("focus");
}
