import { sayReading } from "~/overlay/readings";
import { sayEvidence, useTitles } from "./evidence";
import { useNumbers } from "./numbersContext";

/** On a stage's head: how many journeys come there, and how many of those end there. */
export function StageNumbers({ id }: { id: string }) {
  const numbers = useNumbers();
  const titles = useTitles();
  if (!numbers?.measured) return null;
  const { measured, lens } = numbers;
  const said = (["reach", "drop_off"] as const).flatMap((measure) => {
    const where = { measure, at: id, group: lens.group, period: lens.period };
    const reading = measured.readings.shown(where);
    return reading ? [{ measure, says: sayReading(reading), tip: sayEvidence(measured, titles, where) }] : [];
  });
  return (
    <span className="board-foot flex flex-wrap gap-x-2.5 text-xs">
      {said.map(({ measure, says, tip }) => (
        <span key={measure} data-tip={tip} className="whitespace-nowrap">
          {titles(measure)} <span className="font-semibold tabular-nums">{says}</span>
        </span>
      ))}
      {said.length === 0 && <span className="not-measured rounded px-1">Not measured</span>}
    </span>
  );
}
