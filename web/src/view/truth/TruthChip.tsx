import type { Desk } from "~/commands/command";
import { sayMany } from "~/overlay/say";
import { sayScore } from "~/overlay/truth";
import { BarButton } from "../numbers/BarButton";
import { useLens } from "../useLens";
import { useTruthInTime } from "./useTruth";

const LOW = 60; // below, `desireline check` fails

/** How far the map may be believed; a click shows what that is made of. */
export function TruthChip({ desk, mapId }: { desk: Desk; mapId: string }) {
  const { answer } = useTruthInTime(mapId, useLens(desk));
  if (!answer) return null;
  const { score } = answer.truth;
  const wrong = answer.grades.contradicted ?? 0;
  const broken = answer.failures.length;
  const tips = [
    `How far this map may be believed: ${sayScore(answer)}`,
    ...(broken ? [`${sayMany(broken, "thing")} that ${broken === 1 ? "does" : "do"} not hold`] : []),
    ...(wrong ? [`${sayMany(wrong, "card")} that data speak against`] : []),
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
