/** A map as a small drawing: its stages side by side, touchpoints below each, and how it is meant to feel. */
import { area, curveMonotoneX, line } from "d3-shape";

export const WIDTH = 320;
export const HEIGHT = 128;
const GAP = 4;
const MOST_ROWS = 3;
const TOP = 22;
const FEEL_TOP = 66;
const FEEL_BOTTOM = 116;

export interface Preview {
  stages: readonly Block[];
  points: readonly (Block & { truth: boolean; behind: boolean })[];
  line: string;
  area: string;
}

export interface Block {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Drawn {
  id: string;
  order?: string;
  deleted?: boolean;
  stage?: string;
  at?: string;
  level?: number;
  moment_of_truth?: boolean;
  front?: boolean;
  promise?: { feeling?: number };
}

/** The drawing of a map's data. Where nobody said how it feels, there is no line. */
export function previewOf(data: Record<string, unknown>): Preview {
  const stages = live(data.stages);
  const touchpoints = live(data.touchpoints);
  const width = (WIDTH + GAP) / Math.max(1, stages.length) - GAP;
  const blocks = stages.map(({ id }, place) => ({ id, x: place * (width + GAP), y: 8, width, height: 8 }));
  const points = blocks.flatMap((block) => {
    const own = touchpoints.filter((one) => one.stage === block.id).slice(0, MOST_ROWS);
    return own.map((one, row) => ({
      id: one.id,
      x: block.x,
      y: TOP + row * 13,
      width,
      height: 10,
      truth: one.moment_of_truth === true,
      behind: one.front === false,
    }));
  });
  return { stages: blocks, points, ...feeling(stages, touchpoints, live(data.cards)) };
}

function live(records: unknown): Drawn[] {
  const all = Array.isArray(records) ? (records as Drawn[]) : [];
  return all.filter((one) => !one.deleted);
}

function feeling(stages: Drawn[], touchpoints: Drawn[], cards: Drawn[]): { line: string; area: string } {
  const places = stages.flatMap((stage) => {
    const own = touchpoints.filter((one) => one.stage === stage.id);
    return own.length ? own : [stage];
  });
  const spots = places.flatMap((one, place): [number, number][] => {
    const level = levelOf(one, cards);
    return level === undefined ? [] : [[((place + 0.5) / places.length) * WIDTH, height(level)]];
  });
  if (spots.length < 2) return { line: "", area: "" };
  const smooth = line().curve(curveMonotoneX);
  const filled = area().y0(HEIGHT).curve(curveMonotoneX);
  return { line: smooth(spots) ?? "", area: filled(spots) ?? "" };
}

function levelOf(place: Drawn, cards: Drawn[]): number | undefined {
  const said = cards.filter((one) => one.at === place.id && typeof one.level === "number").map((one) => one.level!);
  return said.length ? said.reduce((sum, one) => sum + one, 0) / said.length : place.promise?.feeling;
}

function height(level: number): number {
  return FEEL_TOP + ((2 - level) / 4) * (FEEL_BOTTOM - FEEL_TOP);
}
