/** What the parts of the board read: the desk as it is now, and slices of how this browser looks at the map. */
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Desk } from "~/commands/command";
import type { BoardNow, BoardState } from "~/layout/boardState";
import type { BoardLayout } from "~/layout/rows";
import type { Voice } from "~/maps/curve";

export interface BoardParts {
  desk: () => Desk;
  board: BoardState;
  /** As it was drawn last. */
  layout: () => BoardLayout;
  /** Whose journey is looked at: cards of other personas step back. */
  focus: Voice;
  mayEdit: boolean;
  /** There is something that the menu of a record can do. */
  menus: boolean;
  /** Opens the menu of a record at a point of the screen. */
  openMenu: (id: string, at: { x: number; y: number }) => void;
}

export const BoardContext = createContext<BoardParts | undefined>(undefined);

export function useParts(): BoardParts {
  const parts = useContext(BoardContext);
  if (!parts) throw new Error("A part of the board stands outside of it");
  return parts;
}

/** A slice of how the board is looked at; draws anew only when the slice is another one. It must be a plain value. */
export function useLook<T extends string | number | boolean | null>(read: (now: BoardNow) => T): T {
  const { board } = useParts();
  return useSyncExternalStore(board.subscribe, () => read(board.now));
}

/** How a record stands: selected, under the keyboard, being typed in, just added. */
export interface Standing {
  selected: boolean;
  here: boolean;
  typed: boolean;
  fresh: boolean;
}

export function useStanding(id: string, row: string): Standing {
  const packed = useLook(({ selection, cursor, editing }) => {
    const here = cursor?.id === id && cursor.row === row;
    const typed = editing?.id === id;
    return (selection.includes(id) ? 1 : 0) + (here ? 2 : 0) + (typed ? 4 : 0) + (typed && editing.fresh ? 8 : 0);
  });
  return {
    selected: (packed & 1) > 0,
    here: (packed & 2) > 0,
    typed: (packed & 4) > 0,
    fresh: (packed & 8) > 0,
  };
}
