import { explainDeviation, sayDeviation } from "~/overlay/deviations";
import { Icon } from "../kit";
import { KIND_ICONS } from "./kinds";
import { useNumbers } from "./numbersContext";

/** On a touchpoint's card: the costliest way in which customers part from the plan, or that nobody comes. */
export function CardMark({ at }: { at: string }) {
  const numbers = useNumbers();
  if (!numbers?.measured) return null;
  const { measured, lens } = numbers;
  const { silent, unbound } = measured.told.coverage;
  if (unbound.includes(at))
    return <Mark icon="optional" says="Not measured" tip="No rule says which events belong here." />;
  if (silent.includes(at)) return <Mark icon="eye-off" says="Nobody comes" tip="Its rule met no event at all." />;
  const [worst] = measured.deviations(at);
  if (lens.way !== "difference" || !worst) return null;
  return (
    <Mark icon={KIND_ICONS[worst.kind] ?? "warning"} says={sayDeviation(worst)} tip={explainDeviation(worst)} bad />
  );
}

function Mark({
  icon,
  says,
  tip,
  bad = false,
}: {
  icon: Parameters<typeof Icon>[0]["name"];
  says: string;
  tip: string;
  bad?: boolean;
}) {
  return (
    <span
      data-tip={tip}
      className={`mt-1 inline-flex w-fit max-w-full items-center gap-1 rounded-full px-2 text-xs font-medium ${bad ? "bg-coral-soft text-coral" : "not-measured text-ink-soft"}`}
    >
      <Icon name={icon} size={13} />
      <span className="truncate">{says}</span>
    </span>
  );
}

/** How a card stands out: faded where nobody comes, hatched where nothing is measured. */
export function useCardLook(at: string): string {
  const coverage = useNumbers()?.measured?.told.coverage;
  if (coverage?.silent.includes(at)) return "border-dashed bg-transparent! text-ink-soft shadow-none!";
  return coverage?.unbound.includes(at) ? "not-measured" : "";
}
