/** Where the keyboard goes next on the board: from record to record and from cell to cell. */
import type { Cursor } from "./boardState";
import { type BoardLayout, cellAt, type Row, STAGES_ROW } from "./rows";

export type Way = "up" | "down" | "left" | "right" | "start" | "end" | "top" | "bottom" | "stage left" | "stage right";

/** The cursor one step on; the same object where there is nothing further. */
export function step(layout: BoardLayout, cursor: Cursor, way: Way): Cursor {
  const { grid } = layout;
  const column = grid.indexOf.get(cursor.at) ?? 0;
  switch (way) {
    case "up":
      return vertical(layout, cursor, -1);
    case "down":
      return vertical(layout, cursor, 1);
    case "left":
      return sideways(layout, cursor, column, -1);
    case "right":
      return sideways(layout, cursor, column, 1);
    case "start":
      return landing(layout, cursor, 0);
    case "end":
      return landing(layout, cursor, grid.places.length - 1);
    case "stage left":
      return byStage(layout, cursor, column, -1);
    case "stage right":
      return byStage(layout, cursor, column, 1);
    case "top":
      return atRow(layout, layout.rows[0]!, grid.places[0]?.at ?? cursor.at, 0);
    case "bottom":
      return atRow(layout, stops(layout).at(-1)!, grid.places.at(-1)?.at ?? cursor.at, -1);
  }
}

/** Rows that the keyboard stops in. */
function stops(layout: BoardLayout): Row[] {
  return layout.rows.filter((row) => !["curve", "line", "numbers"].includes(row.lane?.kind ?? ""));
}

function rowAt(layout: BoardLayout, cursor: Cursor): Row {
  return layout.rows.find((row) => row.key === cursor.row) ?? layout.rows[0]!;
}

function itemsAt(layout: BoardLayout, row: Row, at: string): readonly string[] {
  const place = layout.grid.places[layout.grid.indexOf.get(at) ?? -1];
  return place ? layout.items(row, cellAt(row, place)) : [];
}

function vertical(layout: BoardLayout, cursor: Cursor, by: 1 | -1): Cursor {
  const row = rowAt(layout, cursor);
  const items = itemsAt(layout, row, cursor.at);
  const next = items[items.indexOf(cursor.id ?? "") + by];
  if (cursor.id && items.includes(cursor.id) && next) return { ...cursor, id: next };
  const all = stops(layout);
  const found = all[all.findIndex((one) => one.key === row.key) + by];
  return found ? atRow(layout, found, cursor.at, by > 0 ? 0 : -1) : cursor;
}

/** The first (0) or the last (-1) record of a row's cell, or the bare cell. */
function atRow(layout: BoardLayout, row: Row, at: string, which: 0 | -1): Cursor {
  return { row: row.key, at, id: itemsAt(layout, row, at).at(which) ?? null };
}

function sideways(layout: BoardLayout, cursor: Cursor, column: number, by: 1 | -1): Cursor {
  const { places } = layout.grid;
  const row = rowAt(layout, cursor);
  if (row.by === "stage") return byStage(layout, cursor, column, by);
  let to = column + by;
  while (places[to]?.folded) to += by;
  return places[to] ? landing(layout, cursor, to) : cursor;
}

function byStage(layout: BoardLayout, cursor: Cursor, column: number, by: 1 | -1): Cursor {
  const { stages, places } = layout.grid;
  const row = rowAt(layout, cursor);
  const usable = stages.filter((one) => row.key === STAGES_ROW || !one.folded);
  const now = stages.findIndex((one) => one.from <= column && column < one.until);
  const next =
    by > 0 ? usable.find((one) => stages.indexOf(one) > now) : usable.filter((one) => stages.indexOf(one) < now).at(-1);
  return next && places[next.from] ? landing(layout, cursor, next.from) : cursor;
}

/** The same row in another column, as far down in the cell as before. */
function landing(layout: BoardLayout, cursor: Cursor, column: number): Cursor {
  const row = rowAt(layout, cursor);
  const place = layout.grid.places[column];
  if (!place) return cursor;
  const depth = Math.max(0, itemsAt(layout, row, cursor.at).indexOf(cursor.id ?? ""));
  const items = itemsAt(layout, row, place.at);
  return { row: row.key, at: place.at, id: items[Math.min(depth, items.length - 1)] ?? null };
}

/** Where a record stands on the board; undefined when it does not. */
export function cursorOf(layout: BoardLayout, id: string): Cursor | undefined {
  for (const row of layout.rows) {
    for (const place of layout.grid.places) {
      if (layout.items(row, cellAt(row, place)).includes(id)) return { row: row.key, at: place.at, id };
    }
  }
  return undefined;
}

/** A cursor that still stands: after a delete or a fold, the nearest place that is left. */
export function settle(layout: BoardLayout, cursor: Cursor | null): Cursor | null {
  const first = layout.grid.places[0];
  if (!first) return null;
  if (!cursor) return { row: STAGES_ROW, at: first.at, id: first.stage };
  const row = rowAt(layout, cursor);
  const place = layout.grid.places[layout.grid.indexOf.get(cursor.at) ?? -1];
  if (!place) return (cursor.id && cursorOf(layout, cursor.id)) || atRow(layout, layout.rows[0]!, first.at, 0);
  const items = itemsAt(layout, row, place.at);
  if (cursor.id === null ? items.length === 0 : items.includes(cursor.id)) return cursor;
  const found = cursor.id === null ? undefined : cursorOf(layout, cursor.id);
  return found ?? { row: row.key, at: place.at, id: items.at(-1) ?? null };
}

/** Where it is, as people say it: lane, touchpoint, stage, and its number of how many. */
export function sayPlace(layout: BoardLayout, row: Row, at: string): string {
  const index = layout.grid.indexOf.get(at) ?? -1;
  const place = layout.grid.places[index];
  if (!place) return "";
  const band = layout.grid.stages.find(({ stage }) => stage.id === place.stage)!;
  const stage = band.stage.title || "untitled stage";
  if (row.key === STAGES_ROW) return `Stage ${layout.grid.stages.indexOf(band) + 1} of ${layout.grid.stages.length}`;
  const lane = row.lane!.title;
  if (row.by === "stage") return `${lane}, whole stage ${stage}`;
  if (!place.touchpoint) return `${lane}, stage ${stage}`;
  return `${lane}, touchpoint ${index - band.from + 1} of ${band.count}, ${place.touchpoint.title || "untitled"}, ${stage}`;
}
