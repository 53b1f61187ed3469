import { describe, expect, it } from "vitest";
import { leave, type Piece, stagesOf, take } from "~/app/home/pieces";
import { previewOf, WIDTH } from "~/app/home/preview";
import { signInFor, wanted } from "~/app/signIn";
import { told } from "~/view/data/Questions";
import type { Asked } from "~/view/data/reading";
import { nameOf } from "~/view/exchange/download";

function piece(id: string, section: string, needs: string[] = [], record: Record<string, unknown> = {}): Piece {
  return { id, section, needs, record: { id, ...record }, says: "", support: null };
}

const PIECES = [
  piece("buy", "stages", [], { title: "Buying" }),
  piece("look", "touchpoints", ["buy"], { stage: "buy", title: "Looks" }),
  piece("pay", "touchpoints", ["buy"], { stage: "buy", title: "Pays" }),
  piece("look>pay", "links", ["look", "pay"]),
];

describe("the pieces of a proposal", () => {
  it("stand as stages with their touchpoints", () => {
    const found = stagesOf(PIECES).map((one) => [one.title, one.points.map((point) => point.title)]);
    expect(found).toEqual([["Buying", ["Looks", "Pays"]]]);
  });

  it("leave together with all that cannot stand without them", () => {
    const all = new Set(PIECES.map((one) => one.id));
    expect([...leave(PIECES, all, "look")]).toEqual(["buy", "pay"]);
    expect([...leave(PIECES, all, "buy")]).toEqual([]);
  });

  it("come with all that they need", () => {
    expect([...take(PIECES, new Set(), "look>pay")].sort()).toEqual(["buy", "look", "look>pay", "pay"]);
  });

  it("that need each other in a ring can be left and taken", () => {
    const ring = [piece("a", "links", ["b"]), piece("b", "links", ["a"])];
    expect([...leave(ring, new Set(["a", "b"]), "a")]).toEqual([]);
    expect([...take(ring, new Set(), "a")].sort()).toEqual(["a", "b"]);
  });
});

describe("the answers about files", () => {
  const ask = (code: string, flag: string, choices: string[] = []): Asked => ({ code, flag, choices, says: "" });

  it("reach the server in its own words", () => {
    const asked = [
      ask("zone", "--zone NAME"),
      ask("day_first", "--day-first or --month-first"),
      ask("customer", "--customer COLUMN", ["user", "mail"]),
      ask("event", "--event COLUMN", ["what", "page"]),
      ask("scale", "--scale 'stars=1-5'", ["1-5", "0-10"]),
      ask("undated", "--undated", ["--undated"]),
    ];
    const answers = {
      "zone --zone NAME": " Europe/Berlin ",
      "day_first --day-first or --month-first": "month",
      "customer --customer COLUMN": "mail",
      "event --event COLUMN": "what",
      "scale --scale 'stars=1-5'": "0-10",
      "undated --undated": "yes",
    };
    expect(told(asked, answers)).toEqual({
      zone: "Europe/Berlin",
      day_first: false,
      customer: "mail",
      event: "what",
      scales: { stars: [0, 10] },
      undated: true,
    });
  });
});

describe("the small drawing of a map", () => {
  const point = (stage: number, feeling: number | null = null) => ({
    stage,
    feeling,
    moment_of_truth: false,
    front: true,
  });

  it("is empty for an empty map", () => {
    expect(previewOf({ stages: [], points: [] })).toEqual({ stages: [], points: [], line: "", area: "" });
  });

  it("keeps every block inside of the drawing, and three touchpoints a stage at most", () => {
    const points = Array.from({ length: 40 }, (_, place) => point(place % 8));
    const drawn = previewOf({ stages: "abcdefgh".split(""), points });
    expect(drawn.points).toHaveLength(24);
    expect(Math.min(...drawn.stages.map((one) => one.x))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn.stages.map((one) => one.x + one.width))).toBeLessThanOrEqual(WIDTH);
  });

  it("has a line only where two places or more have a feeling", () => {
    expect(previewOf({ stages: ["a"], points: [point(0, 1), point(0)] }).line).toBe("");
    expect(previewOf({ stages: ["a"], points: [point(0, 1), point(0, -1)] }).line).toMatch(/^M0,/);
  });
});

describe("small things", () => {
  it("come back only to addresses of this app", () => {
    const to = (address: string) => wanted(`to=${encodeURIComponent(address)}`);
    expect(to("/maps/1")).toBe("/maps/1");
    expect(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"].map(to)).toEqual([
      "/",
      "/",
      "/",
      "/",
    ]);
  });

  it("come back after signing in to the very place, with what stands after the “?”", () => {
    const asked = signInFor({ pathname: "/maps/1", search: "?comment=c-1&x=ä" });
    expect(wanted(asked.slice(asked.indexOf("?")))).toBe("/maps/1?comment=c-1&x=ä");
  });

  it("find the name of a file in its header", () => {
    expect(nameOf('attachment; filename="a stay.pdf"')).toBe("a stay.pdf");
    expect(nameOf(null)).toBeUndefined();
  });
});
