/** The lanes of the board from top to bottom: what each is called, says and holds. */
import type { Lane } from "~/maps/outline";

/** `cards`: statements; `touchpoints`: the touchpoints themselves; `curve`: the emotion curve; `line`: only a line. */
export interface LaneRow {
  id: string;
  title: string;
  about: string;
  kind: "touchpoints" | "cards" | "curve" | "line";
  lane?: Lane;
  /** Behind the line of visibility. */
  backstage?: boolean;
}

export const LANE_ROWS: readonly LaneRow[] = [
  { id: "doing", title: "Doing", about: "What the customer does", kind: "cards", lane: "doing" },
  { id: "touchpoints", title: "Touchpoints", about: "Where customer and company meet", kind: "touchpoints" },
  { id: "thinking", title: "Thinking", about: "What the customer thinks or asks", kind: "cards", lane: "thinking" },
  { id: "curve", title: "Emotion", about: "How it is meant to feel, from −2 to +2", kind: "curve" },
  { id: "feeling", title: "Feeling", about: "How it feels, in words", kind: "cards", lane: "feeling" },
  { id: "quote", title: "Quotes", about: "What customers say, word for word", kind: "cards", lane: "quote" },
  { id: "pain", title: "Pains", about: "What hurts", kind: "cards", lane: "pain" },
  { id: "opportunity", title: "Opportunities", about: "What could be better", kind: "cards", lane: "opportunity" },
  { id: "content", title: "Content", about: "What the customer reads or gets", kind: "cards", lane: "content" },
  { id: "visibility", title: "Line of visibility", about: "Below it, customers see nothing", kind: "line" },
  {
    id: "process",
    title: "Back stage",
    about: "What happens behind it",
    kind: "cards",
    lane: "process",
    backstage: true,
  },
  { id: "note", title: "Notes", about: "Anything else", kind: "cards", lane: "note", backstage: true },
];
