import { describe, expect, test } from "vitest";
import type { PropertyKnown } from "~/contract/api";
import { MapDocument } from "~/maps/document";
import { partOf } from "~/overlay/flow/whose";
import { sayGroup, sayGroups } from "~/overlay/groups";
import { groupingOf, groupings } from "~/overlay/lens";
import { groupingBy, readSegment, restOf, segmentOf, segmentsOf, toChoose } from "~/overlay/segments";

const PLAN: PropertyKnown = { property: "plan", customers: 90, distinct: 2, common: 2, values: ["pro", "free"] };
const CITY: PropertyKnown = {
  property: "home_city",
  customers: 90,
  distinct: 400,
  common: 60,
  values: ["Bonn", "Köln"],
};
const ODD = ["a|b", "x=y=z", "50%", "%7C", "(none)", "a b", "ä|=%"];

describe("a value of a property", () => {
  test("of few is asked with all of them, of many alone beside the rest", () => {
    expect(groupings({ group: segmentOf(PLAN, "pro"), beside: segmentOf(PLAN, "free") })).toEqual(["property:plan"]);
    expect(groupings({ group: segmentOf(CITY, "Bonn"), beside: "" })).toEqual(["property:home_city|Bonn"]);
  });

  test.each(ODD)("is read again as it was written: %s", (value) => {
    for (const known of [PLAN, CITY]) {
      const group = segmentOf(known, value);
      expect(readSegment(group)).toEqual({ property: known.property, value, rest: false });
      expect(partOf(group, "")).toEqual({ property: `${known.property}=${value}` });
      const rest = restOf(group)!;
      expect(readSegment(rest)).toEqual({ property: known.property, value, rest: true });
      expect([restOf(rest), partOf(rest, "")]).toEqual([undefined, undefined]);
    }
  });

  test("has others beside it that the same question answers", () => {
    const group = segmentOf(CITY, "Bonn");
    expect(groupings({ group, beside: restOf(group)! })).toEqual(["property:home_city|Bonn"]);
  });

  test("no other group is one", () => {
    for (const group of ["", "persona:maya", "channel:web", "promise:delivery=kept"])
      expect([readSegment(group), restOf(group)]).toEqual([undefined, undefined]);
  });
});

test("customers are divided by the most frequent of many values, and the rest", () => {
  expect(groupingBy(PLAN)).toBe("property:plan");
  const many = { ...CITY, values: Array.from({ length: 12 }, (_, at) => (at ? `c${at}` : "a|b")) };
  expect(groupingBy(many)).toBe("property:home_city|a%7Cb|c1|c2|c3|c4|c5|c6|c7");
  const rest = `${groupingBy(many)}=(other)`;
  expect(groupingOf(rest)).toBe(groupingBy(many));
  expect(sayGroup(new MapDocument(), rest)).toBe("home city other than these");
});

test("few values stand in the list, of many the property", () => {
  const options = segmentsOf([CITY, PLAN]);
  expect(options.map(({ title, under }) => [title, under])).toEqual([
    ["pro", "Plan"],
    ["free", "Plan"],
    ["Home city…", "More properties"],
  ]);
  expect(options.map(({ value }) => toChoose(value))).toEqual([undefined, undefined, "home_city"]);
});

test("a property whose every value few people share is not told value by value", () => {
  const rare = { ...CITY, property: "street", common: 1, values: ["High Street"] };
  expect(segmentsOf([rare]).map(({ title }) => title)).toEqual(["Street…"]);
});

test("groups are said in words; of one property side by side, by their values", () => {
  const map = new MapDocument();
  const bonn = segmentOf(CITY, "Bonn");
  expect(sayGroup(map, bonn)).toBe("home city = Bonn");
  expect(sayGroup(map, restOf(bonn)!)).toBe("home city other than Bonn");
  expect(sayGroups(map, [bonn, restOf(bonn)!])).toEqual(["Bonn", "All others"]);
  expect(sayGroups(map, [bonn, segmentOf(PLAN, "pro")])).toEqual(["Bonn", "pro"]);
});
