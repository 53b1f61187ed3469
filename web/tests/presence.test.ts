import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Presence } from "~/session/connection";
import { colourOf, People } from "~/session/presence";
import type { MapSession, SessionState } from "~/session/session";

/** A session that is told what happens, and notes what is told to others. */
class Line {
  told: unknown[] = [];
  state = { status: { line: "connecting" }, hello: undefined, others: new Map() } as unknown as SessionState;
  private readonly listeners = new Set<() => void>();
  connection = { present: (state: unknown) => this.told.push(state) };
  getState = () => this.state;
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(some: object): void {
    this.state = { ...this.state, ...some };
    for (const listener of this.listeners) listener();
  }

  meets(...people: [client: string, member: string, at: string | null][]): void {
    const others = new Map<string, Presence>();
    for (const [client, member, at] of people)
      others.set(client, { client, member, name: member.toUpperCase(), state: { at, selection: [], colour: 3 } });
    this.set({ others });
  }
}

const hello = { client: "me", member: { id: "ana", name: "Ana" }, role: "editor" };

describe("people on a map", () => {
  let line: Line;
  let people: People;
  beforeEach(() => {
    vi.useFakeTimers();
    line = new Line();
    people = new People(line as unknown as MapSession);
    people.listen();
  });
  afterEach(() => {
    people.close();
    vi.useRealTimers();
  });
  const soon = () => vi.advanceTimersByTime(200);

  it("hear that I am nowhere any more when I leave the map, though the line is still there", () => {
    line.set({ hello, status: { line: "online" } });
    people.go({ at: "pay", selection: ["pay"] });
    soon();
    people.close();
    expect(line.told.at(-1)).toEqual({ at: null, field: null, selection: [], stage: null, colour: colourOf("ana") });
  });

  it("hear where I am: once online, once a change, and again when somebody comes", () => {
    people.go({ at: "pay", selection: ["pay"] });
    soon();
    expect(line.told).toEqual([]);
    line.set({ hello, status: { line: "online" } });
    soon();
    const here = { at: "pay", field: null, selection: ["pay"], stage: null, colour: colourOf("ana") };
    expect(line.told).toEqual([here]);
    people.go({ at: "pay" });
    soon();
    expect(line.told).toHaveLength(1);
    line.meets(["b", "ben", null]);
    soon();
    expect(line.told).toEqual([here, here]);
  });

  it("are told together, however often I move", () => {
    line.set({ hello, status: { line: "online" } });
    soon();
    line.told = [];
    for (const at of ["a", "b", "c"]) people.go({ at });
    soon();
    expect(line.told).toMatchObject([{ at: "c" }]);
  });

  it("stand at records, and only who listens there is called", () => {
    line.set({ hello, status: { line: "online" } });
    const heard: string[] = [];
    for (const record of ["pay", "leave"]) people.subscribe(record, () => heard.push(record));
    line.meets(["b", "ben", "pay"]);
    const before = people.at("pay");
    line.meets(["b", "ben", "pay"], ["c", "cleo", "leave"]);
    expect(people.at("pay")).toBe(before);
    expect([people.at("pay"), people.at("leave")].map((some) => some.map((one) => one.name))).toEqual([
      ["BEN"],
      ["CLEO"],
    ]);
    expect(heard).toEqual(["pay", "leave"]);
  });

  it("are nobody while the line is down, and I am not one of the others", () => {
    line.set({ hello, status: { line: "online" } });
    line.meets(["me", "ana", "pay"], ["b", "ben", "pay"], ["second", "ana", "leave"]);
    expect(people.others().map((one) => [one.name, one.own])).toEqual([
      ["ANA", true],
      ["BEN", false],
    ]);
    line.set({ status: { line: "offline" } });
    expect([people.others(), people.at("pay")]).toEqual([[], []]);
  });
});
