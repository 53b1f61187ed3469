import { along } from "~/overlay/findings";

interface Ranged {
  value: number;
  low: number | null;
  high: number | null;
}

/** A number as a dot with its 95 % interval, on a line that others share; zero is dashed. It is told beside it. */
export function Dots({
  number,
  span,
  strong = false,
}: {
  number: Ranged;
  span: readonly [number, number];
  strong?: boolean;
}) {
  const at = (value: number) => `${along(value, span)}%`;
  const { value, low, high } = number;
  const tone = strong ? "text-spruce" : "text-ink-soft";
  return (
    <svg aria-hidden="true" width="100%" height="24" className={`block overflow-visible ${tone}`}>
      <line x1="0" x2="100%" y1="12" y2="12" stroke="var(--line)" />
      <line x1={at(0)} x2={at(0)} y1="1" y2="23" stroke="var(--line-strong)" strokeDasharray="2 2" />
      {low !== null && high !== null && (
        <line x1={at(low)} x2={at(high)} y1="12" y2="12" stroke="currentColor" strokeWidth={strong ? 4 : 3} />
      )}
      <circle
        cx={at(value)}
        cy="12"
        r={strong ? 5.5 : 4.5}
        fill="currentColor"
        stroke="var(--sheet)"
        strokeWidth="1.5"
      />
    </svg>
  );
}
