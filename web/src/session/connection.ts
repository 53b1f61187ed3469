/** Keeps a shared map and the server's copy of it the same, and knows what is saved. */
import * as Y from "yjs";
import { Kind, numbered, readJson, readNumber, withBody, withJson } from "./messages";

/** Origin of what comes from the server. */
export const REMOTE = "remote";

export interface Hello {
  epoch: string;
  client: string;
  role: "owner" | "editor" | "commenter" | "viewer";
  member: { id: string; name: string };
  limits: { update: number; document: number };
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
}

export interface Hears {
  hello?: (hello: Hello) => void;
  status: (status: Status) => void;
  refused: (refused: Refused) => void;
  presence: (presence: Presence) => void;
  told: (told: { kind: string } & Record<string, unknown>) => void;
}

export class Connection {
  private socket: WebSocket | undefined;
  private ready = false;
  private seq = 0;
  private acknowledged = 0;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private status: Status = { line: "connecting", says: "", unsaved: 0 };
  private offlineEdits = 0;

  constructor(
    private readonly address: string,
    private readonly doc: Y.Doc,
    private readonly hears: Hears,
    private readonly socketOf: (address: string) => WebSocket = (to) => new WebSocket(to),
  ) {
    doc.on("update", this.onUpdate);
    this.open();
  }

  /** Tell others where this person is; not kept. */
  present(state: Record<string, unknown>): void {
    if (this.ready) this.socket?.send(withJson(Kind.presence, state));
  }

  close(says = ""): void {
    this.doc.off("update", this.onUpdate);
    clearTimeout(this.timer);
    this.say({ line: "closed", says });
    this.socket?.close();
  }

  private open(): void {
    const socket = this.socketOf(this.address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => socket.send(withJson(Kind.hello, {}));
    socket.onmessage = (event) => this.take(new Uint8Array(event.data as ArrayBuffer));
    socket.onclose = (event) => this.lost(event);
  }

  private take(message: Uint8Array): void {
    switch (message[0]) {
      case Kind.hello:
        this.hears.hello?.(readJson<Hello>(message));
        break;
      case Kind.state:
        this.meet(message.subarray(1));
        break;
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

  /** Both sides tell what they have and send what the other lacks. */
  private meet(theirs: Uint8Array): void {
    this.ready = true;
    this.tries = 0;
    this.socket?.send(withBody(Kind.state, Y.encodeStateVector(this.doc)));
    const lacking = Y.encodeStateAsUpdate(this.doc, theirs);
    this.offlineEdits = 0;
    this.acknowledged = this.seq;
    if (lacking.length > 2) this.socket?.send(numbered(Kind.update, ++this.seq, lacking));
    this.say({ line: "online", says: "" });
  }

  private readonly onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === REMOTE || this.status.line === "closed") return;
    if (this.ready) this.socket?.send(numbered(Kind.update, ++this.seq, update));
    else this.offlineEdits++;
    this.say({});
  };

  private lost(event: CloseEvent): void {
    this.ready = false;
    if (this.status.line === "closed") return;
    if (event.code >= 4400 && event.code < 4407) {
      this.close(event.reason || "The server closed this map.");
      return;
    }
    this.offlineEdits += this.seq - this.acknowledged;
    this.acknowledged = this.seq;
    this.say({ line: "offline", says: "" });
    this.timer = setTimeout(() => this.open(), Math.min(8000, 250 * 2 ** this.tries++) * (0.75 + Math.random() / 2));
  }

  private say(some: Partial<Status>): void {
    this.status = { ...this.status, ...some, unsaved: this.seq - this.acknowledged + this.offlineEdits };
    this.hears.status(this.status);
  }
}
