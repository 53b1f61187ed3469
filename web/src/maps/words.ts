/** What changed in a text, word by word. */

export interface Change {
  text: string;
  kind: "same" | "gone" | "new";
}

const MOST = 400; // words of either side; longer texts are told as a whole

/** The way from one text to the other: words that stay, go and come. Neighbours of one kind are one piece. */
export function wordChanges(was: string, is: string): Change[] {
  const a = words(was);
  const b = words(is);
  if (a.length > MOST || b.length > MOST)
    return joined([
      { text: was, kind: "gone" },
      { text: is, kind: "new" },
    ]);
  const longest = table(a, b);
  const found: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ text: a[i]!, kind: "same" });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      found.push({ text: a[i++]!, kind: "gone" });
    } else {
      found.push({ text: b[j++]!, kind: "new" });
    }
  }
  return joined(found);
}

function words(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}_’']+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** How many words the ends of both texts have in common, from each pair of places. */
function table(a: readonly string[], b: readonly string[]): number[][] {
  const found = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      found[i]![j] = a[i] === b[j] ? found[i + 1]![j + 1]! + 1 : Math.max(found[i + 1]![j]!, found[i]![j + 1]!);
  return found;
}

function joined(changes: readonly Change[]): Change[] {
  const found: Change[] = [];
  for (const one of changes) {
    const last = found.at(-1);
    if (!one.text) continue;
    if (last?.kind === one.kind) last.text += one.text;
    else found.push({ ...one });
  }
  return found;
}

/** "1 vote", "3 votes". */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
