import { useState } from "react";
import type { EffortHandOff, EffortPlace, VoiceEffort } from "~/contract/api";
import { sayCount, sayFirst, sayValue } from "~/overlay/say";
import { groupTitle, sayN } from "~/overlay/voice";
import { Rows } from "../flow/Chart";
import { Segments, Select } from "../kit";
import { NothingBound } from "../numbers/NothingBound";
import { Waiting } from "../numbers/Waiting";
import { orEarlier, useAnswer } from "../useAnswer";
import { Bar, Notes, Part, Says, Told } from "./parts";
import type { PageProps } from "./TopicsTab";

/** How hard journeys were, where effort arises, and which hand-offs cost most of it. */
export function EffortTab({ desk, mapId }: PageProps) {
  const [by, setBy] = useState("");
  const question = { operation: "GET /api/maps/{map_id}/voice/effort", path: { map_id: mapId } } as const;
  const whole = useAnswer(question);
  const parted = useAnswer(by ? { ...question, query: { by } } : undefined);
  const asked = by ? orEarlier(parted, whole) : whole;
  return (
    <div className="space-y-4">
      <Select
        label="Also by group"
        value={by}
        options={[
          { value: "", title: "No groups" },
          { value: "persona", title: "Personas" },
          { value: "channel", title: "Channels" },
        ]}
        onChange={setBy}
        className="w-44"
      />
      <Waiting asked={asked} what="effort" bring={() => desk.show("data")}>
        {(told) => <Effort told={told} desk={desk} />}
      </Waiting>
    </div>
  );
}

/** Points of the index with as many places as the command line says. */
function points(value: number): string {
  return value.toFixed(value >= 1 || value === 0 ? 1 : 2);
}

interface Row {
  effort: number | null;
  low: number | null;
  high: number | null;
  note: string;
}

function sayEffort({ effort, low, high, note }: Row): string {
  if (effort === null) return note || "not measured";
  const ends = low === null || high === null ? "" : ` (95\u202f% interval ${points(low)}–${points(high)})`;
  return `${points(effort)} points${ends}`;
}

function Effort({ told, desk }: { told: VoiceEffort } & Pick<PageProps, "desk">) {
  if (told.index.effort === null)
    return (
      <NothingBound desk={desk} title="Effort cannot be told yet">
        {sayFirst(told.index.note || "no journeys were walked")}. It is told of journeys: of events that are bound to
        touchpoints of the map.
      </NothingBound>
    );
  const untold = told.components.filter(({ measurable }) => !measurable);
  return (
    <div className="space-y-8">
      <Says>{told.says}</Says>
      <Part title="Where it is hard" says="Effort per journey that came there, of 100 points.">
        <Places told={told} />
      </Part>
      <Part title="What makes it hard" says="The points that each sign of effort adds to a journey.">
        <Signs told={told} />
      </Part>
      {told.groups.length > 0 && (
        <Part title="By group">
          <Hard
            rows={told.groups.map((one) => ({ ...one, title: groupTitle(one.group, told.titles), beside: "" }))}
            what="Groups"
          />
        </Part>
      )}
      <Part
        title="Hand-offs that cost most"
        says="Effort after a hand-off, times how often it happens: the costliest first."
      >
        <HandOffs told={told} />
      </Part>
      <Notes
        notes={[
          told.basis.says,
          told.validity.says,
          ...untold.map(({ title, why }) => `${title}: not measurable, ${why}.`),
        ]}
      />
    </div>
  );
}

type Hardness = Row & { title: string; m: number | null; beside: string };

/** Bars of effort with their intervals, one below the other. */
function Hard({ rows, what }: { rows: readonly Hardness[]; what: string }) {
  const most = Math.max(...rows.map(({ high, effort }) => high ?? effort ?? 0), 0.01);
  return (
    <>
      <ul className="divide-y divide-line rounded-lg border border-line bg-sheet">
        {rows.map((one) => (
          <li
            key={one.title}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-1.5 sm:grid-cols-[minmax(0,16rem)_1fr_4rem_12rem]"
          >
            <span className="min-w-0 truncate">{one.title}</span>
            <span className="order-1 col-span-2 sm:order-none sm:col-span-1">
              {one.effort === null ? (
                <span className="not-measured block rounded px-1.5 text-sm text-ink-soft">
                  {one.note || "not measured"}
                </span>
              ) : (
                <Bar
                  ends={{ value: one.effort, low: one.low ?? one.effort, high: one.high ?? one.effort }}
                  most={most}
                />
              )}
            </span>
            <span className="text-right text-sm">
              {one.effort !== null && (
                <Told says={`${one.title}: ${sayEffort(one)}, n = ${sayN(one.m)} journeys`}>{points(one.effort)}</Told>
              )}
            </span>
            <span className="order-2 col-span-2 text-sm text-ink-soft sm:order-none sm:col-span-1">
              {one.beside && `mostly ${one.beside}`}
            </span>
          </li>
        ))}
      </ul>
      <Rows
        title={what}
        heads={["Where", "Effort", "Journeys", "Mostly"]}
        rows={rows.map((one) => [one.title, sayEffort(one), sayN(one.m), one.beside])}
      />
    </>
  );
}

