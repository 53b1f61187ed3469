/** One customer's journey as rows by day: what happened, what was said, and how long nothing did. */
import type { EventTold, JourneyTold, WordTold } from "~/contract/api";
import { sayCount } from "./say";

export type Row =
  | { kind: "day"; key: string; at: string }
  | { kind: "silence"; key: string; says: string }
  | { kind: "event"; key: string; event: EventTold }
  | { kind: "word"; key: string; word: WordTold };

const DAY_S = 86_400;
const LONG_S = 2 * DAY_S; // a shorter silence shows by the next day's heading

/** The rows in time order. What was said without a date stands at the end, under a day without one. */
export function rowsOf({ events, feedback }: Pick<JourneyTold, "events" | "feedback">): Row[] {
  const dated = feedback.filter(({ at }) => at !== null);
  const rows: Row[] = [];
  let day = "";
  let said = 0;
  const open = (at: string) => {
    const now = new Date(at).toDateString();
    if (now !== day) rows.push({ kind: "day", key: `day ${rows.length}`, at });
    day = now;
  };
  const sayUntil = (instant: number) => {
    for (; said < dated.length && Date.parse(dated[said]!.at!) < instant; said++) {
      open(dated[said]!.at!);
      rows.push({ kind: "word", key: `word ${said}`, word: dated[said]! });
    }
  };
  for (const [number, event] of events.entries()) {
    sayUntil(Date.parse(event.at));
    const silent = rows.at(-1)?.kind === "event" && event.after_s !== null && event.after_s >= LONG_S;
    if (silent) rows.push({ kind: "silence", key: `silence ${number}`, says: saySilence(event.after_s!) });
    open(event.at);
    rows.push({ kind: "event", key: `event ${number}`, event });
  }
  sayUntil(Number.POSITIVE_INFINITY);
  const undated = feedback.filter(({ at }) => at === null);
  if (undated.length) rows.push({ kind: "day", key: "no day", at: "" });
  for (const [number, word] of undated.entries()) rows.push({ kind: "word", key: `undated ${number}`, word });
  return rows;
}

/** "12 days later", "7 months later". */
export function saySilence(seconds: number): string {
  const days = Math.round(seconds / DAY_S);
  if (days >= 120) return `${sayCount(Math.round(days / 30.44))} months later`;
  return `${sayCount(days)} ${days === 1 ? "day" : "days"} later`;
}

/** "4 of 5"; "4" where the ends of the scale are not known; "2 of 5, 1 is best" where less is better. */
export function sayScore({ score, low, high }: Pick<WordTold, "score" | "low" | "high">): string {
  if (score === null) return "";
  if (high === null) return plain(score);
  if (low !== null && low > high) return `${plain(score)} of ${plain(low)}, ${plain(high)} is best`;
  return `${plain(score)} of ${plain(high)}`;
}

/** What a text feels like: from −2 to +2, in a word. */
export function sayFeeling(level: number | null): "happy" | "content" | "neutral" | "unhappy" | "very unhappy" | "" {
  if (level === null) return "";
  if (level >= 1) return "happy";
  if (level >= 0.25) return "content";
  if (level > -0.25) return "neutral";
  return level > -1 ? "unhappy" : "very unhappy";
}

/** The customer before or after this one in a list; undefined at its ends, and where they are not in it. */
export function beside(ids: readonly string[], id: string, by: 1 | -1): string | undefined {
  const at = ids.indexOf(id);
  return at < 0 ? undefined : ids[at + by];
}

function plain(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
