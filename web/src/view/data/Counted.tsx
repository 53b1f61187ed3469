import { sayCount } from "~/overlay/say";
import type { Counts } from "./reading";

/** What became, or would become, of the rows of files. */
export function Counted({ counts }: { counts: Counts }) {
  const reasons = Object.entries(counts.reasons);
  const fates = [
    ["rows read", counts.read],
    ["accepted", counts.accepted],
    ["refused", counts.refused],
    ["known already", counts.duplicates],
  ] as const;
  const made = [
    ["new events", counts.events],
    ["new answers", counts.feedback],
    ["new customers", counts.customers],
    ["campaigns", counts.campaigns],
  ] as const;
  return (
    <div className="space-y-2">
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {[...fates, ...made].map(([title, count]) => (
          <div key={title} className="flex flex-col-reverse rounded-lg border border-line bg-sheet px-3 py-2">
            <dt className="text-sm text-ink-soft">{title}</dt>
            <dd className="text-lg font-semibold tabular-nums">{sayCount(count)}</dd>
          </div>
        ))}
      </dl>
      {reasons.length > 0 && (
        <p className="text-sm text-ink-soft">
          Refused: {reasons.map(([reason, count]) => `${sayCount(count)} ${reason.replaceAll("_", " ")}`).join(", ")}.
        </p>
      )}
      {counts.notes.length > 0 && (
        <ul className="list-disc pl-5 text-sm text-ink-soft">
          {counts.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
