import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Comments, filtered, mentionAt, mentionsIn, pieces, threadsOf } from "~/maps/comments";
import { MapDocument } from "~/maps/document";
import { isStale, Suggestions } from "~/maps/suggestions";
import { clockText, secondsLeft, Workshop } from "~/maps/votes";
import { wordChanges } from "~/maps/words";

const ana = { id: "m1", name: "Ana" };
const ben = { id: "m2", name: "Ben Okafor" };

/** Two people with a copy each; `sync` brings them together. */
function two() {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const sync = () => {
    Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]));
    Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]));
  };
  return { docs, sync };
}

describe("comments", () => {
  it("stand in threads, wherever they were written", () => {
    const { docs, sync } = two();
    const here = new Comments(docs[0]);
    const there = new Comments(docs[1]);
    const first = here.begin("pay", { says: "Why so slow?", mentions: [] }, ana);
    sync();
    there.reply(there.get(first)!, { says: "The card terminal.", mentions: [] }, ben);
    here.begin("", { says: "Good map.", mentions: [] }, ana);
    sync();
    const told = (comments: Comments) =>
      threadsOf(comments.all())
        .map(({ first: one, replies }) => [one.at, one.says, ...replies.map((reply) => `${reply.name}: ${reply.says}`)])
        .sort();
    expect(told(here)).toEqual([
      ["", "Good map."],
      ["pay", "Why so slow?", "Ben Okafor: The card terminal."],
    ]);
    expect(told(there)).toEqual(told(here));
  });

  it("can be read whatever somebody else wrote into them", () => {
    const doc = new Y.Doc();
    const comments = new Comments(doc);
    doc.getMap("comments").set("odd", new Y.Map<unknown>(Object.entries({ says: 7, mentions: "Ben", at: null })));
    doc.getMap("comments").set("none", 7);
    const blank = { thread: "", says: "", mentions: [], resolved: false, by: "", name: "", on: "" };
    expect(comments.all()).toEqual([expect.objectContaining({ id: "odd", at: "", ...blank })]);
    expect(threadsOf(comments.all())).toHaveLength(1);
  });

  it("give the same list until one at that record changes", () => {
    const comments = new Comments(new Y.Doc());
    const id = comments.begin("pay", { says: "One", mentions: [] }, ana);
    const before = comments.at("pay");
    comments.begin("leave", { says: "Two", mentions: [] }, ana);
    expect(comments.at("pay")).toBe(before);
    comments.retell(id, { says: "Uno", mentions: [] });
    expect(comments.at("pay").map((one) => one.says)).toEqual(["Uno"]);
    expect(before.map((one) => one.says)).toEqual(["One"]);
  });

  it("call back only whoever listens at that record", () => {
    const comments = new Comments(new Y.Doc());
    const heard: string[] = [];
    comments.subscribe("pay", () => heard.push("pay"));
    comments.subscribe("leave", () => heard.push("leave"));
    comments.subscribe("any", () => heard.push("any"));
    const id = comments.begin("pay", { says: "One", mentions: [] }, ana);
    comments.resolve(id, true, ben);
    expect(heard).toEqual(["pay", "any", "pay", "any"]);
  });

  it("are gone when taken back, unless somebody answered", () => {
    const comments = new Comments(new Y.Doc());
    const alone = comments.begin("pay", { says: "Hm", mentions: [] }, ana);
    const answered = comments.begin("pay", { says: "Why?", mentions: [] }, ana);
    comments.reply(comments.get(answered)!, { says: "Because.", mentions: [] }, ben);
    comments.takeBack(alone);
    comments.takeBack(answered);
    expect(threadsOf(comments.all()).map((one) => [one.first.says, one.replies.map((reply) => reply.says)])).toEqual([
      ["", ["Because."]],
    ]);
  });

  it("are filtered by whether they are settled, and whether I am in them", () => {
    const comments = new Comments(new Y.Doc());
    comments.begin("a", { says: "by Ana", mentions: [] }, ana);
    comments.begin("b", { says: "to Ana", mentions: ["m1"] }, ben);
    comments.begin("c", { says: "by Ben", mentions: [] }, ben);
    comments.resolve(comments.begin("d", { says: "settled", mentions: ["m1"] }, ben), true, ben);
    const said = (filter: "open" | "mine" | "resolved") =>
      filtered(threadsOf(comments.all()), filter, "m1")
        .map((one) => one.first.says)
        .sort();
    expect(said("open")).toEqual(["by Ana", "by Ben", "to Ana"]);
    expect(said("mine")).toEqual(["by Ana", "to Ana"]);
    expect(said("resolved")).toEqual(["settled"]);
  });
});

describe("names in comments", () => {
  const members = [ana, ben, { id: "m3", name: "Ana Maria" }];

  it("are found, the longer one first, and not inside of words", () => {
    expect(mentionsIn("@Ana Maria and @ben okafor, not @Anabel", members)).toEqual(["m3", "m2"]);
    expect(mentionsIn("(@Ana) mail ana@anabel.example", members)).toEqual(["m1"]);
  });

  it("stand apart from what is around them", () => {
    expect(pieces("Ask @Ana, please", members)).toEqual([
      { text: "Ask " },
      { text: "@Ana", member: "m1" },
      { text: ", please" },
    ]);
    expect(pieces("", members)).toEqual([]);
  });

  it("are offered after an @ that begins a word", () => {
    expect(mentionAt("Hello @an", 9)).toEqual({ from: 6, begins: "an" });
    expect(mentionAt("a@b", 3)).toBeUndefined();
    expect(mentionAt("@", 1)).toEqual({ from: 0, begins: "" });
  });
});

