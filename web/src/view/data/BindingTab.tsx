import { useState } from "react";
import type { Binding, BindingSuggestion, UnmatchedEvent } from "~/contract/api";
import type { RuleData } from "~/maps/rules";
import { ruleFor, widen } from "~/overlay/binding";
import { sayCount } from "~/overlay/say";
import { Button, Icon } from "../kit";
import { Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { useMap } from "../useMap";
import { AnswersBound } from "./AnswersBound";
import { BoundPoints } from "./BoundPoints";
import type { DataTab } from "./DataView";
import { NoData } from "./NoData";

/** Which events each touchpoint means: what is left over, the touchpoints with their rules, and suggestions. */
export function BindingTab(props: PanelProps & { go: (tab: DataTab) => void }) {
  const { desk, mapId, go } = props;
  const asked = useAnswer({ operation: "GET /api/maps/{map_id}/binding", path: { map_id: mapId } });
  if (asked.fault?.code === "no-data") return <NoData mayEdit={desk.mayEdit} go={go} />;
  return (
    <Waiting asked={asked} what="events without a touchpoint" bring={() => go("bring")}>
      {(answer) => <Both {...props} answer={answer} />}
    </Waiting>
  );
}

export const keyOf = ({ event, channel }: UnmatchedEvent): string => JSON.stringify([event, channel]);

function Both({ answer, ...props }: PanelProps & { answer: Binding }) {
  const { desk } = props;
  const map = useMap();
  const [chosen, choose] = useState<string>();
  const [point, setPoint] = useState<string>();
  const row = answer.unmatched.find((one) => keyOf(one) === chosen);
  const write = (id: string, rows: readonly UnmatchedEvent[]) => {
    const had = (map.get(id) as { when?: RuleData } | undefined)?.when;
    map.change(id, { when: rows.reduce<RuleData | undefined>((rule, one) => widen(rule, ruleFor(one)), had) });
  };
  const bind = (id: string, rows: readonly UnmatchedEvent[]) => {
    const title = answer.touchpoints.find((one) => one.id === id)?.title ?? id;
    desk.edit("Bind events", () => write(id, rows));
    desk.announce(`${rows[0]?.event} belongs to “${title}” now.`);
    choose(undefined);
    setPoint(id);
  };
  const take = (some: readonly BindingSuggestion[]) => {
    const meant = ({ event }: BindingSuggestion) => answer.unmatched.filter((one) => one.event === event);
    desk.edit("Bind events", () => {
      for (const one of some) write(one.touchpoint, meant(one));
    });
    const [first] = some;
    desk.announce(some.length === 1 ? `${first?.event} is bound now.` : `${some.length} events are bound now.`);
    if (some.length === 1) setPoint(first?.touchpoint);
  };
  return (
    <div className="space-y-5">
      <Coverage answer={answer} />
      {desk.mayEdit && <Suggestions answer={answer} take={take} />}
      <div className="grid gap-6 lg:grid-cols-2">
        <Left answer={answer} chosen={chosen} choose={choose} mayEdit={desk.mayEdit} />
        <BoundPoints {...props} points={answer.touchpoints} event={row} bind={bind} open={point} setOpen={setPoint} />
      </div>
      <AnswersBound {...props} answer={answer} />
    </div>
  );
}

function Coverage({ answer: { coverage } }: { answer: Binding }) {
  const { unbound, silent } = coverage;
  if (coverage.touchpoints_bound === 0)
    return (
      <p>
        No touchpoint has a rule yet, so nothing is measured. Say which of the {sayCount(coverage.events)} events belong
        to which.
      </p>
    );
  return (
    <p>
      The map explains <strong>{sayCount(coverage.events_explained)}</strong> of {sayCount(coverage.events)} events, and{" "}
      <strong>{sayCount(coverage.customers_explained)}</strong> of {sayCount(coverage.customers)} customers meet it. Of{" "}
      {sayCount(coverage.touchpoints_bound)} touchpoints with a rule, {sayCount(coverage.touchpoints_visited)} have data
      {silent.length > 0 && <>; {sayCount(silent.length)} without any</>}.{" "}
      {unbound.length > 0 && <>Without a rule: {sayCount(unbound.length)}.</>}
    </p>
  );
}

function Suggestions({ answer, take }: { answer: Binding; take: (some: readonly BindingSuggestion[]) => void }) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const shown = answer.suggestions.filter((one) => !left.has(one.event));
  if (shown.length === 0) return null;
  const title = (one: BindingSuggestion) => answer.touchpoints.find(({ id }) => id === one.touchpoint)?.title;
  const rows = (one: BindingSuggestion) => answer.unmatched.filter(({ event }) => event === one.event);
  return (
    <section aria-labelledby="binding-suggested">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 id="binding-suggested" className="font-semibold">
          Suggested
        </h2>
        {shown.length > 1 && (
          <Button size="sm" kind="primary" icon="check" onClick={() => take(shown)}>
            Bind all {shown.length}
          </Button>
        )}
      </div>
      <ul className="divide-y divide-line rounded-lg border border-line bg-sheet">
        {shown.map((one) => (
          <li key={one.event} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-2.5">
            <span className="min-w-0 flex-1 basis-64">
              <span className="font-medium break-words">{one.event}</span>{" "}
              <Icon name="arrow-right" size={14} className="inline" /> {title(one) ?? one.touchpoint}
              <span className="block text-sm text-ink-soft">{one.why.join(" ")}</span>
            </span>
            <span className="text-sm text-ink-soft tabular-nums">
              {sayCount(rows(one).reduce((sum, row) => sum + row.events, 0))} events
            </span>
            <span className="flex gap-1.5">
              <Button
                size="sm"
                icon="check"
                aria-label={`Bind ${one.event} to ${title(one) ?? one.touchpoint}`}
                onClick={() => take([one])}
              >
                Bind
              </Button>
              <Button
                size="sm"
                kind="quiet"
                aria-label={`Not this: ${one.event}`}
                onClick={() => setLeft(new Set([...left, one.event]))}
              >
                Not this
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Left({
  answer,
  chosen,
  choose,
  mayEdit,
}: {
  answer: Binding;
  chosen: string | undefined;
  choose: (key: string | undefined) => void;
  mayEdit: boolean;
}) {
  const { unmatched, coverage } = answer;
  return (
    <section aria-labelledby="binding-left">
      <h2 id="binding-left" className="mb-1 font-semibold">
        Events on no touchpoint
      </h2>
      {unmatched.length === 0 ? (
        <p className="text-sm text-ink-soft">There are none: every event belongs to something on the map.</p>
      ) : (
        <p className="mb-2 text-sm text-ink-soft">
          {mayEdit ? "Choose one, then the touchpoint that it belongs to." : "The most frequent first."}
        </p>
      )}
      <ul className="space-y-1.5">
        {unmatched.map((one) => (
          <li key={keyOf(one)}>
            <button
              type="button"
              disabled={!mayEdit}
              aria-pressed={keyOf(one) === chosen}
              onClick={() => choose(keyOf(one) === chosen ? undefined : keyOf(one))}
              className="flex w-full flex-wrap items-baseline gap-x-3 rounded-md border border-line bg-sheet px-3 py-2 text-left enabled:hover:border-line-strong aria-pressed:border-spruce aria-pressed:bg-spruce-soft"
            >
              <span className="min-w-0 flex-1 break-all">
                <span className="font-medium">{one.event}</span>{" "}
                {one.channel && <span className="text-sm text-ink-soft">{one.channel}</span>}
              </span>
              <span className="text-sm text-ink-soft tabular-nums">
                {sayCount(one.events)} events, {sayCount(one.customers)} customers
              </span>
            </button>
          </li>
        ))}
      </ul>
      {coverage.off_map_rare > 0 && (
        <p className="mt-2 text-sm text-ink-soft">
          And {sayCount(coverage.off_map_rare)} more that fewer than 5 customers have.
        </p>
      )}
    </section>
  );
}
