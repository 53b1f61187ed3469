import { lookOf } from "~/overlay/decisions";
import { explainDeviation, sayDeviation } from "~/overlay/deviations";
import type { Measured } from "~/overlay/readings";
import { Icon } from "../kit";
import { TONES } from "../kit/Chip";
import { KIND_ICONS } from "./kinds";
import { type Numbers, useNumbers } from "./numbersContext";

/** On a touchpoint's card: how customers part from the plan, or that nobody comes; and whether what was done helped. */
export function CardMark({ at }: { at: string }) {
  const numbers = useNumbers();
  if (!numbers?.measured) return null;
  const [judged] = numbers.verdicts.get(at) ?? [];
  return (
    <>
      <Departure numbers={numbers} measured={numbers.measured} at={at} />
      {judged && (
        <Mark
          icon={judged.word ? lookOf(judged.word).icon : "goal"}
          says={judged.word ? `${judged.title}: ${judged.word}` : `${judged.title}: ${judged.status}`}
          tip={judged.says || "No verdict was written yet."}
          tone={TONES[judged.word ? lookOf(judged.word).tone : "neutral"]}
        />
      )}
    </>
  );
}

function Departure({ numbers, measured, at }: { numbers: Numbers; measured: Measured; at: string }) {
  const { silent, unbound } = measured.told.coverage;
  const unknown = "not-measured text-ink-soft";
  if (unbound.includes(at))
    return <Mark icon="optional" says="Not measured" tip="No rule says which events belong here." tone={unknown} />;
  if (silent.includes(at))
    return <Mark icon="eye-off" says="Nobody comes" tip="Its rule met no event at all." tone={unknown} />;
  const [worst] = measured.deviations(at);
  if (numbers.lens.way !== "difference" || !worst) return null;
  return (
    <Mark
      icon={KIND_ICONS[worst.kind] ?? "warning"}
      says={sayDeviation(worst)}
      tip={explainDeviation(worst)}
      tone={TONES.coral}
    />
  );
}

function Mark({
  icon,
  says,
  tip,
  tone,
}: {
  icon: Parameters<typeof Icon>[0]["name"];
  says: string;
  tip: string;
  tone: string;
}) {
  return (
    <span
      data-tip={tip}
      className={`mt-1 inline-flex w-fit max-w-full items-center gap-1 rounded-full px-2 text-xs font-medium ${tone}`}
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
