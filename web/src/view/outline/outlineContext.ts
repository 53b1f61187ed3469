/** What every line of the outline needs, and which never changes while somebody types. */
import { createContext, useContext } from "react";
import type { Desk } from "~/commands/command";

export interface OutlineParts {
  desk: () => Desk;
  mapId: string;
  mayEdit: boolean;
  /** The keyboard goes to the text of this record, as soon as it is there. */
  goTo: (id: string) => void;
}

export const OutlineContext = createContext<OutlineParts | undefined>(undefined);

export function useOutline(): OutlineParts {
  const parts = useContext(OutlineContext);
  if (!parts) throw new Error("useOutline stands outside of an OutlineContext");
  return parts;
}
