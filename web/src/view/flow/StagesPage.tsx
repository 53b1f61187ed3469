import { useMemo, useState } from "react";
import type { PropertyKnown, Reading } from "~/contract/api";
import { sayGroup } from "~/overlay/groups";
import { grainOf, groupingOf } from "~/overlay/lens";
import { Readings, sayReading } from "~/overlay/readings";
import { sayCount } from "~/overlay/say";
import { groupingBy, titleOf } from "~/overlay/segments";
import { type Option, Select } from "../kit";
import { Figure } from "../numbers/Figure";
import { NothingBound } from "../numbers/NothingBound";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { Column, Rows } from "./Chart";
import type { FlowPage } from "./flow";

const MEASURES = [
  ["reach", "Reach"],
  ["drop_off", "Lost here"],
  ["conversion", "Conversion"],
] as const;

const BY: readonly Option[] = [
  { value: "", title: "Not divided" },
  { value: "persona", title: "Persona" },
  { value: "channel", title: "Channel" },
];

/** How far journeys come: the share that reaches each stage, with its interval; of each group on the same scale. */
export function StagesPage({ desk, mapId, groups, period }: FlowPage) {
  const [by, setBy] = useState("");
  const { answer: properties } = useAnswer({ operation: "GET /api/properties" });
  const options = useMemo(() => [...BY, ...byProperty(properties ?? [])], [properties]);
  const groupings = [...new Set([...groups.filter(Boolean).map(groupingOf), ...(by ? [by] : [])])];
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/measured",
    path: { map_id: mapId },
    query: {
      measure: MEASURES.map(([measure]) => measure),
      ...(groupings.length && { by: groupings }),
      ...(period && { period: grainOf(period) }),
    },
  });
  return (
    <>
      <Select label="Divided by" size="sm" className="mb-4 w-40" value={by} options={options} onChange={setBy} />
      <Waiting asked={asked} what="how far customers come" bring={() => desk.show("data")}>
        {({ readings }) => {
          const shown = by ? dividedBy(by, readings, period) : groups;
          const all = new Readings(readings);
          return (
            <div
              className={`grid gap-x-6 gap-y-8 ${shown.length > 2 ? "md:grid-cols-2 xl:grid-cols-3" : shown.length > 1 ? "lg:grid-cols-2" : ""}`}
            >
              {shown.map((group) => (
                <Funnel key={group} desk={desk} readings={all} group={group} period={period} />
              ))}
            </div>
          );
        }}
      </Waiting>
    </>
  );
}

function byProperty(known: readonly PropertyKnown[]): Option[] {
  return known.map((one) => ({ value: groupingBy(one), title: titleOf(one.property), under: "Properties" }));
}

/** Everybody, and then each group of a kind that there is. */
function dividedBy(by: string, readings: readonly Reading[], period: string): string[] {
  const there = readings.filter((one) => one.period === period && groupingOf(one.group) === by && one.value !== null);
  return ["", ...new Set(there.map(({ group }) => group))];
}

type Given = Pick<FlowPage, "desk" | "period"> & { readings: Readings; group: string };

function Funnel({ desk, readings, group, period }: Given) {
  const stages = desk.map.list("stages");
  const read = (measure: string, at: string) => readings.get({ measure, at, group, period });
  const title = sayGroup(desk.map, group);
  const reached = stages.filter(({ id }) => read("reach", id)?.value != null);
  const rows = stages.map(({ id, title }) => [
    title || id,
    ...MEASURES.map(([measure]) => sayReading(read(measure, id))),
  ]);
  return (
    <Column title={title} says={saysFunnel(reached.map(({ id, title }) => [title || id, read("reach", id)!]))}>
      {reached.length === 0 && (
        <NothingBound desk={desk} title="Nothing can be told yet">
          Say which events belong to which touchpoint, or bring in more data: of fewer than 5 customers nothing is told.
        </NothingBound>
      )}
      <ol className="rounded-lg border border-line bg-sheet p-3">
        {stages.map(({ id, title }) => (
          <li key={id} className="border-line py-2 not-first:border-t">
            <h3 className="text-sm font-medium">{title || "Untitled stage"}</h3>
            <Bar reading={read("reach", id)} />
            <dl className="mt-1 flex flex-wrap gap-x-5 text-sm">
              {MEASURES.map(([measure, name]) => (
                <div key={measure} className="flex items-center gap-1">
                  <dt className="text-ink-soft">{name}</dt>
                  <dd>
                    <Figure
                      title={`${name}, ${title || id}`}
                      reading={read(measure, id)}
                      open={() => desk.show("customers", { measure, at: id, group, period })}
                    />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
      <Rows
        title={`How far journeys come: ${title}`}
        heads={["Stage", ...MEASURES.map(([, name]) => name)]}
        rows={rows}
      />
    </Column>
  );
}

/** "The stage that most journeys reach is Awareness (68.6 %), … n = 4,000 customers." */
function saysFunnel(reached: readonly (readonly [string, Reading])[]): string {
  if (!reached.length)
    return "Nothing was measured: no stage has touchpoints that events are bound to, or fewer than 5 customers came.";
  const sorted = [...reached].sort(([, a], [, b]) => b.value! - a.value!);
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  const of = most[1].n === null ? "" : ` (n = ${sayCount(most[1].n)} customers)`;
  return `Of all journeys${of}, ${sayReading(most[1])} come to ${most[0]} and ${sayReading(least[1])} to ${least[0]}. The thin line is the 95\u202f% interval.`;
}

/** A share as a bar over the whole width, with its interval as a line across its end. */
function Bar({ reading }: { reading: Reading | undefined }) {
  if (reading?.value == null)
    return <div aria-hidden="true" className="not-measured mt-1 h-4 rounded border border-line" />;
  const { value, low, high } = reading;
  return (
    <svg aria-hidden="true" viewBox="0 0 100 16" preserveAspectRatio="none" className="mt-1 block h-4 w-full rounded">
      <rect width="100" height="16" className="fill-sunken" />
      <rect width={100 * value} height="16" className="fill-spruce/60" />
      {low !== null && high !== null && (
        <path
          d={`M${100 * low} 3V13M${100 * low} 8H${100 * high}M${100 * high} 3V13`}
          fill="none"
          vectorEffect="non-scaling-stroke"
          className="stroke-ink"
          strokeWidth="2"
        />
      )}
    </svg>
  );
}
