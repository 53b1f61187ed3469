/** How far a map may be believed: its score in parts, what does not hold, and cards by what is wrong with them. */
import type { CardGraded, CheckFailed, MapTruth, TruthPart } from "~/contract/api";
import { sayMany } from "./say";

/** What a part is called, and what raises it. */
export const PARTS: Readonly<Record<string, { title: string; way: string }>> = {
  fitness: {
    title: "Journeys fit the map",
    way: "Look at the difference, and draw what customers do: touchpoints that are missing, steps that many skip.",
  },
  explained: {
    title: "Events are explained",
    way: "Bind the events that stand on no touchpoint, or add them to the map.",
  },
  covered: {
    title: "Touchpoints have data",
    way: "Bind the touchpoints that no event reaches, or take away those where nobody comes.",
  },
  agreement: {
    title: "Feelings and promises hold",
    way: "Set the feelings to what is measured; keep the promises that are broken, or promise what can be kept.",
  },
  evidence: {
    title: "Cards are grounded",
    way: "Correct the cards that data speak against; ask customers about those that nobody observed.",
  },
  review: {
    title: "The map was looked at",
    way: "Look at the map together, and note the day of the review in what the map says about itself.",
  },
};

const CHECKS: Readonly<Record<string, string>> = {
  promise: "Broken promise",
  drift: "Journeys have changed",
  source: "A source fell silent",
  data: "The data are old",
  review: "The review is due",
  truth: "The score is low",
};

/** "Broken promise". */
export function sayCheck({ check }: Pick<CheckFailed, "check">): string {
  return CHECKS[check] ?? check;
}

/** "71 of 100"; without a part that can be told there is no score. */
export function sayScore({ truth: { score } }: MapTruth): string {
  return score === null ? "Not known" : `${Math.round(score)} of 100`;
}

export function titleOf({ name }: TruthPart): string {
  return PARTS[name]?.title ?? name;
}

/** Cards that have the same thing wrong with them, and what to do about it. */
export interface Doubtful {
  id: "wrong" | "stale" | "unproven";
  title: string;
  way: string;
  cards: readonly { card: CardGraded; why: string }[];
}

/** Cards that data speak against, that were observed long ago, that nobody observed; each card once. */
export function doubtful({ cards, reminders }: MapTruth): Doubtful[] {
  const old = new Map(reminders.filter(({ kind }) => kind === "card").map(({ at, says }) => [at, says]));
  const wrong = cards.filter(({ grade }) => grade === "contradicted");
  const stale = cards.filter(({ card, grade }) => old.has(card) && grade !== "contradicted");
  const unproven = cards.filter(({ card, grade }) => grade === "assumed only" && !old.has(card));
  const why = (card: CardGraded) => ({ card, why: card.why });
  return [
    {
      id: "wrong",
      title: "Wrong",
      way: "What is measured lies surely elsewhere. Correct the card, or find out why the data say so.",
      cards: wrong.map(why),
    },
    {
      id: "stale",
      title: "Stale",
      way: "Observed long ago. Ask customers again, and note the new day at the card.",
      cards: stale.map((card) => ({ card, why: old.get(card.card)! })),
    },
    {
      id: "unproven",
      title: "Unproven",
      way: "Nobody observed it and nothing measures it. Ask, watch, or name a measure as its evidence.",
      cards: unproven.map(why),
    },
  ];
}

/** How a grade is shown on a card: filled steps of three, and its word. */
export const GRADES: Readonly<Record<CardGraded["grade"], { steps: number; says: string }>> = {
  strong: { steps: 3, says: "Strongly grounded" },
  fair: { steps: 2, says: "Fairly grounded" },
  weak: { steps: 1, says: "Weakly grounded" },
  "assumed only": { steps: 0, says: "Assumed only" },
  contradicted: { steps: 0, says: "Contradicted" },
};

/** "Fairly grounded: drawn +1.0, measured +1.2 [+1.0, +1.3]; 412 customers." */
export function sayGrade({ grade, why, customers }: CardGraded): string {
  const heard = customers ? `; ${sayMany(customers, "customer")}` : "";
  return `${GRADES[grade].says}: ${why}${heard}.`;
}
