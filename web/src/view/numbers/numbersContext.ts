/** A map's numbers for the parts of its page: what was measured, and how one looks at it. */
import { createContext, useContext } from "react";
import type { CardGraded, Reading } from "~/contract/api";
import type { VerdictAt } from "~/overlay/decisions";
import type { LensNow } from "~/overlay/lens";
import type { Measured } from "~/overlay/readings";

export interface Numbers {
  lens: LensNow;
  /** Missing while it is looked for, and where there are no data. */
  measured: Measured | undefined;
  /** No numbers are on their way: there are no data, or they could not be measured. */
  missing: boolean;
  /** Initiatives whose target is at a place, with what is known of whether they helped. */
  verdicts: ReadonlyMap<string, readonly VerdictAt[]>;
  /** How well each card is grounded, by its id; empty until that is known. */
  grades: ReadonlyMap<string, CardGraded>;
  /** Opens the customers behind a number. */
  open: (reading: Pick<Reading, "measure" | "at" | "group" | "period">) => void;
  /** Shows everything that is measured at a place. */
  show: (at: string) => void;
}

export const NumbersContext = createContext<Numbers | undefined>(undefined);

/** The numbers, unless the map is looked at as it is intended. */
export function useNumbers(): Numbers | undefined {
  const numbers = useContext(NumbersContext);
  return numbers && numbers.lens.way !== "intended" ? numbers : undefined;
}
