import { memo, type ReactNode } from "react";
import { newCard } from "~/commands/adding";
import type { LaneRow } from "~/layout/lanes";
import { nameOf } from "~/maps/kinds";
import type { MapCard } from "~/maps/outline";
import { Icon, type IconName } from "../kit";
import { CardBadges } from "../together/CardBadges";
import { GradeMark } from "../truth/GradeMark";
import { useRecord } from "../useMap";
import { usePicture } from "../usePicture";
import { useParts, useStanding } from "./boardContext";
import { SHEETS } from "./looks";
import { Picture } from "./Picture";
import { RecordShell } from "./RecordShell";
import { RecordWords } from "./RecordWords";

interface Props {
  id: string;
  row: string;
  lane: LaneRow;
  /** "2 of 3, Pains, Reads reviews, Dreaming". */
  where: string;
}

/** One statement in a lane. */
export const CardView = memo(function CardView({ id, row, lane, where }: Props) {
  const parts = useParts();
  const { focus } = parts;
  const card = useRecord<"cards">(id) as MapCard | undefined;
  const persona = useRecord<"personas">(card?.persona ?? "");
  const standing = useStanding(id, row);
  if (!card) return null;
  return (
    <RecordShell
      id={id}
      row={row}
      standing={standing}
      label={`${card.says || `Empty ${lane.one.toLowerCase()}`}${sayMarks(card, persona && nameOf(persona))}`}
      where={where}
      what={lane.one}
      className={`rounded-md border px-2 py-1.5 ${SHEETS[lane.tone]} ${card.lane === "quote" ? "italic" : ""} ${focus && card.persona && card.persona !== focus ? "opacity-55" : ""}`}
    >
      <Picture image={card.image} />
      <RecordWords
        id={id}
        field="says"
        label={lane.one}
        says={card.says}
        empty={`Empty ${lane.one.toLowerCase()}`}
        standing={standing}
        more={() => newCard(parts.desk(), card.at, card.lane, id)}
      />
      <Foot card={card} persona={persona ? nameOf(persona) : ""} portrait={persona?.image} />
      <GradeMark id={id} />
      <CardBadges id={id} />
    </RecordShell>
  );
});

const SEVERITY = { high: "High", medium: "Medium", low: "Low" } as const;
const EVIDENCE: Record<string, readonly [IconName, string]> = {
  observation: ["eye", "Observed"],
  measure: ["chart", "Measured"],
};

function sayMarks(card: MapCard, persona: string | undefined): string {
  const marks = [
    card.severity && `${SEVERITY[card.severity].toLowerCase()} severity`,
    typeof card.level === "number" && `level ${sayLevel(card.level)}`,
    persona,
    card.evidence?.kind && card.evidence.kind !== "assumption" && EVIDENCE[card.evidence.kind]?.[1].toLowerCase(),
  ].filter(Boolean);
  return marks.length ? `, ${marks.join(", ")}` : "";
}

function sayLevel(level: number): string {
  return `${level > 0 ? "+" : level < 0 ? "−" : ""}${Math.abs(level)}`;
}

/** What else a card says, small: how grave, how it feels, whose, and on what evidence. */
function Foot({
  card,
  persona,
  portrait,
}: {
  card: MapCard;
  persona: string;
  portrait: string | null | undefined;
}): ReactNode {
  const face = usePicture(portrait);
  const evidence = EVIDENCE[card.evidence?.kind ?? ""];
  const level = typeof card.level === "number";
  if (!card.severity && !level && !persona && !evidence) return null;
  return (
    <span className="board-foot mt-1 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-ink-soft not-italic">
      {card.severity && (
        <span className={`inline-flex items-center gap-1 font-medium ${card.severity === "low" ? "" : "text-coral"}`}>
          <Bars severity={card.severity} />
          {SEVERITY[card.severity]}
        </span>
      )}
      {level && <span className="tabular-nums">{sayLevel(card.level!)}</span>}
      {persona && (
        <span className="inline-flex min-w-0 items-center gap-1">
          {face ? (
            <img src={face} alt="" draggable={false} className="size-4 rounded-full object-cover" />
          ) : (
            <Icon name="persona" size={13} />
          )}
          <span className="truncate">{persona}</span>
        </span>
      )}
      {evidence && (
        <span data-tip={evidence[1]}>
          <Icon name={evidence[0]} size={13} />
        </span>
      )}
    </span>
  );
}

/** One, two or three bars: a shape beside the word, so that neither colour nor reading is needed. */
function Bars({ severity }: { severity: keyof typeof SEVERITY }) {
  const lit = { low: 1, medium: 2, high: 3 }[severity];
  return (
    <svg aria-hidden="true" viewBox="0 0 11 10" width="11" height="10">
      {[1, 2, 3].map((bar) => (
        <rect
          key={bar}
          x={(bar - 1) * 4}
          y={10 - bar * 3}
          width="3"
          height={bar * 3}
          rx="0.5"
          fill="currentColor"
          opacity={bar <= lit ? 1 : 0.3}
        />
      ))}
    </svg>
  );
}
