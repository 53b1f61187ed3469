/** Rules (which events, answers or customers a record means) as one line of text, and as a sentence. */
import { type Flow, FlowFault, parseFlow } from "./flow";

/** What must hold for one field: a text, one of several texts, or a test. */
export type Said = string | string[] | Record<string, unknown>;
export type RuleData = Record<string, unknown>;

const RULE_FIELDS = ["event", "channel", "status", "kind", "question", "topic"] as const;
const GROUPS = ["any", "all"] as const;
const KEYS: readonly string[] = [...RULE_FIELDS, "property", ...GROUPS, "not"];
const NUMBERS = ["above", "at_least", "below", "at_most"];
const TESTS: readonly string[] = ["equals", "any_of", "glob", "regex", ...NUMBERS, "absent"];

/** The rule that the text says; "" is no rule. Throws a FlowFault that says what is wrong and where. */
export function readRule(text: string): RuleData | undefined {
  if (!text.trim()) return undefined;
  return rule(parseFlow(text));
}

function rule(flow: Flow): RuleData {
  if (flow.kind !== "map")
    throw new FlowFault("A rule is written like “event: pay” or “event: pay, channel: web”.", flow.at);
  if (flow.entries.length === 0) throw new FlowFault("An empty rule matches nothing. Say which event it is.", flow.at);
  const found: RuleData = {};
  for (const { key, at, value } of flow.entries) {
    if (!KEYS.includes(key)) throw new FlowFault(unknown(key, KEYS, "A rule has no"), at);
    if (key in found) throw new FlowFault(`“${key}” stands here twice.`, at);
    if (key === "not") found[key] = rule(value);
    else if (key === "any" || key === "all") found[key] = rules(value, key);
    else if (key === "property") found[key] = properties(value);
    else found[key] = said(value);
  }
  return found;
}

function rules(flow: Flow, key: string): RuleData[] {
  if (flow.kind !== "list" || !flow.items.length)
    throw new FlowFault(`“${key}” holds a list of rules: ${key}: [{event: a}, {event: b}].`, flow.at);
  return flow.items.map(rule);
}

function properties(flow: Flow): RuleData {
  if (flow.kind !== "map" || !flow.entries.length)
    throw new FlowFault("“property” names properties: property: {plan: gold}.", flow.at);
  return Object.fromEntries(flow.entries.map(({ key, value }) => [key, said(value)]));
}

function said(flow: Flow): Said {
  if (flow.kind === "scalar") return flow.text;
  if (flow.kind === "list") return texts(flow);
  if (!flow.entries.length) throw new FlowFault("An empty test matches nothing. Say glob, regex, at_least …", flow.at);
  const found: Record<string, unknown> = {};
  for (const { key, at, value } of flow.entries) {
    if (!TESTS.includes(key)) throw new FlowFault(unknown(key, TESTS, "A test has no"), at);
    found[key] = tested(key, value);
  }
  return found;
}

function tested(key: string, value: Flow): unknown {
  if (key === "any_of") {
    if (value.kind !== "list") throw new FlowFault("“any_of” holds a list: [pay, pay_card].", value.at);
    return texts(value);
  }
  if (value.kind !== "scalar") throw new FlowFault(`“${key}” holds one value.`, value.at);
  if (key === "absent") {
    if (value.quoted || !["true", "false"].includes(value.text))
      throw new FlowFault("“absent” is true or false.", value.at);
    return value.text === "true";
  }
  if (key === "regex") checkPattern(value.text, value.at);
  if (NUMBERS.includes(key) && !value.quoted && isNumber(value.text)) return Number(value.text);
  return value.text;
}

function texts(flow: Flow & { kind: "list" }): string[] {
  if (!flow.items.length) throw new FlowFault("An empty list matches nothing.", flow.at);
  return flow.items.map((item) => {
    if (item.kind !== "scalar") throw new FlowFault("A list of names holds names only.", item.at);
    return item.text;
  });
}

