/** One map opened in this browser: the document, its connection, and what the page shows of both. */
import * as Y from "yjs";
import { MapDocument } from "~/maps/document";
import { onMeasuredPart } from "~/overlay/measuredPart";
import { Answers } from "./answers";
import { Connection, type Hello, type Presence, type Refused, type Status } from "./connection";
import {
  dropCopy,
  Kept,
  know,
  knownOf,
  leave,
  noteWaiting,
  type RecoveredCopy,
  setAside,
  setAsideOf,
  waitingIn,
} from "./store";

/** What the map linter says. */
export interface Remark {
  check: string;
  severity: "error" | "warning" | "hint";
  /** The record that it is about; the map's own id for the map as a whole. */
  record: string;
  says: string;
  way_out: string;
}

export interface SessionState {
  status: Status;
  /** Who we are here. Without a connection: who we were when the map was last open. */
  hello: Hello | undefined;
  refused: Refused | undefined;
  others: ReadonlyMap<string, Presence>;
  remarks: readonly Remark[];
  /** Copies of own edits that were not taken, kept in this browser. */
  recovered: readonly RecoveredCopy[];
  /** Why the server's disk takes nothing; "" while it does. */
  trouble: string;
  /** This session is over: the page opens the map again, with the server's history. */
  over: boolean;
}

/** A session that has not begun. */
export const BEGINNING: SessionState = {
  status: { line: "connecting", says: "", unsaved: 0, changes: 0 },
  hello: undefined,
  refused: undefined,
  others: new Map(),
  remarks: [],
  recovered: [],
  trouble: "",
  over: false,
};

export type Told = { kind: string } & Record<string, unknown>;

let sessions = 0;
const youngest = new Map<string, number>(); // of each map the session that counts what waits

export class MapSession {
  /** Another one for each session, so that a page can tell them apart. */
  readonly number = ++sessions;
  readonly map = new MapDocument();
  /** What was asked about the map's data; asked again when the data change, or what is measured of the map. */
  readonly answers = new Answers();
  readonly connection: Connection;
  private kept: Kept | undefined;
  private state: SessionState = BEGINNING;
  private closed = false;
  private readonly stopWatching: () => void;
  private readonly listeners = new Set<() => void>();
  private readonly hearing = new Set<(told: Told) => void>();

