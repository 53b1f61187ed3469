/** Keeps a shared map and the server's copy of it the same, and knows what is saved. */
import * as Y from "yjs";
import { Count } from "./count";
import { Kind, numbered, readJson, readNumber, withBody, withJson } from "./messages";

/** Origin of what comes from the server. */
export const REMOTE = "remote";

export interface Hello {
  epoch: string;
  client: string;
  role: "owner" | "editor" | "commenter" | "viewer";
  /** The map was put away: everybody is a viewer here until an owner takes it out of the archive. */
  archived?: boolean;
  member: { id: string; name: string };
  limits: { update: number; merge: number; document: number };
}

export interface Refused {
  seq: number;
  code: string;
  says: string;
}

export interface Presence {
  client: string;
  member: string;
  name: string;
  state: Record<string, unknown> | null;
}

/** `connecting` at first; `offline` between tries; `closed` for good, with the reason in `says`. */
export interface Status {
  line: "connecting" | "online" | "offline" | "closed";
  says: string;
  /** Own edits that the server has not put on its disk yet. */
  unsaved: number;
  /** The same, counted as a person would. */
  changes: number;
}

export interface Hears {
  /** The server's first words. Whatever is exchanged waits until this is done; false: nothing is exchanged. */
  hello?: (hello: Hello) => Promise<boolean>;
  status: (status: Status) => void;
  refused: (refused: Refused) => void;
  presence: (presence: Presence) => void;
  told: (told: { kind: string } & Record<string, unknown>) => void;
}

const LONGEST_PAUSE = 8000;
const PATIENCE = 12_000; // ms for which the server may say nothing while something is not saved

export class Connection {
  private socket: WebSocket | undefined;
  private ready = false;
  private seq = 0;
  private acknowledged = 0;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private status: Status = { line: "connecting", says: "", unsaved: 0, changes: 0 };
  private limits: Hello["limits"] | undefined;
  /** Edits made while there was no connection, or that one lost. */
  private offlineEdits = 0;
  private epoch = "";
  private onSettled: (() => void) | undefined;
  private readonly count = new Count();
  /** Origin of what this browser kept: it is no new edit. */
  kept: unknown = REMOTE;

  constructor(
    private readonly address: string,
    private readonly doc: Y.Doc,
    private readonly hears: Hears,
    private readonly socketOf: (address: string) => WebSocket = (to) => new WebSocket(to),
  ) {
    doc.on("update", this.onUpdate);
  }

  /** Connect. `epoch`: of the history that this browser kept, "" for none; `unsaved`: edits in it that are not saved. */
  start(epoch: string, unsaved = 0): void {
    if (this.status.line === "closed") return;
    this.epoch = epoch;
    this.offlineEdits += unsaved;
    if (unsaved) this.count.begin(unsaved);
    if (typeof window !== "undefined") {
      window.addEventListener("offline", this.onOffline);
      window.addEventListener("online", this.onOnline);
      window.addEventListener("pagehide", this.onHide);
    }
    this.open();
  }

  /** Tell others where this person is; not kept. */
  present(state: Record<string, unknown>): void {
    if (this.ready) this.socket?.send(withJson(Kind.presence, state));
  }

