import { useContext, useEffect, useMemo, useState } from "react";
import type { CardGraded } from "~/contract/api";
import type { LensNow } from "~/overlay/lens";
import { useMeasured } from "../numbers/useMeasured";
import { AnswersContext, useAnswer } from "../useAnswer";

const SETTLED_MS = 2_000;

const asked = (map_id: string) => ({ operation: "GET /api/maps/{map_id}/truth" as const, path: { map_id } });

/** How far the map may be believed; nothing is asked where it is not `wanted`. */
export function useTruth(mapId: string, wanted = true) {
  return useAnswer(wanted ? asked(mapId) : undefined);
}

/**
 * The same beside the numbers of a lens, once there is time for it, because it takes longer than they do: they have
 * come, and for a moment nobody has chosen others. Once there was time, it stays so; and where it is known already.
 */
export function useTruthInTime(mapId: string, lens: LensNow) {
  const wanted = lens.way !== "intended";
  const { measured } = useMeasured(mapId, lens, wanted);
  const answers = useContext(AnswersContext);
  const [time, setTime] = useState(() => answers.of(asked(mapId)).answer !== undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice begins the moment anew
  useEffect(() => {
    if (time || !measured) return;
    const timer = setTimeout(() => setTime(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [time, measured, lens]);
  return useTruth(mapId, wanted && time);
}

/** How well each card is grounded, by its id; empty until that is known. */
export function useGrades(mapId: string, lens: LensNow): ReadonlyMap<string, CardGraded> {
  const { answer } = useTruthInTime(mapId, lens);
  return useMemo(() => new Map(answer?.cards.map((one) => [one.card, one])), [answer]);
}
