import type { ReactNode } from "react";
import type { Desk } from "~/commands/command";
import { LANE_NAMES, nameOf } from "~/maps/kinds";
import type { Fields, Stored } from "~/maps/shape";
import { Icon } from "../kit/Icon";
import { useRecord } from "../useMap";

/** Where the record stands: stage › touchpoint › lane. Each goes there. */
export function Trail({ desk, id }: { desk: Desk; id: string }): ReactNode {
  const record = useRecord(id) as (Stored & Fields) | undefined;
  const at = useRecord(String(record?.at ?? "")) as (Stored & Fields) | undefined;
  const stage = useRecord(String(record?.stage ?? at?.stage ?? ""));
  const steps = [stage, at].filter((one) => one !== undefined);
  const lane = record?.section === "cards" ? LANE_NAMES[record.lane] : "";
  if (steps.length === 0) return null;
  return (
    <nav aria-label="Where this stands" className="px-4 pt-2.5">
      <ol className="flex flex-wrap items-center text-sm text-ink-soft">
        {steps.map((one) => (
          <li key={one.id} className="flex min-w-0 items-center">
            <button
              type="button"
              className="-mx-1 min-h-6 max-w-48 truncate rounded px-1 hover:bg-sunken hover:text-ink"
              onClick={() => desk.select([one.id])}
            >
              {nameOf(one)}
            </button>
            <Icon name="chevron-right" size={14} className="mx-1 text-ink-faint" />
          </li>
        ))}
        <li aria-current="true">{lane || (record?.section === "touchpoints" ? "Touchpoint" : "")}</li>
      </ol>
    </nav>
  );
}