function Places({ told }: { told: VoiceEffort }) {
  const [kind, setKind] = useState<"stage" | "touchpoint">("touchpoint");
  const all = told.places.filter((one) => one.kind === kind && one.effort !== 0);
  const calm = told.places.filter((one) => one.kind === kind && one.effort === 0).length;
  const ranked = all.toSorted((a: EffortPlace, b: EffortPlace) => (b.effort ?? -1) - (a.effort ?? -1));
  return (
    <div className="space-y-3">
      <Segments
        label="Places"
        tabs={[
          { id: "touchpoint", title: "Touchpoints" },
          { id: "stage", title: "Stages" },
        ]}
        value={kind}
        onChange={setKind}
      />
      <Hard
        rows={ranked.map((one) => ({ ...one, title: told.titles[one.at] ?? one.at, beside: one.mostly }))}
        what="Effort by place"
      />
      {calm > 0 && <p className="text-sm text-ink-soft">{calm} more show no sign of effort.</p>}
    </div>
  );
}

function Signs({ told }: { told: VoiceEffort }) {
  const known = told.components
    .filter(({ measurable, points: some }) => measurable && some !== null)
    .toSorted((a, b) => (b.points ?? 0) - (a.points ?? 0));
  const most = Math.max(...known.map((one) => one.points ?? 0), 0.01);
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-sheet">
      {known.map(({ component, title, points: some, weight, mean }) => (
        <li
          key={component}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-1.5 sm:grid-cols-[minmax(0,16rem)_1fr_4rem]"
        >
          <span>{title}</span>
          <span className="order-1 col-span-2 sm:order-none sm:col-span-1">
            <Bar ends={{ value: some!, low: some!, high: some! }} most={most} tone="sky" />
          </span>
          <span className="text-right text-sm">
            <Told
              says={`${title}: ${some!.toFixed(2)} points, weight ${weight?.toFixed(2) ?? "unknown"}, ${mean?.toFixed(2) ?? "unknown"} per journey`}
            >
              {some!.toFixed(2)}
            </Told>
          </span>
        </li>
      ))}
    </ul>
  );
}

const KINDS: Record<string, string> = { stage: "Between stages", team: "Between teams", channel: "Between channels" };

function HandOffs({ told }: { told: VoiceEffort }) {
  const kinds = [...new Set([...told.hand_offs.map((one) => one.kind), ...told.hand_offs_not_measurable])].sort();
  const [chosen, setKind] = useState("team");
  const kind = kinds.includes(chosen) ? chosen : kinds[0];
  const rows = told.hand_offs.filter((one) => one.kind === kind);
  if (!kind) return <p className="text-ink-soft">No hand-off happened.</p>;
  return (
    <div className="space-y-3">
      <Segments
        label="Hand-offs"
        tabs={kinds.map((id) => ({ id, title: KINDS[id] ?? id }))}
        value={kind}
        onChange={setKind}
      />
      {rows.length ? (
        <HandOffTable rows={rows} titles={told.titles} />
      ) : (
        <p className="not-measured rounded p-3 text-sm text-ink-soft">
          {told.hand_offs_not_measurable.includes(kind)
            ? "Not measurable: neither the map nor the data say who has a journey."
            : "None happened."}
        </p>
      )}
    </div>
  );
}

const HEADS = ["From → to", "Effort after", "Times", "Of all effort", "Mostly"];

function HandOffTable({ rows, titles }: { rows: readonly EffortHandOff[]; titles: Record<string, string> }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <section aria-label="Hand-offs" tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-sheet">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Hand-offs by effort times how often they happen</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" className="border-b border-line px-4 py-2 font-medium text-ink-soft">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((one) => {
            const way = `${titles[one.from] ?? one.from} → ${titles[one.to] ?? one.to}`;
            return (
              <tr key={way}>
                <th scope="row" className="px-4 py-1.5 text-left font-medium">
                  {one.rank}. {way}
                </th>
                <td className="px-4 py-1.5 whitespace-nowrap">
                  {one.effort === null ? (
                    <span className="not-measured rounded px-1.5 text-ink-soft">{one.note || "not measured"}</span>
                  ) : (
                    <Told says={`${way}: ${sayEffort(one)}, n = ${sayN(one.n)} customers`}>{points(one.effort)}</Told>
                  )}
                </td>
                <td className="px-4 py-1.5 tabular-nums">{one.hand_offs === null ? "few" : sayCount(one.hand_offs)}</td>
                <td className="px-4 py-1.5 tabular-nums">{one.share === null ? "" : sayValue(one.share, "share")}</td>
                <td className="px-4 py-1.5 text-ink-soft">{one.mostly}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
