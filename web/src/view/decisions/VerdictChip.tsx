import { lookOf } from "~/overlay/decisions";
import { Chip } from "../kit";

/** A verdict in a word; its sentence where somebody points at it. */
export function VerdictChip({ word, says }: { word: string; says: string }) {
  const { tone, icon } = lookOf(word);
  return (
    <Chip tone={tone} icon={icon} tip={says}>
      {word}
    </Chip>
  );
}
