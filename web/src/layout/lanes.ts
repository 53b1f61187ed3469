/** The lanes of the board from top to bottom: what each is called, says and holds. */
import type { Lane } from "~/maps/outline";

/** What a lane's colour means: what people do, think, feel, suffer, could have; or nothing in particular. */
export type Tone = "plain" | "sky" | "amber" | "coral" | "leaf" | "quiet";

/** `cards`: statements; `touchpoints`: the touchpoints themselves; `curve`: the emotion curve; `line`: only a line;
 * `numbers`: what was measured. */
export interface LaneRow {
  id: string;
  title: string;
  /** What one card of it is called. */
  one: string;
  about: string;
  kind: "touchpoints" | "cards" | "curve" | "line" | "numbers";
  lane?: Lane;
  tone: Tone;
  /** Behind the line of visibility. */
  backstage?: boolean;
}

function cards(lane: Lane, title: string, one: string, about: string, tone: Tone, backstage = false): LaneRow {
  return { id: lane, title, one, about, kind: "cards", lane, tone, backstage };
}

export const LANE_ROWS: readonly LaneRow[] = [
  {
    id: "touchpoints",
    title: "Touchpoints",
    one: "Touchpoint",
    about: "Where customer and company meet",
    kind: "touchpoints",
    tone: "plain",
  },
  {
    id: "numbers",
    title: "Measured",
    one: "",
    about: "What customers do here, in numbers",
    kind: "numbers",
    tone: "sky",
  },
  cards("doing", "Doing", "Action", "What the customer does", "plain"),
  cards("thinking", "Thinking", "Thought", "What the customer thinks or asks", "sky"),
  {
    id: "curve",
    title: "Emotion",
    one: "Feeling",
    about: "How it is meant to feel, from −2 to +2",
    kind: "curve",
    tone: "amber",
  },
  cards("feeling", "Feeling", "Feeling", "How it feels, in words", "amber"),
  cards("quote", "Quotes", "Quote", "What customers say, word for word", "quiet"),
  cards("pain", "Pains", "Pain", "What hurts", "coral"),
  cards("opportunity", "Opportunities", "Opportunity", "What could be better", "leaf"),
  cards("content", "Content", "Content", "What the customer reads or gets", "plain"),
  {
    id: "visibility",
    title: "Line of visibility",
    one: "",
    about: "Below it, customers see nothing",
    kind: "line",
    tone: "plain",
  },
  {
    id: "behind",
    title: "Behind it",
    one: "Touchpoint",
    about: "Touchpoints that customers do not see",
    kind: "touchpoints",
    tone: "quiet",
    backstage: true,
  },
  cards("process", "Back stage", "Step", "What happens behind it", "quiet", true),
  cards("note", "Notes", "Note", "Anything else", "quiet", true),
];
