/** How the line of each voice looks. Never by colour alone: each has a dash and a mark of its own. */
import type { Voice } from "~/maps/curve";

export interface Look {
  stroke: string;
  fill: string;
  text: string;
  dash: string | undefined;
  /** A path around 0, 0, about 10 wide. */
  mark: string;
}

const CIRCLE = "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z";
const SQUARE = "M-4.5-4.5h9v9h-9Z";
const DIAMOND = "M0-6L6 0L0 6L-6 0Z";
const TRIANGLE = "M0-6L5.6 4.5H-5.6Z";
const CROSS = "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4Z";

const EVERYBODY: Look = {
  stroke: "stroke-spruce",
  fill: "fill-spruce",
  text: "text-spruce",
  dash: undefined,
  mark: CIRCLE,
};

const PERSONAS: readonly Look[] = [
  { stroke: "stroke-sky", fill: "fill-sky", text: "text-sky", dash: "9 4", mark: SQUARE },
  { stroke: "stroke-amber", fill: "fill-amber", text: "text-amber", dash: "2 4", mark: DIAMOND },
  { stroke: "stroke-leaf", fill: "fill-leaf", text: "text-leaf", dash: "12 3 2 3", mark: TRIANGLE },
  { stroke: "stroke-coral", fill: "fill-coral", text: "text-coral", dash: "6 3 2 3 2 3", mark: CROSS },
  { stroke: "stroke-ink-soft", fill: "fill-ink-soft", text: "text-ink-soft", dash: "16 5", mark: CIRCLE },
];

/** The look of a voice; a persona keeps its look as long as those before it stay. */
export function lookOf(voice: Voice, personas: readonly { id: string }[]): Look {
  if (voice === null) return EVERYBODY;
  const place = personas.findIndex((one) => one.id === voice);
  return PERSONAS[Math.max(0, place) % PERSONAS.length]!;
}
