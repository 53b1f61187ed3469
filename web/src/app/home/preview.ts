/** A map as a small drawing: its stages side by side, touchpoints below each, and how it is meant to feel. */
import { area, curveMonotoneX, line } from "d3-shape";
import type { MapSketch } from "~/contract/api";
import { depthOf } from "~/maps/curve";

export const WIDTH = 320;
export const HEIGHT = 128;
const GAP = 4;
const PAD = 14;
const INNER = WIDTH - 2 * PAD;
const MOST_ROWS = 3;
const TOP = 26;
const FEEL_TOP = 62;
const FEEL_BOTTOM = 116;

export interface Preview {
  stages: readonly Block[];
  points: readonly (Block & { truth: boolean; behind: boolean })[];
  /** Paths; empty where fewer than two places have a feeling. */
  line: string;
  area: string;
}

export interface Block {
  key: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The drawing of a map. */
export function previewOf({ stages, points }: Pick<MapSketch, "stages" | "points">): Preview {
  const width = (INNER + GAP) / Math.max(1, stages.length) - GAP;
  const left = (stage: number) => PAD + stage * (width + GAP);
  const rows = stages.map(() => 0);
  const drawn: Preview["points"][number][] = [];
  for (const [key, one] of points.entries()) {
    const row = rows[one.stage] ?? 0;
    rows[one.stage] = row + 1;
    if (row >= MOST_ROWS) continue;
    const block = { key, x: left(one.stage), y: TOP + row * 13, width, height: 10 };
    drawn.push({ ...block, truth: one.moment_of_truth, behind: !one.front });
  }
  return {
    stages: stages.map((_, key) => ({ key, x: left(key), y: 12, width, height: 8 })),
    points: drawn,
    ...feelings(points),
  };
}

function feelings(points: MapSketch["points"]): { line: string; area: string } {
  const spots = points.flatMap(({ feeling }, place): [number, number][] =>
    feeling === null ? [] : [[((place + 0.5) / points.length) * INNER + PAD, heightOf(feeling)]],
  );
  if (spots.length < 2) return { line: "", area: "" };
  const edges: [number, number][] = [[0, spots[0]![1]], ...spots, [WIDTH, spots.at(-1)![1]]];
  const smooth = line().curve(curveMonotoneX);
  const filled = area().y0(HEIGHT).curve(curveMonotoneX);
  return { line: smooth(edges) ?? "", area: filled(edges) ?? "" };
}

function heightOf(feeling: number): number {
  return FEEL_TOP + depthOf(feeling) * (FEEL_BOTTOM - FEEL_TOP);
}
