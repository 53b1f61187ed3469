import { useState } from "react";
import type { Desk } from "~/commands/command";
import type { JourneyTold, LaidTold } from "~/contract/api";
import { DEVIATIONS } from "~/overlay/deviations";
import { sayValue } from "~/overlay/say";
import { Chip, Icon, type IconName, type Tone } from "../kit";
import { dayWithin } from "../when";
import { reveal } from "./reveal";
import { Timeline } from "./Timeline";

interface Props {
  desk: Desk;
  journey: JourneyTold;
  of: number;
  currency: string | null;
  /** Whether it is open at first. */
  begin: boolean;
}

const STATES: Record<string, { title: string; tone: Tone; icon: IconName }> = {
  done: { title: "Done", tone: "leaf", icon: "check" },
  lost: { title: "Lost", tone: "coral", icon: "sign-out" },
  stuck: { title: "Stuck: the company owes a step", tone: "coral", icon: "pause" },
  under_way: { title: "Under way", tone: "sky", icon: "play" },
};

/** One journey: what became of it, the planned route against the one taken, and everything that happened. */
export function JourneyPart({ desk, journey, of, currency, begin }: Props) {
  const [open] = useState(begin); // another journey that lands closes none that is being read
  const state = STATES[journey.state] ?? { title: journey.state, tone: "neutral" as Tone, icon: "info" as IconName };
  const money = currency ? `money:${currency}` : "money";
  return (
    <details open={open} className="group mt-6 border-t border-line pt-4">
      <summary className="flex min-h-8 cursor-pointer list-none flex-wrap items-center gap-x-2 gap-y-1 [&::-webkit-details-marker]:hidden">
        <Icon name="chevron-right" size={16} className="transition-transform group-open:rotate-90" />
        <h2 className="font-semibold">
          {of === 1 ? "The journey" : `Journey ${journey.number} of ${of}`}, from {dayWithin(journey.started_at)}
        </h2>
        <Chip tone={state.tone} icon={state.icon}>
          {state.title}
        </Chip>
        {journey.success && journey.state !== "done" && <Chip tone="leaf">Reached its goal</Chip>}
        {journey.kept === false && (
          <Chip tone="amber" icon="timer">
            Promise not kept
          </Chip>
        )}
      </summary>
      <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <Fact name="Lasted" value={journey.lasted_s > 0 ? sayValue(journey.lasted_s, "s") : "one instant"} />
        {journey.value !== 0 && <Fact name="Value" value={sayValue(journey.value, money)} />}
        {journey.channel_title && <Fact name="Began in" value={journey.channel_title} />}
        <Fact name="Fits the map" value={sayValue(journey.fitness, "share")} />
      </dl>
      <Route desk={desk} journey={journey} />
      {journey.effort.length > 0 && <Effort journey={journey} />}
      <h3 className="mt-5 mb-1 text-sm font-semibold text-ink-soft">What happened</h3>
      <Timeline desk={desk} journey={journey} />
    </details>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}

const MOVES: Record<string, { says: string; icon: IconName; look: string }> = {
  done: { says: "", icon: "check", look: "border-line bg-sheet" },
  missing: { says: "left out", icon: "minus", look: "border-dashed border-amber bg-amber-soft text-amber" },
  extra: { says: "not planned here", icon: "plus", look: "border-sky/50 bg-sky-soft text-sky" },
  "not reached": { says: "not reached", icon: "optional", look: "border-dashed border-line-strong text-ink-soft" },
};

/** The planned route against the one taken, touchpoint by touchpoint. */
function Route({ desk, journey }: { desk: Desk; journey: JourneyTold }) {
  const { route, expects_titles } = journey;
  return (
    <section className="mt-4 rounded-xl border border-line bg-sheet p-3">
      <h3 className="text-sm font-semibold">The planned route, and the one taken</h3>
      <p className="text-sm text-ink-soft">{route.length ? journey.route_says : "Nothing of it is on the map."}</p>
      {route.length > 0 && (
        <ol className="mt-2 flex flex-wrap gap-1.5">
          {route.map((one, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a route may come to a touchpoint again, and stays as it is
            <li key={number} className="max-w-full">
              <Step desk={desk} one={one} />
            </li>
          ))}
        </ol>
      )}
      {expects_titles.length > 0 && (
        <p className="mt-2 text-sm text-ink-soft">The map has next: {expects_titles.join(" or ")}.</p>
      )}
    </section>
  );
}

function Step({ desk, one }: { desk: Desk; one: LaidTold }) {
  const move = MOVES[one.move] ?? MOVES.done!;
  const kinds = one.deviations.map((kind) => DEVIATIONS[kind] ?? kind);
  const bad = one.move === "done" && kinds.length > 0;
  const moved = one.deviations.includes("irregular order");
  const says =
    moved && one.move === "missing"
      ? "planned here, taken elsewhere"
      : moved && one.move === "extra"
        ? "taken here, planned elsewhere"
        : kinds.length
          ? kinds.join(", ").toLowerCase()
          : move.says;
  return (
    <button
      type="button"
      onClick={() => reveal(desk, one.touchpoint)}
      data-tip="Show it on the map"
      className={`flex min-h-7 max-w-full items-center gap-1.5 rounded-lg border px-2 py-0.5 text-left text-sm hover:border-line-strong ${bad ? "border-coral/40 bg-coral-soft text-coral" : move.look}`}
    >
      <Icon name={bad ? "warning" : move.icon} size={14} />
      <span className="min-w-0 break-words">
        {one.title}
        {says && <span className="font-medium"> · {says}</span>}
      </span>
    </button>
  );
}

function Effort({ journey }: { journey: JourneyTold }) {
  return (
    <section className="mt-3">
      <h3 className="text-sm font-semibold text-ink-soft">What made it hard</h3>
      <ul className="mt-1 flex flex-wrap gap-1.5">
        {journey.effort.map((one) => (
          <li key={one.component}>
            <Chip>
              {one.title}
              {Number.isInteger(one.value) && ` ${one.value}`}
            </Chip>
          </li>
        ))}
      </ul>
    </section>
  );
}
