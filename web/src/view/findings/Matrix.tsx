import { useEffect, useRef, useState } from "react";
import type { FindingTold, MapFindings } from "~/contract/api";
import { EFFORTS, rankBy, spanOf } from "~/overlay/findings";
import { Empty, Select } from "../kit";
import type { PanelProps } from "../panel";
import { Dots } from "./Dots";
import { MatrixField } from "./MatrixField";
import { useEstimating } from "./useDeciding";

type Props = Pick<PanelProps, "desk" | "session" | "mapId"> & { answer: MapFindings; open: (id: string) => void };

/** What to do first: what findings cost against how much work they are, and how sure the order is. */
export function Matrix({ desk, session, mapId, answer, open }: Props) {
  const { findings, estimate } = useEfforts(answer.findings, { session, mapId });
  const sized = findings.filter((one) => one.cost.lost).sort((a, b) => rankBy(a, "loss") - rankBy(b, "loss"));
  const rest = findings.length - sized.length;
  if (!sized.length)
    return (
      <Empty icon="chart" title="Nothing has a size yet">
        What the findings do to success, scores or money is not measured or not clear. Answers with a score, orders with
        an amount, or a success that the map names make it so.
      </Empty>
    );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-5xl space-y-8 px-4 py-5 sm:px-8">
        <section aria-labelledby="matrix-title">
          <h2 id="matrix-title" className="font-semibold">
            Impact against effort
          </h2>
          <p className="mt-0.5 mb-3 text-sm text-ink-soft">
            {desk.mayEdit
              ? "Drag a number to say how much work it is, press ← and → on it, or choose in the table. "
              : "The number is the place by expected loss. "}
            Hollow: nobody has estimated the effort yet.
            {rest > 0 && ` ${rest} ${rest === 1 ? "finding has" : "findings have"} no size and are left out.`}
          </p>
          <MatrixField findings={sized} mayEdit={desk.mayEdit} estimate={estimate} open={open} />
        </section>
        <Losses findings={sized} mayEdit={desk.mayEdit} estimate={estimate} open={open} />
      </div>
    </div>
  );
}

const CALM_MS = 500;

/** The findings with the efforts that were just said, which are sent when the keys are calm. */
function useEfforts(findings: readonly FindingTold[], page: Pick<Props, "session" | "mapId">) {
  const [said, say] = useState<ReadonlyMap<string, number | null>>(new Map());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    say(
      (now) =>
        new Map([...now].filter(([id, effort]) => findings.some((one) => one.id === id && one.cost.effort !== effort))),
    );
  }, [findings]);
  const { mutate: send } = useEstimating(page, ({ id }) =>
    say((now) => new Map([...now].filter(([other]) => other !== id))),
  );
  const estimate = (finding: FindingTold, effort: number | null) => {
    if (effort === finding.cost.effort) return;
    say((now) => new Map(now).set(finding.id, effort));
    clearTimeout(timers.current.get(finding.id));
    timers.current.set(
      finding.id,
      setTimeout(() => send({ finding, effort }), CALM_MS),
    );
  };
  const shown = findings.map((one) => {
    const effort = said.get(one.id);
    return effort === undefined ? one : { ...one, cost: { ...one.cost, effort } };
  });
  return { findings: shown, estimate };
}

export interface Estimating {
  findings: readonly FindingTold[];
  mayEdit: boolean;
  estimate: (finding: FindingTold, effort: number | null) => void;
  open: (id: string) => void;
}

/** The expected loss of each with its interval, and how sure its place is: a chart that is a table. */
function Losses({ findings, mayEdit, estimate, open }: Estimating) {
  const span = spanOf(findings.map((one) => one.cost.lost!));
  return (
    <section aria-labelledby="losses-title">
      <h2 id="losses-title" className="font-semibold">
        Expected loss
      </h2>
      <p className="mt-0.5 mb-2 text-sm text-ink-soft">
        Lost journeys a year with 95 % intervals. “First three”: how often it is among the three costliest.
      </p>
      <div className="overflow-x-auto">
        <table className="w-full min-w-[42rem] text-left text-sm">
          <thead className="text-ink-soft">
            <tr className="border-b border-line">
              <th className="py-1.5 pr-2 font-medium">#</th>
              <th className="py-1.5 pr-4 font-medium">Finding</th>
              <th className="w-[26%] py-1.5 pr-4 font-medium">Lost journeys a year</th>
              <th className="py-1.5 pr-4 text-right font-medium">
                <span className="sr-only">Value, 95 % interval</span>
              </th>
              <th className="py-1.5 pr-4 text-right font-medium whitespace-nowrap">First three</th>
              <th className="py-1.5 font-medium">Effort</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {findings.map((one) => {
              const [value, ends] = one.cost.lost!.told.split(" [");
              return (
                <tr key={one.id}>
                  <td className="py-1 pr-2 tabular-nums">{rankBy(one, "loss")}</td>
                  <th scope="row" className="py-1 pr-4 font-normal">
                    <button
                      type="button"
                      onClick={() => open(one.id)}
                      className="min-h-6 rounded text-left font-medium underline decoration-line-strong decoration-dotted underline-offset-4 hover:text-spruce"
                    >
                      {one.title}: {one.place}
                    </button>
                  </th>
                  <td className="py-1 pr-4">
                    <Dots number={one.cost.lost!} span={span} strong />
                  </td>
                  <td className="py-1 pr-4 text-right whitespace-nowrap tabular-nums">
                    <b className="font-semibold">{value}</b>
                    <span className="block text-xs text-ink-soft">{ends?.replace("]", "")}</span>
                  </td>
                  <td className="py-1 pr-4 text-right tabular-nums">{share(one)}</td>
                  <td className="py-1">
                    {mayEdit ? (
                      <EffortOf one={one} estimate={(effort) => estimate(one, effort)} />
                    ) : (
                      (one.cost.effort ?? <span className="not-measured rounded px-1">not estimated</span>)
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function EffortOf({ one, estimate }: { one: FindingTold; estimate: (effort: number | null) => void }) {
  const { effort } = one.cost;
  const steps = effort === null || EFFORTS.includes(effort) ? EFFORTS : [...EFFORTS, effort].sort((a, b) => a - b);
  return (
    <Select
      label={`Effort of ${one.title}, ${one.place}`}
      hideLabel
      size="sm"
      className="w-36"
      value={effort === null ? "" : String(effort)}
      options={[
        { value: "", title: "not estimated" },
        ...steps.map((step) => ({ value: String(step), title: String(step) })),
      ]}
      onChange={(to) => estimate(to ? Number(to) : null)}
    />
  );
}

function share({ cost }: FindingTold): string {
  return cost.in_top_3 === null ? "–" : `${Math.round(100 * cost.in_top_3)}\u202f%`;
}
