import type { RouteTaken } from "~/contract/api";
import { partOf } from "~/overlay/flow/whose";
import { sayGroup } from "~/overlay/groups";
import { sayCount, sayValue } from "~/overlay/say";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { type FlowPage, titleOn } from "./flow";

interface Props {
  page: FlowPage;
  group: string;
  /** One route, or two to compare. */
  routes: readonly RouteTaken[];
}

/** How many customers come from step to step of a route, whatever lies between: for two routes on the same scale. */
export function RouteSteps({ page, group, routes }: Props) {
  if (!routes.length) return null;
  return (
    <div className={`mt-4 grid gap-4 ${routes.length > 1 ? "lg:grid-cols-2" : ""}`}>
      {routes.map(({ rank, route }) => (
        <Steps key={rank} page={page} group={group} title={`Route ${rank}, step by step`} steps={route} />
      ))}
    </div>
  );
}

/** Customers at each step, those lost before it, and the time it takes them. */
export function Steps({
  page,
  group,
  title,
  steps,
}: Omit<Props, "routes"> & { title: string; steps: readonly string[] }) {
  const { desk, mapId, period } = page;
  const part = partOf(group, period);
  const asked = useAnswer(
    part && {
      operation: "GET /api/maps/{map_id}/paths/funnel",
      path: { map_id: mapId },
      query: { steps: steps.slice(0, 30), ...part },
    },
  );
  return (
    <section
      aria-label={`${title}: ${sayGroup(desk.map, group)}`}
      className="min-w-0 rounded-lg border border-line bg-sheet p-3"
    >
      <h3 className="text-sm font-semibold">{title}</h3>
      <Waiting asked={asked} what="customers at these steps" bring={() => desk.show("data")}>
        {({ rows, customers }) => (
          <table className="mt-2 w-full text-left text-sm">
            <caption className="sr-only">{title}</caption>
            <thead className="text-ink-soft">
              <tr>
                <th className="pr-2 font-medium">Step</th>
                <th className="pr-2 text-right font-medium">Customers</th>
                <th className="pr-2 text-right font-medium">Of previous</th>
                <th className="text-right font-medium">Median time</th>
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {rows.map((row) => (
                <tr key={row.level} className="border-t border-line">
                  <th className="py-1 pr-2 font-normal">
                    {titleOn(desk.map, row.step)}
                    <Bar of={customers} value={row.customers} />
                  </th>
                  <td className="pr-2 text-right">
                    {row.customers === null ? "fewer than 5" : sayCount(row.customers)}
                  </td>
                  <td className="pr-2 text-right">
                    {row.share_of_previous === null ? "–" : sayValue(row.share_of_previous, "share")}
                  </td>
                  <td className="text-right">{row.median_s === null ? "–" : sayValue(row.median_s, "s")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Waiting>
    </section>
  );
}

function Bar({ value, of }: { value: number | null; of: number | null }) {
  if (value === null || !of) return null;
  return (
    <svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none" className="mt-0.5 block h-1.5 w-full">
      <rect width="100" height="4" className="fill-sunken" />
      <rect width={(100 * value) / of} height="4" className="fill-spruce" />
    </svg>
  );
}
