import { describe, expect, it } from "vitest";
import { clearLevel, curveOf, setLevel, signed, tenths } from "~/maps/curve";
import { MapDocument } from "~/maps/document";
import { bridgePath, type CurveColumn, heightOf, levelAt, spotsOf } from "~/view/curve/paths";

function newMap(): MapDocument {
  const map = new MapDocument();
  map.edit(() => {
    map.add({ id: "ana", section: "personas", order: "a", title: "Ana" });
    map.add({ id: "buy", section: "stages", order: "a", title: "Buying" });
    for (const [place, id] of ["look", "pay", "wait"].entries())
      map.add({ id, section: "touchpoints", order: String(place + 1), stage: "buy", title: id });
  });
  return map;
}

function lines(map: MapDocument, asked: string | null = null): Record<string, Record<string, string>> {
  return Object.fromEntries(
    curveOf(map, asked).map((line) => [
      line.voice ?? "everybody",
      Object.fromEntries([...line.points].map(([at, { level, from }]) => [at, `${level} ${from}`])),
    ]),
  );
}

describe("the emotion curve", () => {
  it("is empty on an empty map", () => {
    expect(lines(new MapDocument())).toEqual({ everybody: {} });
  });

  it("has a line for everybody, and one for each persona who feels otherwise somewhere", () => {
    const map = newMap();
    map.edit(() => {
      setLevel(map, "look", null, 1);
      setLevel(map, "pay", null, -0.5);
      setLevel(map, "pay", "ana", -2);
    });
    expect(lines(map)).toEqual({
      everybody: { look: "1 own", pay: "-0.5 own" },
      ana: { look: "1 everybody", pay: "-2 own" },
    });
  });

  it("falls back on the promised feeling where nobody drew one", () => {
    const map = newMap();
    map.edit(() => map.change("wait", { promise: { feeling: 1.5 } }));
    expect(lines(map, "ana")).toEqual({ everybody: { wait: "1.5 promise" }, ana: { wait: "1.5 promise" } });
  });

  it("takes the mean of several feelings at one place, as the Python side does", () => {
    const map = newMap();
    map.edit(() => {
      map.add({ id: "one", section: "cards", order: "a", at: "pay", lane: "feeling", says: "Glad", level: 1 });
      map.add({ id: "two", section: "cards", order: "b", at: "pay", lane: "pain", says: "Slow", level: -2 });
    });
    expect(lines(map).everybody).toEqual({ pay: "-0.5 own" });
  });

  it("moves several feelings together, so that their mean is what was asked for", () => {
    const map = newMap();
    map.edit(() => {
      map.add({ id: "one", section: "cards", order: "a", at: "pay", lane: "feeling", level: 0 });
      map.add({ id: "two", section: "cards", order: "b", at: "pay", lane: "feeling", level: 1 });
      setLevel(map, "pay", null, 1);
    });
    expect(map.list("cards").map((card) => card.level)).toEqual([0.5, 1.5]);
  });

  it("gives a feeling that had only words its level, and does not add a card", () => {
    const map = newMap();
    map.edit(() => {
      map.add({ id: "one", section: "cards", order: "a", at: "pay", lane: "feeling", says: "Nervous" });
      setLevel(map, "pay", null, -1.04);
    });
    expect(map.list("cards").map(({ id, level }) => [id, level])).toEqual([["one", -1]]);
  });

  it("takes a point away: words stay, a card without words goes", () => {
    const map = newMap();
    map.edit(() => {
      map.add({ id: "one", section: "cards", order: "a", at: "pay", lane: "feeling", says: "Nervous", level: -1 });
      setLevel(map, "look", null, 1);
      clearLevel(map, "pay", null);
      clearLevel(map, "look", null);
    });
    expect(map.list("cards").map(({ id, level }) => [id, level])).toEqual([["one", undefined]]);
    expect(lines(map)).toEqual({ everybody: {} });
  });

  it("is undone in one step", () => {
    const map = newMap();
    map.edit(() => setLevel(map, "pay", null, 2));
    map.undo.undo();
    expect(lines(map)).toEqual({ everybody: {} });
  });

  it("keeps levels within −2 and +2, in tenths, and says them with a real minus", () => {
    expect([3, -7, 0.25, -0.04].map(tenths)).toEqual([2, -2, 0.3, 0]);
    expect([1.25, -1, 0].map(signed)).toEqual(["+1.3", "−1.0", "0"]);
  });
});

describe("the drawn curve", () => {
  const columns: CurveColumn[] = ["a", "b", "c", "d"].map((at, place) => ({ at, left: place * 100, width: 100 }));

  it("turns heights into the levels that they came from", () => {
    for (const level of [-2, -0.7, 0, 1.3, 2]) expect(levelAt(heightOf(level))).toBeCloseTo(level, 9);
  });

  it("bridges a gap only between points, never before the first or after the last", () => {
    const point = (level: number) => ({ level, from: "own" as const });
    const spots = spotsOf(
      {
        voice: null,
        points: new Map([
          ["b", point(0)],
          ["d", point(0)],
        ]),
      },
      columns,
    );
    expect(spots.map((spot) => spot?.at ?? null)).toEqual([null, "b", null, "d"]);
    expect(bridgePath(spots)).toBe(`M150 ${heightOf(0)}L350 ${heightOf(0)}`);
  });
});
