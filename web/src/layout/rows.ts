/** The board's rows and what stands in each cell: what is drawn, and where the keyboard can go. */
import type { MapDocument } from "~/maps/document";
import { cardsByCell, cell, columnsOf, type MapCard } from "~/maps/outline";
import { type Grid, layGrid, type Place } from "./grid";
import { LANE_ROWS, type LaneRow } from "./lanes";

/** One row. `by`: its cells are as wide as a stage, or as a touchpoint. */
export interface Row {
  key: string;
  lane: LaneRow | null;
  by: "stage" | "place";
}

/** The row of the stages' heads. */
export const STAGES_ROW = "stages";

export interface BoardLayout {
  grid: Grid;
  rows: readonly Row[];
  /** The records in a cell, in order; `at` is a touchpoint, or a stage for rows by stage. */
  items: (row: Row, at: string) => readonly string[];
}

const NOTHING: readonly string[] = [];

/** The layout of a map as it stands now. */
export function layBoard(
  map: MapDocument,
  how: { zoom?: number; folded?: ReadonlySet<string>; fewLanes?: boolean; numbers?: boolean } = {},
): BoardLayout {
  const grid = layGrid(columnsOf(map), how.zoom, how.folded);
  const cells = cardIds(map);
  const bare = new Set(grid.stages.filter((one) => one.count === 0).map((one) => one.stage.id));
  const hasBehind = grid.places.some(({ touchpoint }) => touchpoint?.front === false);
  const rows: Row[] = [{ key: STAGES_ROW, lane: null, by: "stage" }];
  for (const lane of LANE_ROWS) {
    if ((lane.id === "behind" && !hasBehind) || (lane.kind === "numbers" && !how.numbers)) continue;
    if (lane.kind !== "cards") {
      rows.push({ key: lane.id, lane, by: "place" });
      continue;
    }
    const wide = grid.stages.some(({ stage }) => !bare.has(stage.id) && cells.has(cell(stage.id, lane.lane!)));
    if (wide) rows.push({ key: `${lane.id}*`, lane, by: "stage" });
    if (how.fewLanes && !holds(grid, cells, lane)) continue;
    rows.push({ key: lane.id, lane, by: "place" });
  }
  return { grid, rows, items: (row, at) => itemsOf(grid, cells, bare, row, at) };
}

function cardIds(map: MapDocument): Map<string, readonly string[]> {
  const ids = new Map<string, readonly string[]>();
  for (const [key, cards] of cardsByCell(map)) {
    const shown = cards.filter(stands).map((one) => one.id);
    if (shown.length) ids.set(key, shown);
  }
  return ids;
}

/** A feeling without words is only a point of the curve. */
export function stands(card: MapCard): boolean {
  return card.lane !== "feeling" || Boolean(card.says) || card.level === undefined || card.level === null;
}

function holds(grid: Grid, cells: ReadonlyMap<string, unknown>, lane: LaneRow): boolean {
  return grid.places.some(({ at }) => cells.has(cell(at, lane.lane!)));
}

function itemsOf(
  grid: Grid,
  cells: ReadonlyMap<string, readonly string[]>,
  bare: ReadonlySet<string>,
  row: Row,
  at: string,
): readonly string[] {
  if (row.key === STAGES_ROW) return [at];
  const lane = row.lane!;
  if (lane.kind === "touchpoints") {
    const point = grid.places[grid.indexOf.get(at) ?? -1]?.touchpoint;
    return point && (point.front === false) === Boolean(lane.backstage) ? [point.id] : NOTHING;
  }
  if (lane.kind !== "cards" || (row.by === "stage" && bare.has(at))) return NOTHING;
  return cells.get(cell(at, lane.lane!)) ?? NOTHING;
}

/** The cell of a row over or under a column: the stage's for rows by stage. */
export function cellAt(row: Row, place: Place): string {
  return row.by === "stage" ? place.stage : place.at;
}
