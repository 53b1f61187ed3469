import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { Connection, type Hears, type Hello, REMOTE, type Refused, type Status } from "~/session/connection";
import { Kind, numbered, readJson, readNumber, withBody, withJson } from "~/session/messages";

/** A line to a server that the test plays. */
class Line {
  binaryType = "";
  onopen: (() => void) | undefined;
  onmessage: ((event: { data: ArrayBuffer }) => void) | undefined;
  onclose: ((event: { code: number; reason: string }) => void) | undefined;
  readonly sent: Uint8Array[] = [];

  send(message: Uint8Array): void {
    this.sent.push(message);
  }

  close(): void {
    this.end(1000);
  }

  end(code: number, reason = ""): void {
    this.onclose?.({ code, reason });
  }

  hear(message: Uint8Array): void {
    this.onmessage?.({ data: message.slice().buffer });
  }

  of(kind: number): Uint8Array[] {
    return this.sent.filter((message) => message[0] === kind);
  }
}

const LIMITS = { update: 1000, merge: 5000, document: 100_000 };

class Browser {
  readonly doc = new Y.Doc();
  readonly lines: Line[] = [];
  readonly refused: Refused[] = [];
  readonly server = new Y.Doc();
  status: Status = { line: "connecting", says: "", unsaved: 0, changes: 0 };
  greets: (hello: Hello) => Promise<boolean> = () => Promise.resolve(true);
  readonly connection: Connection;

  constructor() {
    const hears: Hears = {
      hello: (hello) => this.greets(hello),
      status: (status) => {
        this.status = status;
      },
      refused: (refused) => this.refused.push(refused),
      presence: () => undefined,
      told: () => undefined,
    };
    this.connection = new Connection("ws://here", this.doc, hears, () => {
      const line = new Line();
      this.lines.push(line);
      return line as unknown as WebSocket;
    });
  }

  get line(): Line {
    return this.lines.at(-1)!;
  }

  type(word: string): void {
    this.doc.getText("t").insert(0, word);
  }

  /** The server's side of the first exchange. */
  async meet(): Promise<void> {
    const { line, server } = this;
    line.onopen?.();
    const hello = { epoch: "e1", client: "c", role: "editor", member: { id: "m", name: "Mia" }, limits: LIMITS };
    line.hear(withJson(Kind.hello, hello));
    line.hear(withBody(Kind.state, Y.encodeStateVector(server)));
    await vi.advanceTimersByTimeAsync(0);
  }

  /** The server takes what came, and says that it is saved. */
  save(): void {
    let last = 0;
    for (const message of this.line.of(Kind.update)) {
      const [seq, update] = readNumber(message);
      Y.applyUpdate(this.server, update);
      last = Math.max(last, seq);
    }
    this.line.hear(numbered(Kind.saved, last));
  }
}

