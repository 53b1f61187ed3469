/** From events and answers that nothing on the map claims to the rules of its places. */
import type { RuleData } from "~/maps/rules";

export interface Unmatched {
  event: string;
  channel: string | null;
  /** What the sources call the channel: rules look at that. */
  named: readonly string[];
  /** Others of this name are on the map, so the rule has to say through which channel. */
  elsewhere: boolean;
}

/** The rule that means these events and no others of their name that are on the map already. */
export function ruleFor({ event, channel, named, elsewhere }: Unmatched): RuleData {
  if (!elsewhere) return { event };
  if (channel === null || named.length === 0) return { event, channel: { absent: true } };
  return { event, channel: named.length === 1 ? named[0] : [...named] };
}

/** The rule with what is added: plain names of events are listed, all else stands beside it. */
export function widen(rule: RuleData | undefined | null, added: RuleData): RuleData {
  if (!rule || same(rule, added)) return added;
  const ours = namesIn(rule);
  const theirs = namesIn(added);
  if (ours && theirs && ours.field === theirs.field) return named(ours.field, [...ours.names, ...theirs.names]);
  const { any } = rule;
  if (Array.isArray(any) && Object.keys(rule).length === 1)
    return any.some((one) => same(one as RuleData, added)) ? rule : { any: [...any, added] };
  return { any: [rule, added] };
}

export interface AskedOf {
  kind: string;
  question: string | null;
}

/** The rule that means the answers to a question; where nothing was asked, all of their kind. */
export function answersRule({ kind, question }: AskedOf): RuleData {
  return question === null ? { kind } : { question };
}

/** The rule without a part that was added to it; nothing where nothing is left. A rule that says it otherwise stays. */
export function narrow(rule: RuleData | undefined | null, gone: RuleData): RuleData | undefined {
  if (!rule || same(rule, gone)) return undefined;
  const ours = namesIn(rule);
  const theirs = namesIn(gone);
  if (ours && theirs && ours.field === theirs.field) {
    const left = ours.names.filter((one) => !theirs.names.includes(one));
    if (left.length === ours.names.length) return rule;
    return left.length ? named(ours.field, left) : undefined;
  }
  const { any } = rule;
  if (!Array.isArray(any) || Object.keys(rule).length !== 1) return rule;
  const left = (any as RuleData[]).filter((one) => !same(one, gone));
  if (left.length === any.length) return rule;
  return left.length > 1 ? { any: left } : left[0];
}

interface Names {
  field: string;
  names: string[];
}

/** The plain texts of a rule about one field that says nothing else. */
function namesIn(rule: RuleData): Names | undefined {
  const [field, ...more] = Object.keys(rule);
  if (!field || more.length || !["event", "question", "kind"].includes(field)) return undefined;
  const said = rule[field];
  if (typeof said === "string") return { field, names: [said] };
  return Array.isArray(said) ? { field, names: said as string[] } : undefined;
}

function named(field: string, all: readonly string[]): RuleData {
  const names = [...new Set(all)];
  return { [field]: names.length === 1 ? names[0] : names };
}

function same(a: RuleData, b: RuleData): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
