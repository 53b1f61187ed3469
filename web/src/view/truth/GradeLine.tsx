import type { Desk } from "~/commands/command";
import { GRADES, sayGrade } from "~/overlay/truth";
import { useLens } from "../useLens";
import { Steps } from "./GradeMark";
import { useGrades } from "./useTruth";

/** In a card's details, while the measured journey is looked at: how well data ground it, and why. */
export function GradeLine({ desk, mapId, id }: { desk: Desk; mapId: string; id: string }) {
  const graded = useGrades(mapId, useLens(desk)).get(id);
  if (!graded) return null;
  const wrong = graded.grade === "contradicted";
  return (
    <p className={`flex items-start gap-2 rounded-md p-2 text-sm ${wrong ? "bg-coral-soft text-coral" : "bg-sunken"}`}>
      {!wrong && (
        <span className="mt-1.5 shrink-0 text-ink-soft">
          <Steps lit={GRADES[graded.grade].steps} />
        </span>
      )}
      <span className="min-w-0 break-words">{sayGrade(graded)}</span>
    </p>
  );
}