describe("a connection", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("lets go of a line that still tries when it opens another one", async () => {
    const page = new EventTarget();
    vi.stubGlobal("window", page);
    const mia = new Browser();
    mia.connection.start("e1");
    await mia.meet();
    mia.line.end(1006);
    await vi.advanceTimersByTimeAsync(1000);
    expect(mia.lines.length).toBe(2);
    const trying = vi.spyOn(mia.line, "close");
    page.dispatchEvent(new Event("online"));
    expect(mia.lines.length).toBe(3);
    expect(trying).toHaveBeenCalledOnce();
    await mia.meet();
    mia.save();
    await vi.advanceTimersByTimeAsync(20_000);
    expect([mia.lines.length, mia.status.line]).toEqual([3, "online"]);
    mia.connection.close();
    vi.unstubAllGlobals();
  });

  it("says which history this browser has, and counts an edit as saved when the server says so", async () => {
    const mia = new Browser();
    mia.connection.start("e1");
    await mia.meet();
    expect(readJson(mia.line.of(Kind.hello)[0]!)).toEqual({ epoch: "e1" });
    mia.save();
    expect(mia.status).toEqual({ line: "online", says: "", unsaved: 0, changes: 0 });
    mia.type("a");
    mia.type("b");
    expect(mia.status.unsaved).toBe(2);
    mia.save();
    expect([mia.status.unsaved, mia.server.getText("t").toString()]).toEqual([0, "ba"]);
  });

  it("keeps counting what was edited without a line, until that is saved too", async () => {
    const mia = new Browser();
    mia.connection.start("", 3);
    mia.type("a");
    expect(mia.status.unsaved).toBe(4);
    await mia.meet();
    expect(mia.status).toMatchObject({ line: "online", unsaved: 4 });
    mia.save();
    expect([mia.status.unsaved, mia.server.getText("t").toString()]).toEqual([0, "a"]);
  });

  it("sends again what a lost line had not saved, and nothing is doubled", async () => {
    const mia = new Browser();
    mia.connection.start("");
    await mia.meet();
    mia.save();
    mia.type("kept ");
    Y.applyUpdate(mia.server, readNumber(mia.line.of(Kind.update).at(-1)!)[1]); // it came, and the answer did not
    mia.line.end(1006);
    expect(mia.status).toEqual({ line: "offline", says: "", unsaved: 1, changes: 1 });
    mia.type("offline ");
    expect(mia.status.unsaved).toBe(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(mia.lines).toHaveLength(2);
    await mia.meet();
    mia.save();
    expect(mia.status).toEqual({ line: "online", says: "", unsaved: 0, changes: 0 });
    expect(mia.server.getText("t").toString()).toBe("offline kept ");
  });

  it.each([
    ["has saved it", true, (mia: Browser) => mia.save()],
    ["is lost", false, (mia: Browser) => mia.line.end(1006)],
    ["refuses the line", false, (mia: Browser) => mia.line.end(4401, "You are signed out.")],
  ])("waits for what is on its way until the server %s", async (_what, late, happens) => {
    const mia = new Browser();
    mia.connection.start("e1");
    await mia.meet();
    mia.save();
    expect(await mia.connection.arrived()).toBe(false);
    mia.type("a");
    const told = vi.fn();
    void mia.connection.arrived().then(told);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).not.toHaveBeenCalled();
    happens(mia);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toHaveBeenCalledExactlyOnceWith(late);
    mia.connection.close();
  });

  it("does not wait for ever for what is on its way, though others keep the line busy", async () => {
    const mia = new Browser();
    mia.connection.start("e1");
    await mia.meet();
    mia.save();
    mia.type("a");
    const told = vi.fn();
    void mia.connection.arrived().then(told);
    for (let second = 0; second < 20; second++) {
      mia.line.hear(withJson(Kind.told, { kind: "disk", works: false, says: "" }));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(told).toHaveBeenCalledExactlyOnceWith(false);
    expect(mia.status.line).toBe("online");
    mia.connection.close();
  });

  it("exchanges nothing with a server that has another history", async () => {
    const mia = new Browser();
    mia.greets = () => Promise.resolve(false);
    mia.connection.start("e0");
    mia.type("mine");
    await mia.meet();
    expect([mia.line.of(Kind.state), mia.line.of(Kind.update)]).toEqual([[], []]);
    expect(mia.status.unsaved).toBe(1);
  });

  it("tells of a refusal, and of more than the server takes at once", async () => {
    const mia = new Browser();
    mia.connection.start("");
    await mia.meet();
    mia.line.hear(withJson(Kind.refused, { seq: 1, code: "invalid", says: "No." }));
    expect(mia.refused).toEqual([{ seq: 1, code: "invalid", says: "No." }]);
    const ben = new Browser();
    ben.connection.start("");
    ben.type("x".repeat(6000));
    await ben.meet();
    expect(ben.refused.map((one) => one.code)).toEqual(["too-large"]);
    expect(ben.line.of(Kind.update)).toEqual([]);
  });

  it("gives up a line on which the server owes an answer for too long", async () => {
    const mia = new Browser();
    mia.connection.start("");
    await mia.meet();
    mia.save();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(mia.status.line).toBe("online");
    mia.type("a");
    await vi.advanceTimersByTimeAsync(12_100);
    expect(mia.status).toEqual({ line: "offline", says: "", unsaved: 1, changes: 1 });
  });

  it("ends for good where the server says that this is no map of ours", async () => {
    const mia = new Browser();
    mia.connection.start("");
    mia.line.end(4404, "There is no such map.");
    await vi.advanceTimersByTimeAsync(60_000);
    expect([mia.lines.length, mia.status]).toEqual([
      1,
      { line: "closed", says: "There is no such map.", unsaved: 0, changes: 0 },
    ]);
  });

  it("does not send back what came from the server or from this browser's own keeping", async () => {
    const mia = new Browser();
    mia.connection.kept = "kept";
    mia.connection.start("");
    await mia.meet();
    const other = new Y.Doc();
    other.getText("t").insert(0, "theirs");
    const before = mia.line.sent.length;
    mia.line.hear(numbered(Kind.update, 0, Y.encodeStateAsUpdate(other)));
    Y.applyUpdate(mia.doc, Y.encodeStateAsUpdate(new Y.Doc()), "kept");
    Y.applyUpdate(mia.doc, Y.encodeStateAsUpdate(other), REMOTE);
    expect([mia.doc.getText("t").toString(), mia.line.sent.length]).toEqual(["theirs", before]);
  });
});

describe("numbers in messages", () => {
  it.each([0, 1, 127, 128, 300, 16_384, 2 ** 31, 2 ** 40])("%d is read as it was written", (number) => {
    const [read, rest] = readNumber(numbered(Kind.update, number, new Uint8Array([7])));
    expect([read, [...rest]]).toEqual([number, [7]]);
  });
});
