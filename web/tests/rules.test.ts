import { describe, expect, it } from "vitest";
import { FlowFault } from "~/maps/flow";
import { readRule, sayRule, writeRule } from "~/maps/rules";

function fault(text: string): string {
  try {
    readRule(text);
  } catch (problem) {
    if (problem instanceof FlowFault) return `${problem.at}: ${problem.message}`;
    throw problem;
  }
  return "no fault";
}

describe("a rule as text", () => {
  it("is read as people write it, with and without braces", () => {
    expect(readRule("event: pay, channel: web")).toEqual({ event: "pay", channel: "web" });
    expect(readRule("{event: [pay, 'pay card']}")).toEqual({ event: ["pay", "pay card"] });
    expect(readRule("  ")).toBeUndefined();
  });

  it("knows tests, groups, and numbers", () => {
    expect(
      readRule('any: [{event: {glob: "pay*"}}, {property: {amount: {at_least: 100}}}], not: {channel: store}'),
    ).toEqual({
      any: [{ event: { glob: "pay*" } }, { property: { amount: { at_least: 100 } } }],
      not: { channel: "store" },
    });
    expect(readRule("property: {coupon: {absent: true}, plan: 7}")).toEqual({
      property: { coupon: { absent: true }, plan: "7" },
    });
  });

  it.each([
    { event: "pay" },
    { event: ["a", "b, c", "true", "7", ""] },
    { event: { glob: "*search*" } },
    { event: { regex: '^a"\\d{2}$' } },
    { property: { "a: b": { at_least: 1.5, below: 9 }, "7": { absent: false } } },
    { any: [{ event: "x" }, { all: [{ kind: "review" }, { not: { topic: "Ünï “code”" } }] }] },
    { question: "line\nbreak\ttab" },
  ])("reads back as it was written: %j", (rule) => {
    expect(readRule(writeRule(rule))).toEqual(rule);
  });

  it.each([
    ["evnt: pay", "0: A rule has no “evnt”. Did you mean “event”?"],
    ["event", "5: After “event” a colon and a value are missing."],
    ["event: {globb: x}", "8: A test has no “globb”. Did you mean “glob”?"],
    ["event: [a, b", "12: The closing “]” is missing."],
    ["event: {}", "8: An empty test matches nothing. Say glob, regex, at_least …"],
    ["event: []", "8: An empty list matches nothing."],
    ["event: a b: c", "10: A comma is missing before “: c”."],
    ['event: "a', "7: The closing quotation mark is missing."],
    ["event: {regex: '('}", "15: The pattern “(” cannot be read."],
    ["event: {regex: 'a(?=b)'}", "15: Patterns have no look-around, so that they stay fast."],
    ["event: {regex: '(?<n>a)\\\\k<n>'}", "15: Patterns have no back-references, so that they stay fast."],
    ["event: {regex: 'a{1000}'}", "15: A pattern repeats something 999 times at most."],
    ["event: {regex: '[^]'}", "15: A pattern has an empty “[]”, which matches nothing."],
    ["event: a, event: b", "10: “event” stands here twice."],
    ["any: {event: a}", "6: “any” holds a list of rules: any: [{event: a}, {event: b}]."],
    ["{event: a} x", "11: Nothing was expected after this, but here stands “x”."],
  ])("says what is wrong with %s, and where", (text, says) => {
    expect(fault(text)).toBe(says);
  });

  it("refuses what is nested without end, and does not hang", () => {
    expect(fault("not: {".repeat(50_000))).toBe("77: This is nested too deeply.");
  });

  it("is said as a sentence", () => {
    expect(sayRule({ any: [{ event: { glob: "*a*" } }, { event: "b" }] })).toBe("event is like “*a*” or is “b”");
    expect(sayRule({ event: ["a", "b"], property: { plan: "gold", age: { at_least: 18 } } })).toBe(
      "event is “a” or “b”, and plan is “gold”, and age is at least 18",
    );
    expect(sayRule({ not: { channel: "store" } })).toBe("not (channel is “store”)");
  });
});
