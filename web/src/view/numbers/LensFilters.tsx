import { useMemo } from "react";
import type { Desk } from "~/commands/command";
import { groupsOf, type Option } from "~/overlay/groups";
import { periodsBetween, sayPeriod } from "~/overlay/periods";
import { restOf, segmentsOf } from "~/overlay/segments";
import { Select } from "../kit";
import { useAnswer } from "../useAnswer";
import { useLens } from "../useLens";
import { useAnything, useMap } from "../useMap";
import { GroupSelect } from "./GroupSelect";

/** Whose numbers, beside whose, and of when. They change numbers, never the drawing. */
export function LensFilters({ desk }: { desk: Desk }) {
  const map = useMap();
  const said = useAnything();
  const lens = useLens(desk);
  const { answer: properties } = useAnswer({ operation: "GET /api/properties" });
  const segments = useMemo(() => segmentsOf(properties ?? []), [properties]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` says when the map names others
  const groups = useMemo(() => [...groupsOf(map), ...segments], [map, said, segments]);
  const { answer: data } = useAnswer({ operation: "GET /api/data" });
  const [first, last] = [data?.first, data?.last];
  const periods = useMemo(() => (first && last ? periodsBetween(first, last) : []), [first, last]);
  const listed = !lens.period || periods.some((one) => one.value === lens.period);
  return (
    <span className={`flex items-center gap-1.5 ${NARROW}`}>
      <GroupSelect
        label="Whose numbers"
        none="Everybody"
        value={lens.group}
        options={groups}
        onChange={(group) => desk.lens.set({ group, ...(lens.beside === group && { beside: "" }) })}
      />
      <GroupSelect
        label="Beside whose"
        none="Compare with…"
        value={lens.beside}
        options={[...others(lens.group), ...groups.filter((one) => one.value !== lens.group)]}
        onChange={(beside) => desk.lens.set({ beside })}
      />
      <Select
        label="Of when"
        hideLabel
        size="sm"
        className="w-40"
        value={lens.period}
        options={[
          { value: "", title: "All the time" },
          ...(listed ? [] : [{ value: lens.period, title: sayPeriod(lens.period) }]),
          ...periods,
        ]}
        onChange={(period) => desk.lens.set({ period })}
      />
    </span>
  );
}

/** On a phone the three stand side by side, each with room for the words that it begins with. */
const NARROW =
  "[&_select]:text-ellipsis max-sm:[&_select]:pr-5 max-sm:[&_select]:pl-2 max-sm:[&_select]:text-xs max-sm:[&_svg]:right-1 max-sm:[&>div]:w-[6.5rem] max-sm:[&>div:nth-of-type(2)]:w-[8.25rem]";

/** Beside a value of a property: all who have another one. */
function others(group: string): Option[] {
  const rest = restOf(group);
  return rest ? [{ value: rest, title: "All others" }] : [];
}