  /** Waits while the server owes an answer: not without a connection, and not for ever. True: it came. */
  arrived(): Promise<boolean> {
    if (!this.owed) return Promise.resolve(false);
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        this.onSettled = undefined;
        done(this.status.line === "online" && !this.owed);
      };
      const timer = setTimeout(end, PATIENCE);
      this.onSettled = end;
    });
  }

  private get owed(): boolean {
    return this.status.line === "online" && this.status.unsaved > 0;
  }

  close(says = ""): void {
    this.doc.off("update", this.onUpdate);
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    if (typeof window !== "undefined") {
      window.removeEventListener("offline", this.onOffline);
      window.removeEventListener("online", this.onOnline);
      window.removeEventListener("pagehide", this.onHide);
    }
    this.ready = false;
    this.say({ line: "closed", says });
    this.socket?.close();
  }

  private open(): void {
    clearTimeout(this.timer);
    const before = this.socket;
    this.socket = undefined;
    before?.close(); // one that still tries would come in as another reader of the map
    const socket = this.socketOf(this.address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    let greeted: Promise<boolean> = Promise.resolve(true);
    socket.onopen = () => socket.send(withJson(Kind.hello, { epoch: this.epoch }));
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      const message = new Uint8Array(event.data as ArrayBuffer);
      if (message[0] === Kind.hello) {
        const hello = readJson<Hello>(message);
        this.limits = hello.limits;
        greeted = this.hears.hello?.(hello) ?? greeted;
      } else if (message[0] === Kind.state) {
        void greeted.then((go) => go && socket === this.socket && this.meet(message.subarray(1)));
      } else this.take(message);
      this.watch();
    };
    socket.onclose = (event) => {
      if (socket === this.socket) this.lost(event.code, event.reason);
    };
  }

  private take(message: Uint8Array): void {
    switch (message[0]) {
      case Kind.update:
        Y.applyUpdate(this.doc, readNumber(message)[1], REMOTE);
        break;
      case Kind.saved:
        this.acknowledged = Math.max(this.acknowledged, readNumber(message)[0]);
        this.say({});
        break;
      case Kind.refused:
        this.hears.refused(readJson<Refused>(message));
        break;
      case Kind.presence:
        this.hears.presence(readJson<Presence>(message));
        break;
      case Kind.told:
        this.hears.told(readJson(message));
        break;
    }
  }

  /** Both sides tell what they have and send what the other lacks. Only the answer says that it is saved. */
  private meet(theirs: Uint8Array): void {
    if (this.status.line === "closed") return;
    this.tries = 0;
    this.socket?.send(withBody(Kind.state, Y.encodeStateVector(this.doc)));
    const lacking = Y.encodeStateAsUpdate(this.doc, theirs);
    if (this.limits && lacking.length > this.limits.merge) {
      const says = "What was edited without a connection is more than the server takes at once.";
      this.hears.refused({ seq: 0, code: "too-large", says });
      return;
    }
    this.ready = true;
    this.acknowledged = this.seq - Math.max(0, this.offlineEdits - 1);
    this.offlineEdits = 0;
    this.send(lacking);
    this.say({ line: "online", says: "" });
  }

  private send(update: Uint8Array): void {
    this.socket?.send(numbered(Kind.update, ++this.seq, update));
    this.watch();
  }

  private readonly onUpdate = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (origin === REMOTE || origin === this.kept || this.status.line === "closed") return;
    this.count.note(transaction);
    if (this.ready) this.send(update);
    else this.offlineEdits++;
    this.say({});
  };

  private readonly onOffline = (): void => this.drop();
  /** A page that the browser keeps for “back” is nobody’s presence; when it is shown again, it connects again. */
  private readonly onHide = (event: PageTransitionEvent): void => {
    if (event.persisted) this.drop();
  };
  private readonly onOnline = (): void => {
    if (this.status.line === "offline") this.open();
  };

  /** A line that says nothing, although the server owes an answer, is a dead one. */
  private watch(): void {
    clearTimeout(this.watchdog);
    if (this.ready && this.seq > this.acknowledged) this.watchdog = setTimeout(() => this.drop(), PATIENCE);
  }

  private drop(): void {
    const socket = this.socket;
    if (!socket || this.status.line === "closed") return;
    this.lost(1006, "");
    socket.close();
  }

  private lost(code: number, reason: string): void {
    this.ready = false;
    this.socket = undefined;
    clearTimeout(this.watchdog);
    if (this.status.line === "closed") return;
    if (code >= 4400 && code < 4408) {
      this.close(reason || "The server closed this map.");
      return;
    }
    this.offlineEdits += this.seq - this.acknowledged;
    this.acknowledged = this.seq;
    this.say({ line: "offline", says: "" });
    const pause = Math.min(LONGEST_PAUSE, 250 * 2 ** this.tries++) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.open(), pause);
  }

  private say(some: Partial<Status>): void {
    const unsaved = this.seq - this.acknowledged + this.offlineEdits;
    const now = { ...this.status, ...some, unsaved, changes: this.count.of(unsaved) };
    const same = (Object.keys(now) as (keyof Status)[]).every((part) => now[part] === this.status[part]);
    this.status = now;
    if (!same) this.hears.status(now);
    if (!this.owed) this.onSettled?.();
  }
}
