import { type Scale, timeScale } from "~/overlay/flow/times";
import { sayGroup } from "~/overlay/groups";
import { grainOf, groupings } from "~/overlay/lens";
import { Readings, sayReading } from "~/overlay/readings";
import { sayValue } from "~/overlay/say";
import { Figure } from "../numbers/Figure";
import { NothingBound } from "../numbers/NothingBound";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { Column, Columns, Rows } from "./Chart";
import { type FlowPage, moveOn } from "./flow";

const MEASURES = [
  ["time_q25", "First quartile"],
  ["time_median", "Median"],
  ["time_q75", "Third quartile"],
  ["time_p90", "90th percentile"],
] as const;

/** How long it takes from one touchpoint to the next, for every move that the map plans; of two groups on one scale. */
export function TimesPage({ desk, mapId, groups, period }: FlowPage) {
  const [group, beside = ""] = groups;
  const by = groupings({ group: group!, beside });
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/measured",
    path: { map_id: mapId },
    query: {
      measure: MEASURES.map(([measure]) => measure),
      ...(by.length && { by }),
      ...(period && { period: grainOf(period) }),
    },
  });
  return (
    <Waiting asked={asked} what="the times between" bring={() => desk.show("data")}>
      {({ readings: all }) => {
        const readings = new Readings(all);
        const edges = [...new Set(all.filter(({ at }) => at.includes(">")).map(({ at }) => at))];
        const shown = groups.flatMap((one) =>
          edges.flatMap((at) => MEASURES.map(([measure]) => readings.get({ measure, at, group: one, period })?.value)),
        );
        const scale = timeScale(shown.filter((value) => value != null));
        if (!edges.length)
          return (
            <NothingBound desk={desk} title="No move is planned between touchpoints that are bound">
              Times are told between touchpoints that follow each other and are bound to events.
            </NothingBound>
          );
        return (
          <Columns two={groups.length > 1}>
            {groups.map((one) => (
              <Times key={one} {...{ desk, period, readings, edges, scale }} group={one} />
            ))}
          </Columns>
        );
      }}
    </Waiting>
  );
}

type Given = Pick<FlowPage, "desk" | "period"> & {
  readings: Readings;
  group: string;
  edges: readonly string[];
  scale: Scale;
};

function Times({ desk, period, readings, group, edges, scale }: Given) {
  const read = (measure: string, at: string) => readings.get({ measure, at, group, period });
  const nameOf = (at: string) => {
    const [before = "", after = ""] = at.split(">");
    return moveOn(desk.map, { before, after });
  };
  const there = edges.filter((at) => read("time_median", at)?.value != null);
  const slowest = there.toSorted((a, b) => read("time_median", b)!.value! - read("time_median", a)!.value!)[0];
  const says = slowest
    ? `From the first visit to one touchpoint until the other, whatever lies between; Loops has the time of direct moves. The longest is ${nameOf(slowest)}: ${sayReading(read("time_median", slowest))} in the median. The bar holds the middle half, the line reaches to the 90th percentile; each mark is several times the one before.`
    : "No time was measured between these touchpoints.";
  const title = sayGroup(desk.map, group);
  const rows = edges.map((at) => [nameOf(at), ...MEASURES.map(([measure]) => sayReading(read(measure, at)))]);
  return (
    <Column title={title} says={says}>
      <div className="rounded-lg border border-line bg-sheet px-3 pb-1">
        <div className="pt-2 text-xs text-ink-soft sm:ml-76">
          <Marks scale={scale} />
        </div>
        <ol>
          {edges.map((at) => (
            <li key={at} className="items-center gap-4 border-t border-line py-1.5 sm:flex">
              <div className="flex items-center justify-between gap-3 text-sm sm:w-72 sm:shrink-0">
                <h3 className="min-w-0 font-normal">{nameOf(at)}</h3>
                <Figure
                  className="shrink-0"
                  title={`Median, ${nameOf(at)}`}
                  reading={read("time_median", at)}
                  open={() => desk.show("customers", { measure: "time_median", at, group, period })}
                />
              </div>
              <Range scale={scale} times={MEASURES.map(([measure]) => read(measure, at)?.value ?? undefined)} />
            </li>
          ))}
        </ol>
      </div>
      <Rows title={`Times between: ${title}`} heads={["Move", ...MEASURES.map(([, name]) => name)]} rows={rows} />
    </Column>
  );
}

function Marks({ scale }: { scale: Scale }) {
  return (
    <div aria-hidden="true" className="relative h-5">
      {scale.marks.map((mark) => {
        const at = scale.at(mark);
        const shift = at === 0 ? "" : at > 0.95 ? "-translate-x-full" : "-translate-x-1/2";
        return (
          <span key={mark} style={{ left: `${100 * at}%` }} className={`absolute whitespace-nowrap ${shift}`}>
            {sayValue(mark, "s")}
          </span>
        );
      })}
    </div>
  );
}

/** First quartile, median, third quartile and 90th percentile on the scale. */
function Range({ scale, times }: { scale: Scale; times: readonly (number | undefined)[] }) {
  const [low, middle, high, most] = times.map((time) => (time === undefined ? undefined : 100 * scale.at(time)));
  const still = { vectorEffect: "non-scaling-stroke", fill: "none" } as const;
  return (
    <svg aria-hidden="true" viewBox="0 0 100 18" preserveAspectRatio="none" className="block h-4.5 w-full min-w-0">
      {scale.marks.map((mark) => (
        <path key={mark} d={`M${100 * scale.at(mark)} 0V18`} className="stroke-line" {...still} />
      ))}
      {high !== undefined && most !== undefined && (
        <path d={`M${high} 9H${most}M${most} 5V13`} strokeWidth="1.5" className="stroke-ink-soft" {...still} />
      )}
      {low !== undefined && high !== undefined && (
        <rect x={low} y="4" width={Math.max(0.3, high - low)} height="10" className="fill-spruce/50" />
      )}
      {middle !== undefined && <path d={`M${middle} 1V17`} strokeWidth="2.5" className="stroke-ink" {...still} />}
    </svg>
  );
}
