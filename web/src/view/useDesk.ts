import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { perform } from "~/commands/catalog";
import type { Desk } from "~/commands/command";
import { GOING } from "~/commands/going";
import { LOOKING } from "~/commands/looking";
import { BoardState } from "~/layout/boardState";
import { Lens } from "~/overlay/lens";
import type { MapSession } from "~/session/session";
import { commandFor } from "~/tools/keys";
import { besideOf } from "./together/shared";

export interface Around {
  /** Opens a panel or a dialog of the page. */
  show: (what: string, more?: unknown) => void;
  /** Tells everybody who listens, and the screen. */
  announce: (text: string) => void;
  /** Whether the page can open it; one that does not say opens everything. */
  offers?: (what: string) => boolean;
}

/** The desk of an opened map: what commands work on. A new object when the selection or a right changes. */
export function useDesk(session: MapSession, around: Around): Desk {
  const { hello } = useSyncExternalStore(session.subscribe, session.getState);
  const board = useMemo(() => new BoardState(), []);
  const lens = useMemo(() => new Lens(), []);
  const ids = useSyncExternalStore(board.subscribe, () => board.now.selection);
  const latest = useRef<{ around: Around; desk?: Desk }>({ around });
  latest.current.around = around;
  const show = useCallback(
    (what: string, more?: unknown) => {
      latest.current.around.show(what === "find" ? "board" : what, more);
      if (what === "find") board.set({ finding: true });
    },
    [board],
  );
  const announce = useCallback((text: string) => latest.current.around.announce(text), []);
  const offers = useCallback((what: string) => latest.current.around.offers?.(what) ?? true, []);
  const role = hello?.role;
  const me = hello?.member.id ?? "";
  const desk = useMemo<Desk>(() => {
    const { map } = session;
    return {
      map,
      board,
      lens,
      show,
      announce,
      offers,
      selection: { ids },
      mayEdit: role === "owner" || role === "editor",
      mayComment: role !== undefined && role !== "viewer",
      me,
      workshop: besideOf(map).workshop,
      select: (wanted) => board.select(wanted),
      edit: (title, change) => map.edit(() => change(map), title),
      now: () => latest.current.desk!,
    };
  }, [session, board, lens, show, announce, offers, ids, role, me]);
  latest.current.desk = desk;
  useEffect(() => listen(() => latest.current.desk!), []);
  return desk;
}

/** Keys that hold for the whole page; the board has more of its own. */
const EVERYWHERE = [...LOOKING, ...GOING].filter((one) => one.keys && one.keys !== "Escape" && one.keys !== "Mod+A");
/** What can be called while somebody types in a field beside the map. */
const FROM_FIELDS = GOING.filter((one) => one.id === "go.palette" || one.id === "go.find");
const FIELDS = "input, textarea, select, [contenteditable]";
const ITS_OWN = "[role=menu], [role=listbox], dialog";

function listen(desk: () => Desk): () => void {
  const onKey = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || event.isComposing || target.closest(ITS_OWN)) return;
    const found = commandFor(event, target.closest(FIELDS) ? FROM_FIELDS : EVERYWHERE);
    if (found && perform(found, desk())) event.preventDefault();
  };
  window.addEventListener("keydown", onKey);
  return () => window.removeEventListener("keydown", onKey);
}
