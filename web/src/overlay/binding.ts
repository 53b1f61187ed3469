/** From an event without a touchpoint to a touchpoint's rule. */
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
  if (ours && theirs) {
    const names = [...new Set([...ours, ...theirs])];
    return { event: names.length === 1 ? names[0] : names };
  }
  const { any } = rule;
  if (Array.isArray(any) && Object.keys(rule).length === 1)
    return any.some((one) => same(one as RuleData, added)) ? rule : { any: [...any, added] };
  return { any: [rule, added] };
}

/** The events of a rule that says nothing else. */
function namesIn(rule: RuleData): string[] | undefined {
  if (Object.keys(rule).length !== 1) return undefined;
  const { event } = rule;
  if (typeof event === "string") return [event];
  return Array.isArray(event) ? (event as string[]) : undefined;
}

function same(a: RuleData, b: RuleData): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
