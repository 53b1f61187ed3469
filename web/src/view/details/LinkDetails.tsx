import type { ReactNode } from "react";
import { nameOf } from "~/maps/kinds";
import { useMap } from "../useMap";
import { usePlace } from "./fields/place";

const SAYS = new Map<unknown, string>([
  ["then", "After the first, the second may follow directly."],
  ["alternative", "Exactly one of these happens."],
  ["any order", "All of these happen, in any order."],
]);

/** A link between touchpoints: what it says, and the touchpoints, which open. */
export function LinkDetails(): ReactNode {
  const { fields, desk } = usePlace();
  const map = useMap();
  const ids = [fields.from, fields.to, ...((fields.among as string[] | undefined) ?? [])].filter(Boolean) as string[];
  return (
    <div className="flex flex-col gap-3 px-4 pt-3 pb-5">
      <p className="text-ink-soft">{SAYS.get(fields.kind)}</p>
      <ol className="-mx-2 flex flex-col">
        {ids.map((id) => (
          <li key={id}>
            <button
              type="button"
              className="min-h-8 w-full rounded-md px-2 py-1 text-left hover:bg-sunken"
              onClick={() => desk.select([id])}
            >
              {nameOf(map.get(id))}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
