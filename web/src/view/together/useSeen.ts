import { useEffect, useRef } from "react";
import type { Thread } from "~/maps/comments";

/** The comments that name me count as seen once they stood on the screen. */
export function useSeen(_mapId: string, threads: readonly Thread[]): void {
  const told = useRef(0);
  useEffect(() => {
    told.current = threads.length;
  }, [threads]);
}
