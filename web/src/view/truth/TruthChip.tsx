import type { Desk } from "~/commands/command";
import { sayScore } from "~/overlay/truth";
import { BarButton } from "../numbers/BarButton";
import { useMeasured } from "../numbers/useMeasured";
import { useLens } from "../useLens";
import { useTimeForTruth, useTruth } from "./useTruth";

const LOW = 60; // below, `desireline check` fails

/** How far the map may be believed; a click shows what that is made of. */
export function TruthChip({ desk, mapId }: { desk: Desk; mapId: string }) {
  const lens = useLens(desk);
  const { measured } = useMeasured(mapId, lens);
  const { answer } = useTruth(mapId, useTimeForTruth(mapId, measured, lens));
  if (!answer) return null;
  const { score } = answer.truth;
  const wrong = answer.grades.contradicted ?? 0;
  const tips = [
    `How far this map may be believed: ${sayScore(answer)}`,
    ...(answer.failures.length ? [`${answer.failures.length} that does not hold`] : []),
    ...(wrong ? [`${wrong} cards that data speak against`] : []),
  ];
  return (
    <BarButton
      icon={score !== null && score < LOW ? "warning" : "seen"}
      tone={score !== null && score < LOW ? "amber" : "neutral"}
      tip={tips.join("\n")}
      onClick={() => desk.show("truth")}
    >
      Truth <span className="font-semibold tabular-nums">{score === null ? "not known" : Math.round(score)}</span>
    </BarButton>
  );
}
