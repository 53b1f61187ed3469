import type { Desk } from "~/commands/command";
import { useLens } from "../useLens";

/** Beside numbers of some customers, or of some time: departures are not of these. */
export function DeparturesNote({ desk, className = "" }: { desk: Desk; className?: string }) {
  const { way, group, beside, period } = useLens(desk);
  if (way !== "difference" || !(group || beside || period)) return null;
  return (
    <p className={`text-xs whitespace-nowrap text-ink-soft ${className}`}>
      Departures are those of everybody, all the time
    </p>
  );
}
