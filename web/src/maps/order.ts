/** Order keys: texts of 0–9, A–Z, a–z that never end in 0, so that there is always room below one. As in Python. */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A key that sorts after `before` and before `after`; null: no bound. Throws where there is no room. */
export function keyBetween(before: string | null, after: string | null): string {
  const low = before ?? "";
  if (after === null) return above(low);
  if (low >= after) throw new Error(`no key lies between ${before} and ${after}`);
  return middle(low, after);
}

/** The next key: a step up in the last digit that has room, so that appending keeps keys short. */
function above(low: string): string {
  for (let place = 0; place < low.length; place++) {
    const digit = low[place]!;
    if (digit !== DIGITS.at(-1)) return low.slice(0, place) + DIGITS[DIGITS.indexOf(digit) + 1];
  }
  return `${low}V`;
}

/** Digit by digit: the same while they agree, then half way, then above the lower one. */
function middle(low: string, high: string): string {
  let key = "";
  for (let place = 0; place <= Math.max(low.length, high.length); place++) {
    const floor = place < low.length ? DIGITS.indexOf(low[place]!) : 0;
    const ceiling = place < high.length ? DIGITS.indexOf(high[place]!) : DIGITS.length;
    if (floor === ceiling) {
      key += DIGITS[floor];
      continue;
    }
    if (ceiling - floor > 1) return key + DIGITS[Math.floor((floor + ceiling) / 2)];
    const rest = low.slice(place + 1);
    return key + DIGITS[floor] + (rest ? above(rest) : "V");
  }
  throw new Error(`no key lies between ${low} and ${high}`);
}

/** That many ascending keys between two others. */
export function keysBetween(before: string | null, after: string | null, count: number): string[] {
  const keys: string[] = [];
  let last = before;
  for (let number = 0; number < count; number++) {
    last = keyBetween(last, after);
    keys.push(last);
  }
  return keys;
}

/** Sorts by key, ties by id. */
export function inOrder<R extends { order?: string | null; id: string }>(records: readonly R[]): R[] {
  return [...records].sort((a, b) => compare(a.order ?? "~", b.order ?? "~") || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
