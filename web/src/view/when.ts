/** Instants in words: short on the screen, whole where somebody points at them. */

const STEPS: readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, "second"],
  [3600, "minute"],
  [86_400, "hour"],
  [604_800, "day"],
];
const SIZE = { second: 1, minute: 60, hour: 3600, day: 86_400 } as Partial<Record<Intl.RelativeTimeFormatUnit, number>>;

const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto", style: "short" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const whole = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" });
const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });
const dayInWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const dayAndYearInWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** "just now", "5 min. ago", "yesterday", "3 Nov", "3 Nov 2025". */
export function ago(iso: string, now = Date.now()): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return "";
  const seconds = (now - then) / 1000;
  if (seconds < 45) return "just now";
  const step = STEPS.find(([most]) => seconds < most);
  if (step) return relative.format(-Math.max(1, Math.round(seconds / SIZE[step[1]]!)), step[1]);
  return (new Date(then).getFullYear() === new Date(now).getFullYear() ? day : dayAndYear).format(then);
}

/** "3 November 2026 at 10:24". */
export function instant(iso: string): string {
  const then = Date.parse(iso);
  return Number.isNaN(then) ? "" : whole.format(then);
}

/** "10:24". */
export function timeOfDay(iso: string): string {
  const then = Date.parse(iso);
  return Number.isNaN(then) ? "" : time.format(then);
}

/** Of an instant to come: "today at 14:00", "tomorrow", "in 5 days", "3 March", "3 March 2027". */
export function until(iso: string, now = new Date()): string {
  const then = new Date(iso);
  const days = daysBetween(now, then);
  if (days <= 0) return `today at ${time.format(then)}`;
  if (days === 1) return "tomorrow";
  if (days < 14) return `in ${days} days`;
  return (then.getFullYear() === now.getFullYear() ? dayInWords : dayAndYearInWords).format(then);
}

/** "Today", "Yesterday", "3 Nov", "3 Nov 2025": a heading for what happened on that day. */
export function dayOf(iso: string, now = Date.now()): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return "";
  const today = new Date(now);
  const days = daysBetween(then, today);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return (then.getFullYear() === today.getFullYear() ? day : dayAndYear).format(then);
}

/** "today", "yesterday", "3 Nov": the same within a sentence. */
export function dayWithin(iso: string, now = Date.now()): string {
  return dayOf(iso, now).replace(/^[TY](?=oday|esterday)/, (letter) => letter.toLowerCase());
}

/** "Data to yesterday", "Data to 31 Aug": until when data reach. */
export function sayFresh(last: string, now = Date.now()): string {
  return `Data to ${dayWithin(last, now)}`;
}

/** From the midnight of one to that of the other, whatever the clocks did between. */
function daysBetween(from: Date, to: Date): number {
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
