/** The curve as paths: smooth where neighbours have points, broken where one has none. */
import { area, curveMonotoneX, line } from "d3-shape";
import { type CurveLine, depthOf, HIGHEST, LOWEST } from "~/maps/curve";

/** Height of the lane that the curve is drawn in, in pixels. */
export const CURVE_HEIGHT = 168;
const PAD = 20;

/** A place on the board, in pixels from the left edge of the lane's content. */
export interface CurveColumn {
  at: string;
  left: number;
  width: number;
}

export interface Spot {
  at: string;
  x: number;
  y: number;
  level: number;
}

export function heightOf(level: number): number {
  return PAD + depthOf(level) * (CURVE_HEIGHT - 2 * PAD);
}

/** The level at a height of the lane; beyond the ends: beyond the ends. */
export function levelAt(y: number): number {
  return HIGHEST - ((y - PAD) / (CURVE_HEIGHT - 2 * PAD)) * (HIGHEST - LOWEST);
}

/** For each column where the line passes; null for a gap. */
export function spotsOf(drawn: CurveLine, columns: readonly CurveColumn[]): (Spot | null)[] {
  return columns.map(({ at, left, width }) => {
    const point = drawn.points.get(at);
    return point ? { at, x: left + width / 2, y: heightOf(point.level), level: point.level } : null;
  });
}

const smooth = line<Spot | null>()
  .defined((spot) => spot !== null)
  .x((spot) => spot!.x)
  .y((spot) => spot!.y)
  .curve(curveMonotoneX);

const filled = area<Spot | null>()
  .defined((spot) => spot !== null)
  .x((spot) => spot!.x)
  .y0(heightOf(0))
  .y1((spot) => spot!.y)
  .curve(curveMonotoneX);

export function linePath(spots: readonly (Spot | null)[]): string {
  return smooth(spots) ?? "";
}

/** What lies between the line and neutral. */
export function areaPath(spots: readonly (Spot | null)[]): string {
  return filled(spots) ?? "";
}

/** Straight bridges over gaps: the eye finds the next point, and sees that nothing is said in between. */
export function bridgePath(spots: readonly (Spot | null)[]): string {
  let path = "";
  let last: Spot | undefined;
  let gap = false;
  for (const spot of spots) {
    if (!spot) {
      gap = true;
      continue;
    }
    if (last && gap) path += `M${last.x} ${last.y}L${spot.x} ${spot.y}`;
    last = spot;
    gap = false;
  }
  return path;
}
