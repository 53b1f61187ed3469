import { useContext, useEffect, useMemo, useState } from "react";
import type { CardGraded } from "~/contract/api";
import type { LensNow } from "~/overlay/lens";
import type { Measured } from "~/overlay/readings";
import { AnswersContext, useAnswer } from "../useAnswer";

const SETTLED_MS = 2_000;

const asked = (map_id: string) => ({ operation: "GET /api/maps/{map_id}/truth" as const, path: { map_id } });

/** How far the map may be believed; nothing is asked where it is not `wanted`. */
export function useTruth(mapId: string, wanted = true) {
  return useAnswer(wanted ? asked(mapId) : undefined);
}

/** How well each card is grounded, by its id. */
export function useGrades(mapId: string, wanted: boolean): ReadonlyMap<string, CardGraded> {
  const { answer } = useTruth(mapId, wanted);
  return useMemo(() => new Map(answer?.cards.map((one) => [one.card, one])), [answer]);
}

/**
 * Whether there is time for the truth, which takes longer than numbers do: these have come, and for a moment nobody has
 * chosen others. Once there was time, it stays so; and where the truth is known already.
 */
export function useTimeForTruth(mapId: string, measured: Measured | undefined, lens: LensNow): boolean {
  const answers = useContext(AnswersContext);
  const [time, setTime] = useState(() => answers.of(asked(mapId)).answer !== undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice begins the moment anew
  useEffect(() => {
    if (time || !measured) return;
    const timer = setTimeout(() => setTime(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [time, measured, lens]);
  return time;
}
