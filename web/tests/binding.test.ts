import { describe, expect, it } from "vitest";
import { readRule, writeRule } from "~/maps/rules";
import { answersRule, narrow, ruleFor, widen } from "~/overlay/binding";

const met = { event: "pay", channel: "web", named: ["Web Shop"], elsewhere: false };

describe("the rule for an event without a touchpoint", () => {
  it("names the event alone where all of its name are off the map", () => {
    expect(ruleFor(met)).toEqual({ event: "pay" });
  });

  it("names the channel as the sources do where others of its name are on the map", () => {
    expect(ruleFor({ ...met, elsewhere: true })).toEqual({ event: "pay", channel: "Web Shop" });
    expect(ruleFor({ ...met, elsewhere: true, named: ["A", "B"] })).toEqual({ event: "pay", channel: ["A", "B"] });
    expect(ruleFor({ ...met, elsewhere: true, channel: null, named: [] })).toEqual({
      event: "pay",
      channel: { absent: true },
    });
  });
});

describe("a touchpoint's rule, widened", () => {
  it("is the new rule where there was none", () => {
    expect(widen(undefined, { event: "pay" })).toEqual({ event: "pay" });
    expect(widen({ event: "pay" }, { event: "pay" })).toEqual({ event: "pay" });
  });

  it("lists plain names, each once", () => {
    expect(widen({ event: "pay" }, { event: "pay_card" })).toEqual({ event: ["pay", "pay_card"] });
    expect(widen({ event: ["pay", "pay_card"] }, { event: "pay" })).toEqual({ event: ["pay", "pay_card"] });
  });

  it("keeps all else as it was, beside the new part", () => {
    const old = { event: "pay", channel: "web" };
    const both = { any: [old, { event: "cash" }] };
    expect(widen(old, { event: "cash" })).toEqual(both);
    expect(widen(both, { event: "card" })).toEqual({ any: [old, { event: "cash" }, { event: "card" }] });
    expect(widen(both, { event: "cash" })).toBe(both);
  });

  it("reads back as it was written, whatever the event is called", () => {
    for (const event of ['=cmd|"x"', "a: b, c", "{[", "true", " lead", "ä\n"]) {
      const rule = widen({ event: "pay" }, ruleFor({ ...met, event }));
      expect(readRule(writeRule(rule))).toEqual(rule);
    }
  });
});

describe("answers to a question", () => {
  const review = answersRule({ kind: "review", question: "Review score" });

  it("are meant by the question, or by their kind where nothing was asked", () => {
    expect(review).toEqual({ question: "Review score" });
    expect(answersRule({ kind: "chat", question: null })).toEqual({ kind: "chat" });
  });

  it("are taken out of a rule as they were put in", () => {
    const others = [undefined, { question: "ease" }, { question: ["a", "b"] }, { question: "ease", channel: "web" }];
    for (const rule of others) expect(narrow(widen(rule, review), review)).toEqual(rule);
  });

  it("leave nothing of a rule that names only them", () => {
    for (const rule of [review, { question: ["Review score"] }, { any: [review] }])
      expect(narrow(rule, review)).toBeUndefined();
  });

  it("leave a rule alone that does not name them", () => {
    for (const rule of [{ question: ["a", "b"] }, { topic: "delivery" }, { any: [{ topic: "a" }, { topic: "b" }] }])
      expect(narrow(rule, review)).toBe(rule);
  });
});
