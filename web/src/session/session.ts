/** One map opened in this browser: the document, its connection, and what the page shows of both. */
import { MapDocument } from "~/maps/document";
import { Connection, type Hello, type Presence, type Refused, type Status } from "./connection";

export interface SessionState {
  status: Status;
  hello: Hello | undefined;
  refused: Refused | undefined;
  others: ReadonlyMap<string, Presence>;
}

export class MapSession {
  readonly map = new MapDocument();
  readonly connection: Connection;
  private state: SessionState = {
    status: { line: "connecting", says: "", unsaved: 0 },
    hello: undefined,
    refused: undefined,
    others: new Map(),
  };
  private readonly listeners = new Set<() => void>();

  constructor(id: string) {
    const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/maps/${id}/live`;
    this.connection = new Connection(address, this.map.doc, {
      hello: (hello) => this.set({ hello }),
      status: (status) => this.set({ status }),
      refused: (refused) => this.set({ refused }),
      presence: (one) => this.meet(one),
      told: () => undefined,
    });
  }

  getState = (): SessionState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  close(): void {
    this.connection.close();
    this.map.doc.destroy();
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
