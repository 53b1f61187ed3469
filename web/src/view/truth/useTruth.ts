import { useEffect, useMemo, useState } from "react";
import type { CardGraded } from "~/contract/api";
import type { LensNow } from "~/overlay/lens";
import type { Measured } from "~/overlay/readings";
import { useAnswer } from "../useAnswer";

const SETTLED_MS = 2_000;

/** How far the map may be believed; nothing is asked where it is not `wanted`. */
export function useTruth(mapId: string, wanted = true) {
  return useAnswer(wanted ? { operation: "GET /api/maps/{map_id}/truth", path: { map_id: mapId } } : undefined);
}

/** How well each card is grounded, by its id. */
export function useGrades(mapId: string, wanted: boolean): ReadonlyMap<string, CardGraded> {
  const { answer } = useTruth(mapId, wanted);
  return useMemo(() => new Map(answer?.cards.map((one) => [one.card, one])), [answer]);
}

/**
 * Whether there is time for the truth, which takes longer than numbers do: these have come, and for a moment nobody has
 * chosen others. Once there was time, it stays so.
 */
export function useTimeForTruth(measured: Measured | undefined, lens: LensNow): boolean {
  const [time, setTime] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice begins the moment anew
  useEffect(() => {
    if (time || !measured) return;
    const timer = setTimeout(() => setTime(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [time, measured, lens]);
  return time;
}
