import { GRADES, sayGrade } from "~/overlay/truth";
import { Icon } from "../kit";
import { useNumbers } from "../numbers/numbersContext";

/** On a card, quietly: how well data ground it; said aloud only where they speak against it. */
export function GradeMark({ id }: { id: string }) {
  const graded = useNumbers()?.grades.get(id);
  if (!graded) return null;
  const tip = sayGrade(graded);
  if (graded.grade === "contradicted")
    return (
      <span
        data-tip={tip}
        className="board-foot mt-1 inline-flex w-fit items-center gap-1 rounded-full bg-coral-soft px-2 text-xs font-medium text-coral not-italic"
      >
        <Icon name="error" size={13} />
        Contradicted<span className="sr-only">: {graded.why}</span>
      </span>
    );
  return (
    <span data-tip={tip} role="img" aria-label={tip} className="board-foot mt-0.5 flex w-fit py-1 text-ink-faint">
      <Steps lit={GRADES[graded.grade].steps} />
    </span>
  );
}

/** None to three steps: a shape, so that colour is not needed. */
export function Steps({ lit }: { lit: number }) {
  return (
    <svg aria-hidden="true" width="20" height="6" viewBox="0 0 20 6">
      {[0, 1, 2].map((step) => (
        <rect
          key={step}
          x={0.5 + step * 7}
          y="0.5"
          width="5"
          height="5"
          rx="1.5"
          fill={step < lit ? "currentColor" : "none"}
          stroke="currentColor"
        />
      ))}
    </svg>
  );
}
