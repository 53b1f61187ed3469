/** YAML in one line: mappings, lists and values, as people write rules; the outer braces may be left out. */

export type Flow =
  | { kind: "map"; at: number; entries: { key: string; at: number; value: Flow }[] }
  | { kind: "list"; at: number; items: Flow[] }
  | { kind: "scalar"; at: number; text: string; quoted: boolean };

/** The text cannot be read. `at` is the place in it, counted from 0. */
export class FlowFault extends Error {
  constructor(
    says: string,
    readonly at: number,
  ) {
    super(says);
  }
}

/** What the text says. Throws a FlowFault. */
export function parseFlow(text: string): Flow {
  const reader = new Reader(text);
  reader.space();
  const found = reader.peek() === "{" || reader.peek() === "[" ? reader.value() : reader.map("");
  reader.space();
  if (!reader.done())
    throw new FlowFault(`Nothing was expected after this, but here stands “${reader.peek()}”.`, reader.at);
  return found;
}

const DEEP = 12;

class Reader {
  at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  peek(): string {
    return this.text[this.at] ?? "";
  }

  done(): boolean {
    return this.at >= this.text.length;
  }

  space(): void {
    while (/\s/.test(this.peek())) this.at++;
  }

  value(): Flow {
    this.space();
    const sign = this.peek();
    if (sign !== "{" && sign !== "[") return this.scalar();
    if (++this.depth > DEEP) throw new FlowFault("This is nested too deeply.", this.at);
    this.at++;
    const found = sign === "{" ? this.map("}") : this.list();
    this.depth--;
    return found;
  }

  /** The entries up to the end sign; "" is the end of the text. */
  map(end: string): Flow {
    const found: Flow = { kind: "map", at: this.at, entries: [] };
    for (;;) {
      this.space();
      if (this.ends(end)) return found;
      const key = this.scalar();
      this.space();
      if (this.peek() !== ":") throw new FlowFault(`After “${key.text}” a colon and a value are missing.`, this.at);
      this.at++;
      found.entries.push({ key: key.text, at: key.at, value: this.value() });
      this.comma(end);
    }
  }

  private list(): Flow {
    const found: Flow = { kind: "list", at: this.at, items: [] };
    for (;;) {
      this.space();
      if (this.ends("]")) return found;
      found.items.push(this.value());
      this.comma("]");
    }
  }

  private ends(end: string): boolean {
    if (end === "") return this.done();
    if (this.done()) throw new FlowFault(`The closing “${end}” is missing.`, this.text.length);
    if (this.peek() !== end) return false;
    this.at++;
    return true;
  }

  private comma(end: string): void {
    this.space();
    if (this.peek() === ",") this.at++;
    else if (!this.done() && this.peek() !== end)
      throw new FlowFault(`A comma is missing before “${this.text.slice(this.at, this.at + 12)}”.`, this.at);
  }

  private scalar(): Flow & { kind: "scalar" } {
    const at = this.at;
    const sign = this.peek();
    if (sign === '"' || sign === "'") return { kind: "scalar", at, text: this.quoted(sign), quoted: true };
    while (!this.done() && !this.stops()) this.at++;
    const text = this.text.slice(at, this.at).trim();
    if (!text) throw new FlowFault("A value is missing here.", at);
    return { kind: "scalar", at, text, quoted: false };
  }

  /** A colon ends a plain text only before a space or the end, so that `a:b` is a text. */
  private stops(): boolean {
    const sign = this.peek();
    if (sign === ":") return /^(\s|$|[[{"'])/.test(this.text.slice(this.at + 1, this.at + 2));
    return "{}[],\n".includes(sign);
  }

  private quoted(sign: string): string {
    const at = this.at++;
    let text = "";
    while (this.peek() !== sign) {
      if (this.done()) throw new FlowFault("The closing quotation mark is missing.", at);
      if (sign === '"' && this.peek() === "\\") text += this.escaped();
      else text += this.text[this.at++];
      if (sign === "'" && this.peek() === "'" && this.text[this.at + 1] === "'") {
        text += "'";
        this.at += 2;
      }
    }
    this.at++;
    return text;
  }

  private escaped(): string {
    const next = this.text[this.at + 1] ?? "";
    if (next === "u") {
      const code = this.text.slice(this.at + 2, this.at + 6);
      this.at += 6;
      return String.fromCharCode(Number.parseInt(code, 16) || 0xfffd);
    }
    this.at += 2;
    return { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" }[next] ?? next;
  }
}