/** What patterns cannot have, because the server reads each text in one pass. */
const WITHOUT: readonly (readonly [RegExp, string])[] = [
  [/\(\?(=|!|<=|<!)/, "Patterns have no look-around, so that they stay fast."],
  [/\\[1-9]|\\k</, "Patterns have no back-references, so that they stay fast."],
  [/\{\d{4,}|,\d{4,}\}/, "A pattern repeats something 999 times at most."],
  [/\[\^?\]/, "A pattern has an empty “[]”, which matches nothing."],
  [/\\c[A-Za-z]/, "Patterns have no control letters such as “\\cA”."],
];

function checkPattern(pattern: string, at: number): void {
  for (const [sign, says] of WITHOUT) if (sign.test(pattern)) throw new FlowFault(says, at);
  try {
    new RegExp(pattern.replace(/^\(\?[a-z]+\)/, ""), "u");
  } catch {
    throw new FlowFault(`The pattern “${pattern}” cannot be read.`, at);
  }
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function unknown(key: string, known: readonly string[], begin: string): string {
  const near = known.find((one) => one.startsWith(key) || key.startsWith(one) || distance(one, key) <= 2);
  return `${begin} “${key}”. ${near ? `Did you mean “${near}”?` : `It knows ${known.join(", ")}.`}`;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, number) => number);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** The rule as text that reads back as the same rule. */
export function writeRule(rule: RuleData | undefined | null): string {
  return rule ? entries(rule) : "";
}

function entries(said: Record<string, unknown>): string {
  return Object.entries(said)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${scalar(name)}: ${flowText(value)}`)
    .join(", ");
}

function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (typeof value === "object" && value !== null) return `{${entries(value as Record<string, unknown>)}}`;
  return typeof value === "string" ? scalar(value) : String(value);
}

function scalar(text: string): string {
  const plain =
    /^[\p{L}_][\p{L}\p{N}_ ./-]*$/u.test(text) && text === text.trim() && !/^(true|false|null|yes|no)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** The rule as people say it: “event is pay or pay_card, and channel is web”. */
export function sayRule(rule: RuleData | undefined | null): string {
  if (!rule) return "";
  const parts: string[] = [];
  for (const [name, value] of Object.entries(rule)) {
    if (value === null || value === undefined) continue;
    if (name === "any") parts.push(sayAny(value as RuleData[]));
    else if (name === "all") parts.push((value as RuleData[]).map((one) => bracketed(one)).join(" and "));
    else if (name === "not") parts.push(`not (${sayRule(value as RuleData)})`);
    else if (name === "property")
      parts.push(...Object.entries(value as RuleData).map(([key, test]) => `${key} ${sayTest(test as Said)}`));
    else parts.push(`${name} ${sayTest(value as Said)}`);
  }
  return parts.join(", and ");
}

/** Several tests of one and the same field are told together. */
function sayAny(rules: readonly RuleData[]): string {
  const only = (one: RuleData) => Object.keys(one).length === 1 && RULE_FIELDS.find((field) => field in one);
  const field = rules[0] && only(rules[0]);
  if (field && rules.every((one) => only(one) === field))
    return `${field} ${rules.map((one) => sayTest(one[field] as Said)).join(" or ")}`;
  return rules.map((one) => bracketed(one)).join(" or ");
}

function bracketed(rule: RuleData): string {
  const says = sayRule(rule);
  return Object.keys(rule).length > 1 ? `(${says})` : says;
}

const WORDS: Record<string, (value: unknown) => string> = {
  equals: (value) => `is ${quoted(value)}`,
  any_of: (value) => `is ${(value as unknown[]).map(quoted).join(" or ")}`,
  glob: (value) => `is like ${quoted(value)}`,
  regex: (value) => `matches ${quoted(value)}`,
  above: (value) => `is above ${value}`,
  at_least: (value) => `is at least ${value}`,
  below: (value) => `is below ${value}`,
  at_most: (value) => `is at most ${value}`,
  absent: (value) => (value ? "is missing" : "is there"),
};

function sayTest(test: Said): string {
  if (typeof test === "string") return WORDS.equals!(test);
  if (Array.isArray(test)) return WORDS.any_of!(test);
  const told = Object.entries(test).filter(([, value]) => value !== null && value !== undefined);
  return told.map(([name, value]) => WORDS[name]?.(value) ?? name).join(" and ");
}

function quoted(value: unknown): string {
  return `“${String(value)}”`;
}
