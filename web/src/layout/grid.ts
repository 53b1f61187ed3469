/** Where everything on the board stands: pure numbers, from the outline, the zoom and what is folded. */
import type { Column, Stage, Touchpoint } from "~/maps/outline";

/** One column: a touchpoint's, or that of a stage that has none yet, or of a folded stage. */
export interface Place {
  /** The touchpoint, or the stage. Cards of the column are `at` it. */
  at: string;
  stage: string;
  touchpoint: Touchpoint | undefined;
  folded: boolean;
  x: number;
  width: number;
}

export interface StageBand {
  stage: Stage;
  /** How many touchpoints it has, folded or not. */
  count: number;
  folded: boolean;
  /** Its columns: from the first to before `until`. */
  from: number;
  until: number;
  x: number;
  width: number;
}

export interface Grid {
  places: readonly Place[];
  stages: readonly StageBand[];
  /** Of all columns, without the lane names. */
  width: number;
  indexOf: ReadonlyMap<string, number>;
}

export const COLUMN = 216;
const FOLDED = 44;
/** The lane names, at most. */
export const LANE_NAMES = 176;
/** The lane names where there is little room: only their drawings. */
export const NARROW = 44;
/** Below this zoom one looks from far away: lane names are drawings, cards are short. */
export const FAR = 0.6;
/** Between two stages. */
const STAGE_GAP = 10;

/** Columns from left to right, stages with a gap between them. */
export function layGrid(columns: readonly Column[], zoom = 1, folded: ReadonlySet<string> = new Set()): Grid {
  const places: Place[] = [];
  const stages: StageBand[] = [];
  const wide = Math.round(COLUMN * zoom);
  let x = 0;
  for (const { stage, touchpoints } of columns) {
    const start = { x, from: places.length };
    const isFolded = folded.has(stage.id);
    const shown: (Touchpoint | undefined)[] = isFolded || touchpoints.length === 0 ? [undefined] : [...touchpoints];
    for (const touchpoint of shown) {
      const width = isFolded ? FOLDED : wide;
      places.push({ at: touchpoint?.id ?? stage.id, stage: stage.id, touchpoint, folded: isFolded, x, width });
      x += width;
    }
    stages.push({
      stage,
      count: touchpoints.length,
      folded: isFolded,
      from: start.from,
      until: places.length,
      x: start.x,
      width: x - start.x,
    });
    x += STAGE_GAP;
  }
  return {
    places,
    stages,
    width: Math.max(0, x - STAGE_GAP),
    indexOf: new Map(places.map((place, index) => [place.at, index])),
  };
}

/** The columns to draw: those between two edges, with some more on both sides, and those that must never go. */
export function shownColumns(
  grid: Grid,
  view: { left: number; right: number },
  always: readonly number[] = [],
): readonly number[] {
  const more = COLUMN * 2;
  const shown: number[] = [];
  grid.places.forEach((place, index) => {
    const inside = place.x + place.width > view.left - more && place.x < view.right + more;
    if (inside || always.includes(index)) shown.push(index);
  });
  return shown;
}

/** The zoom at which all columns stand side by side in this width. */
export function fitting(columns: readonly Column[], width: number, folded: ReadonlySet<string> = new Set()): number {
  const gaps = STAGE_GAP * Math.max(0, columns.length - 1);
  const closed = columns.filter(({ stage }) => folded.has(stage.id)).length;
  const open = columns
    .filter(({ stage }) => !folded.has(stage.id))
    .reduce((sum, { touchpoints }) => sum + Math.max(1, touchpoints.length), 0);
  return open ? (width - gaps - closed * FOLDED) / (open * COLUMN) : 1;
}