describe("suggestions", () => {
  it("change the map when they are accepted, and that can be undone", () => {
    const map = new MapDocument();
    map.edit(() => map.add({ id: "pay", section: "touchpoints", order: "V", title: "Pays" }));
    const suggestions = new Suggestions(map.doc);
    const id = suggestions.suggest({ at: "pay", field: "title", value: "Pays by card", was: "Pays" }, ben);
    suggestions.accept(id, map, ana);
    expect([map.get("pay")?.title, suggestions.get(id)?.state]).toEqual(["Pays by card", "accepted"]);
    map.undo.undo();
    expect(map.get("pay")?.title).toBe("Pays");
  });

  it("of one person for one field are one, until it is decided", () => {
    const suggestions = new Suggestions(new Y.Doc());
    const wanted = { at: "pay", field: "title", was: "Pays" };
    const first = suggestions.suggest({ ...wanted, value: "A" }, ben);
    expect(suggestions.suggest({ ...wanted, value: "B" }, ben)).toBe(first);
    suggestions.decline(first, ana);
    expect(suggestions.suggest({ ...wanted, value: "C" }, ben)).not.toBe(first);
    const told = suggestions.at("pay").map((one) => [one.value, one.state]);
    expect(told.sort()).toEqual([
      ["B", "declined"],
      ["C", "open"],
    ]);
  });

  it("are stale when the field says something else meanwhile", () => {
    const suggestions = new Suggestions(new Y.Doc());
    const id = suggestions.suggest({ at: "pay", field: "title", value: "A", was: "Pays" }, ben);
    expect(isStale(suggestions.get(id)!, { title: "Pays" })).toBe(false);
    expect(isStale(suggestions.get(id)!, { title: "Pays cash" })).toBe(true);
  });
});

describe("a workshop", () => {
  it("gives each person so many votes, and takes them back", () => {
    const workshop = new Workshop(new Y.Doc());
    workshop.set({ voting: true, votes_each: 2 });
    expect([1, 1, 1].map((step) => workshop.vote("pay", "m1", step as 1))).toEqual([true, true, false]);
    expect(workshop.vote("leave", "m2", 1)).toBe(true);
    expect(workshop.vote("leave", "m1", -1)).toBe(false);
    expect(workshop.tallies()).toEqual([
      { record: "pay", votes: 2, people: 1 },
      { record: "leave", votes: 1, people: 1 },
    ]);
    workshop.vote("pay", "m1", -1);
    expect([workshop.count("pay"), workshop.given("m1")]).toEqual([1, 1]);
    workshop.clear();
    expect(workshop.tallies()).toEqual([]);
  });

  it("counts the same votes on both sides of a partition", () => {
    const { docs, sync } = two();
    const here = new Workshop(docs[0]);
    const there = new Workshop(docs[1]);
    here.vote("pay", "m1", 1);
    there.vote("pay", "m2", 1);
    sync();
    expect([here.count("pay"), there.count("pay")]).toEqual([2, 2]);
  });

  it("has a timer that runs, pauses and ends", () => {
    const state = { timer_s: 90, votes_each: 3, voting: false, by: "m1" };
    const now = Date.parse("2026-11-22T10:00:00Z");
    expect(secondsLeft({ ...state, timer_ends: "2026-11-22T10:01:00Z" }, now)).toBe(60);
    expect(secondsLeft({ ...state, timer_ends: "2026-11-22T09:59:00Z" }, now)).toBe(0);
    expect(secondsLeft({ ...state, timer_ends: "" }, now)).toBe(90);
    expect([0, 5, 65, 600].map(clockText)).toEqual(["0:00", "0:05", "1:05", "10:00"]);
  });
});

describe("words that changed", () => {
  const told = (was: string, is: string) =>
    wordChanges(was, is).map(({ text, kind }) => `${{ same: "=", gone: "-", new: "+" }[kind]}${text}`);

  it("are found between words that stay", () => {
    expect(told("Pays by card", "Pays in cash")).toEqual(["=Pays ", "-by", "+in", "= ", "-card", "+cash"]);
    expect(told("", "New")).toEqual(["+New"]);
    expect(told("Old", "")).toEqual(["-Old"]);
    expect(told("Same", "Same")).toEqual(["=Same"]);
    expect(told("", "")).toEqual([]);
  });

  it("always give both texts back", () => {
    let seed = 11;
    const random = (below: number) => {
      seed = (seed * 16807) % 2147483647;
      return seed % below;
    };
    const parts = ["pay", "card", " ", "é", "🙂", ", ", "\n", "10"];
    const text = () => Array.from({ length: random(12) }, () => parts[random(parts.length)]).join("");
    for (let round = 0; round < 300; round++) {
      const [was, is] = [text(), text()];
      const changes = wordChanges(was, is);
      const of = (kind: string) => changes.filter((one) => one.kind !== kind).map((one) => one.text);
      expect([of("new").join(""), of("gone").join("")]).toEqual([was, is]);
    }
  });
});
