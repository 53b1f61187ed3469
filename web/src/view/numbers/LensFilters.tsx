import { useMemo } from "react";
import type { Desk } from "~/commands/command";
import { groupsOf } from "~/overlay/groups";
import { periodsBetween } from "~/overlay/periods";
import { Chip, Select } from "../kit";
import { useLens } from "../useLens";
import { useAnything, useMap } from "../useMap";
import { dayOf } from "../when";
import { useMeasured } from "./useMeasured";

/** Whose numbers, beside whose, of when; and up to when the data go. They change numbers, never the drawing. */
export function LensFilters({ desk, mapId }: { desk: Desk; mapId: string }) {
  const map = useMap();
  const said = useAnything();
  const lens = useLens(desk);
  const { measured } = useMeasured(mapId, lens);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` says when the map names others
  const groups = useMemo(() => groupsOf(map), [map, said]);
  const window = measured?.told.data;
  const periods = useMemo(
    () => (window?.from && window.to ? periodsBetween(window.from, window.to) : []),
    [window?.from, window?.to],
  );
  return (
    <span className="flex items-center gap-1.5">
      <Select
        label="Whose numbers"
        hideLabel
        size="sm"
        className="w-36"
        value={lens.group}
        options={[{ value: "", title: "Everybody" }, ...groups]}
        onChange={(group) => desk.lens.set({ group, ...(lens.beside === group && { beside: "" }) })}
      />
      <Select
        label="Beside whose"
        hideLabel
        size="sm"
        className="w-36"
        value={lens.beside}
        options={[{ value: "", title: "Compare with…" }, ...groups.filter((one) => one.value !== lens.group)]}
        onChange={(beside) => desk.lens.set({ beside })}
      />
      <Select
        label="Of when"
        hideLabel
        size="sm"
        className="w-32"
        value={lens.period}
        options={[{ value: "", title: "All the time" }, ...periods]}
        onChange={(period) => desk.lens.set({ period })}
      />
      {window?.to && (
        <span className="whitespace-nowrap max-xl:hidden">
          <Chip
            icon="table"
            tip={`${window.events.toLocaleString("en-US")} events of ${window.customers.toLocaleString("en-US")} customers`}
          >
            Data to {dayOf(window.to).replace(/^[TY](?=oday|esterday)/, (letter) => letter.toLowerCase())}
          </Chip>
        </span>
      )}
    </span>
  );
}
