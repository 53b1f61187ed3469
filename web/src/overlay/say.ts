/** How numbers are said: in their unit, rounded to what a reader can use. The same words as in reports and the terminal. */

const NARROW = "\u202f"; // narrow no-break space, before a per cent sign
const FIRM = "\u00a0"; // no-break space, before a unit that is a word
const CENTS = 1000; // of money from this size on nobody reads the hundredths
export const NOT_MEASURED = "not measured";

/** A value in its unit: "38.2 %", "+39.8", "10.1 days", "12.40 EUR", "132,368 EUR", "4,012". */
export function sayValue(value: number, unit: string): string {
  if (unit === "share") return `${sayNumber(100 * value, places(100 * value))}${NARROW}%`;
  if (unit === "s") return sayDuration(value).replace(".0 ", " ").replaceAll(" ", FIRM).replaceAll("-", "−");
  if (unit === "points" || unit === "level") return signed(value, 1);
  if (unit.startsWith("money")) return unitless(`${sayNumber(value, cents(value))}${FIRM}${unit.split(":")[1] ?? ""}`);
  if (unit.startsWith("score") || unit === "per journey") return sayNumber(value, 2);
  return sayNumber(value, Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 2);
}

/** Both ends, the unit said once: "36.9–39.5 %"; with "to" where a minus would blur the dash. */
export function sayInterval(low: number, high: number, unit: string): string {
  let [one, other] = [sayValue(low, unit), sayValue(high, unit)];
  if ((unit === "points" || unit === "level") && one === other) [one, other] = [signed(low, 2), signed(high, 2)];
  const space = [NARROW, FIRM].find((mark) => other.includes(mark));
  const tail = space ? other.slice(other.lastIndexOf(space)) : "";
  if (tail && one.endsWith(tail)) one = one.slice(0, -tail.length);
  return `${one}${/[−+]/.test(one + other) ? " to " : "–"}${other}`;
}

/** A difference with its sign; a difference of shares in percentage points. */
export function sayEffect(value: number, unit: string): string {
  if (unit === "share") return `${signed(100 * value, 1)}${FIRM}pp`;
  if (unit.startsWith("money:")) return `${signed(value, cents(value))}${FIRM}${unit.split(":")[1]}`;
  return signed(value, 2);
}

/** Both ends of a difference, the unit said once: "−66.0 to −58.0 pp". */
export function sayEffectRange(low: number, high: number, unit: string): string {
  return `${sayEffect(low, unit).split(FIRM)[0]} to ${sayEffect(high, unit)}`;
}

/** So many of these: "1 customer", "4,012 customers". */
export function sayMany(count: number, one: string): string {
  return `${sayCount(count)} ${one}${count === 1 ? "" : "s"}`;
}

/** The text as a sentence begins. */
export function sayFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function sayCount(count: number): string {
  return sayNumber(count, 0);
}

function sayDuration(seconds: number): string {
  const size = Math.abs(seconds);
  for (const [unit, length] of [
    ["days", 86_400],
    ["h", 3600],
    ["min", 60],
  ] as const)
    if (size >= 1.5 * length) return `${plain(seconds / length, size < 100 * length ? 1 : 0)} ${unit}`;
  return `${plain(seconds, size >= 10 || Number.isInteger(seconds) ? 0 : 1)} s`;
}

function signed(value: number, digits: number): string {
  const text = plain(Math.abs(value), digits);
  const zero = !/[1-9]/.test(text);
  return zero ? text : `${value < 0 ? "−" : "+"}${text}`;
}

function sayNumber(value: number, digits: number): string {
  return plain(value, digits).replaceAll("-", "−");
}

/** Thousands parted by commas, rounded by the number's exact value, and half to even as Python does it. */
function plain(value: number, digits: number): string {
  const [whole, part] = (isTie(value, digits) ? even(value, digits) : value).toFixed(digits).split(".");
  return whole!.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
}

/** The value stands exactly between two numbers of so many digits: in binary only odd multiples of 5^digits do. */
function isTie(value: number, digits: number): boolean {
  const halves = value * 2 * 10 ** digits;
  return Number.isSafeInteger(halves) && halves % 2 !== 0 && halves % 5 ** digits === 0;
}

function even(value: number, digits: number): number {
  const below = Math.floor(value * 10 ** digits);
  return (below % 2 === 0 ? below : below + 1) / 10 ** digits;
}

function cents(money: number): number {
  return Math.abs(money) < CENTS ? 2 : 0;
}

function places(percent: number): number {
  return percent === 0 || percent === 100 ? 0 : Math.abs(percent) < 1 ? 2 : 1;
}

function unitless(text: string): string {
  return text.endsWith(FIRM) ? text.slice(0, -1) : text;
}