  constructor(readonly id: string) {
    youngest.set(id, this.number);
    const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/maps/${id}/live`;
    this.connection = new Connection(address, this.map.doc, {
      hello: (hello) => this.greet(hello),
      status: (status) => this.note(status),
      refused: (refused) => void this.recover(refused),
      presence: (one) => this.meet(one),
      told: (told) => this.listen(told),
    });
    this.stopWatching = onMeasuredPart(this.map, () => this.answers.stale());
    window.addEventListener("beforeunload", this.onLeave);
    void this.begin();
  }

  getState = (): SessionState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls back with what the server tells beside the document: "version", "shares", "archived", … */
  onTold(listener: (told: Told) => void): () => void {
    this.hearing.add(listener);
    return () => this.hearing.delete(listener);
  }

  /** Somebody does not want a recovered copy any more. */
  async drop(copy: RecoveredCopy): Promise<void> {
    await dropCopy(copy);
    this.set({ recovered: await setAsideOf(this.id) });
  }

  /** The map is left. What is on its way to the server's disk may still arrive; true: it did. */
  async close(): Promise<boolean> {
    this.closed = true;
    this.stopWatching();
    this.answers.close();
    const late = await this.connection.arrived();
    window.removeEventListener("beforeunload", this.onLeave);
    this.connection.close();
    void this.kept?.close();
    this.map.doc.destroy();
    return late;
  }

  /** A browser that keeps nothing asks before it throws away what is not saved. */
  private readonly onLeave = (event: BeforeUnloadEvent): void => {
    if (this.state.status.unsaved > 0 && !this.kept?.place) event.preventDefault();
  };

  /** First what this browser kept, so that the map is there at once; then the server. */
  private async begin(): Promise<void> {
    const known = knownOf(this.id);
    const waiting = waitingIn(this.id);
    this.set({ recovered: await setAsideOf(this.id) });
    if (known) {
      await this.keep(known.epoch, known.member.id);
      if (this.map.getHead().id) this.set({ hello: remembered(known) });
    }
    this.connection.start(this.map.getHead().id ? (known?.epoch ?? "") : "", known ? waiting : 0);
  }

  private async keep(epoch: string, member: string): Promise<void> {
    this.kept = await Kept.of(this.id, epoch, member, this.map.doc);
    this.connection.kept = this.kept.origin;
    if (this.closed) void this.kept.close();
  }

  /** True when this browser's copy and the server's have one history, and are one member's. */
  private async greet(hello: Hello): Promise<boolean> {
    const known = knownOf(this.id);
    const holds = this.map.getHead().id !== undefined;
    const other = known && known.epoch !== hello.epoch;
    const stranger = known && known.member.id !== hello.member.id;
    if (holds && other) {
      await this.recover(
        { seq: 0, code: "other-epoch", says: "The server has another history of this map than this browser." },
        hello,
      );
      return false;
    }
    know(this.id, hello);
    if (holds && stranger) {
      this.set({ over: true });
      return false;
    }
    if (!this.kept) await this.keep(hello.epoch, hello.member.id);
    this.set({ hello });
    return true;
  }

  /** Edits that are not taken stay, with the whole map, as a copy that everybody can see; the page opens anew. */
  private async recover(refused: Refused, hello?: Hello): Promise<void> {
    if (this.state.over || this.state.refused) return;
    if (this.closed) {
      this.connection.close(refused.says); // nobody looks; whoever opens the map next is refused anew, with the copy
      return;
    }
    this.set({ refused });
    this.connection.close(refused.says);
    const copy: RecoveredCopy = {
      key: `${this.id} ${Date.now()} ${Math.random().toString(36).slice(2)}`,
      map: this.id,
      at: new Date().toISOString(),
      code: refused.code,
      says: refused.says,
      title: String(this.map.getHead().title ?? ""),
      place: this.kept?.place ?? "",
      update: Y.encodeStateAsUpdate(this.map.doc),
    };
    if (!(await setAside(copy))) {
      // Nowhere to keep it: the page stays as it is, closed, so that nothing on it is lost.
      this.set({ recovered: [copy] });
      return;
    }
    leave(this.id); // the next session keeps its history in another place; this one stays until the copy is dropped
    noteWaiting(this.id, 0);
    if (hello) know(this.id, hello);
    this.set({ over: true });
  }

  private note(status: Status): void {
    const counts = !this.state.refused && youngest.get(this.id) === this.number;
    if (counts && status.changes !== this.state.status.changes) noteWaiting(this.id, status.changes);
    const again = this.state.status.line === "offline" && status.line === "online";
    this.set(status.line === "online" ? { status } : { status, others: new Map() });
    if (again) this.answers.stale(); // nobody told of data that landed meanwhile
  }

  private listen(told: Told): void {
    if (told.kind === "remarks") this.set({ remarks: told.remarks as Remark[] });
    else if (told.kind === "disk") this.set({ trouble: told.works ? "" : String(told.says) });
    else if (told.kind === "role" && this.state.hello) {
      const hello = { ...this.state.hello, role: told.role as Hello["role"] };
      know(this.id, hello);
      this.set({ hello });
    } else if (told.kind === "archived" && this.state.hello) {
      const hello = { ...this.state.hello, role: told.role as Hello["role"], archived: told.archived === true };
      know(this.id, hello);
      this.set({ hello });
    } else if (told.kind === "name" && this.state.hello) {
      const hello = { ...this.state.hello, member: { ...this.state.hello.member, name: String(told.name) } };
      know(this.id, hello);
      this.set({ hello });
    }
    if (told.kind === "data") this.answers.stale();
    for (const listener of [...this.hearing]) listener(told);
  }

  private meet(one: Presence): void {
    const others = new Map(this.state.others);
    if (one.state === null) others.delete(one.client);
    else others.set(one.client, one);
    this.set({ others });
  }

  private set(some: Partial<SessionState>): void {
    this.state = { ...this.state, ...some };
    for (const listener of [...this.listeners]) listener();
  }
}

/** Who we were, while the server does not say. */
function remembered(known: { epoch: string; role: Hello["role"]; member: Hello["member"] }): Hello {
  return { ...known, client: "", limits: { update: 0, merge: 0, document: 0 } };
}
