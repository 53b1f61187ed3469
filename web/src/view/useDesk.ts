import { useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import type { Desk } from "~/commands/command";
import { BoardState } from "~/layout/boardState";
import type { MapSession } from "~/session/session";

export interface Around {
  /** Opens a panel or a dialog of the page. */
  show: (what: string, more?: unknown) => void;
  /** Tells everybody who listens, and the screen. */
  announce: (text: string) => void;
}

/** The desk of an opened map: what commands work on. A new object when the selection or a right changes. */
export function useDesk(session: MapSession, around: Around): Desk {
  const { hello } = useSyncExternalStore(session.subscribe, session.getState);
  const board = useMemo(() => new BoardState(), []);
  const ids = useSyncExternalStore(board.subscribe, () => board.now.selection);
  const latest = useRef<{ around: Around; desk?: Desk }>({ around });
  latest.current.around = around;
  const show = useCallback((what: string, more?: unknown) => latest.current.around.show(what, more), []);
  const announce = useCallback((text: string) => latest.current.around.announce(text), []);
  const role = hello?.role;
  const desk = useMemo<Desk>(() => {
    const { map } = session;
    return {
      map,
      board,
      show,
      announce,
      selection: { ids },
      mayEdit: role === "owner" || role === "editor",
      mayComment: role !== undefined && role !== "viewer",
      select: (wanted) => board.select(wanted),
      edit: (title, change) => map.edit(() => change(map), title),
      now: () => latest.current.desk!,
    };
  }, [session, board, show, announce, ids, role]);
  latest.current.desk = desk;
  return desk;
}
