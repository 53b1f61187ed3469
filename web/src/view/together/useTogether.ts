/** What the parts of this folder draw from: the map's session, what people say beside it, and who is there. */
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import type { Desk } from "~/commands/command";
import type { Writer } from "~/maps/said";
import type { Hello } from "~/session/connection";
import type { People, Person } from "~/session/presence";
import type { MapSession } from "~/session/session";
import type { MarkStore } from "./marks";
import type { Beside } from "./shared";

export interface Together extends Beside {
  session: MapSession;
  mapId: string;
  people: People;
  marks: MarkStore;
  /** The desk as it is now. */
  desk: () => Desk;
}

export const TogetherContext = createContext<Together | undefined>(undefined);

/** Undefined where a map is only looked at: on a share page, in a picture. */
export function useTogether(): Together | undefined {
  return useContext(TogetherContext);
}

export interface Me extends Writer {
  role: Hello["role"];
  mayEdit: boolean;
  mayComment: boolean;
}

/** Who is at this browser; undefined until the server has said so. */
export function useMe(session: MapSession): Me | undefined {
  const hello = useSyncExternalStore(session.subscribe, () => session.getState().hello);
  return useMemo(() => {
    if (!hello) return undefined;
    const mayEdit = hello.role === "owner" || hello.role === "editor";
    return { ...hello.member, role: hello.role, mayEdit, mayComment: hello.role !== "viewer" };
  }, [hello]);
}

interface Store {
  subscribe: (what: string, listener: () => void) => () => void;
}

/** A number that is another one whenever the store has changed there. */
export function useChanges(store: Store, what = "any"): number {
  const counter = useMemo(() => ({ store, what, changes: 0 }), [store, what]);
  const subscribe = useCallback(
    (listener: () => void) =>
      counter.store.subscribe(counter.what, () => {
        counter.changes++;
        listener();
      }),
    [counter],
  );
  return useSyncExternalStore(subscribe, () => counter.changes);
}

const NOBODY: readonly Person[] = [];
const never = () => () => undefined;

/** The others at a record; with "any": everybody else who is here. */
export function useOthers(what: string): readonly Person[] {
  const people = useTogether()?.people;
  const subscribe = useCallback(
    (listener: () => void) => (people ? people.subscribe(what, listener) : never()),
    [people, what],
  );
  return useSyncExternalStore(subscribe, () =>
    people ? (what === "any" ? people.others() : people.at(what)) : NOBODY,
  );
}
