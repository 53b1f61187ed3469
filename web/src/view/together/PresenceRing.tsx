import { memo } from "react";
import { GROUNDS } from "../kit/Avatar";
import { useOthers } from "./useTogether";

export const LINES = [
  "border-who-0",
  "border-who-1",
  "border-who-2",
  "border-who-3",
  "border-who-4",
  "border-who-5",
  "border-who-6",
  "border-who-7",
] as const;

/** Who else is at this record: a line in their colour, and their name. It stands over its parent, which is `relative`. */
export const PresenceRing = memo(function PresenceRing({ id }: { id: string }) {
  const people = useOthers(id);
  const first = people[0];
  if (!first) return null;
  const names = people.map((one) => one.name).join(", ");
  const typing = people.find((one) => one.where.field);
  return (
    <span
      data-presence={id}
      className={`pointer-events-none absolute -inset-px z-10 rounded-[inherit] border-2 ${LINES[first.where.colour]!}`}
    >
      <span
        className={`absolute -top-2 right-1.5 max-w-[85%] truncate rounded-sm px-1.5 text-xs leading-4 font-semibold text-sheet ${GROUNDS[first.where.colour]!}`}
      >
        {people.length > 1 ? `${first.name} +${people.length - 1}` : first.name}
        {typing && <span aria-hidden="true"> …</span>}
      </span>
      <span className="sr-only">{`${names} ${people.length > 1 ? "are" : "is"} here`}</span>
    </span>
  );
});
