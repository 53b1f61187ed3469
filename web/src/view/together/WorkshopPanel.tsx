import { useState } from "react";
import type { Desk } from "~/commands/command";
import type { Workshop } from "~/maps/votes";
import { counted } from "~/maps/words";
import { Button, Chip, Empty, Icon, IconButton, Panel } from "../kit";
import type { PanelProps } from "../panel";
import { goTo, placeOf } from "./places";
import { besideOf } from "./shared";
import { TimerFace, useSecondsLeft } from "./Timer";
import { type Me, useChanges, useMe } from "./useTogether";

/** The means of a workshop: a timer that all see, and votes. */
export default function WorkshopPanel({ desk, session, close }: PanelProps) {
  const me = useMe(session);
  const { workshop } = besideOf(session.map);
  useChanges(workshop);
  const given = { desk, workshop, me };
  return (
    <Panel title="Workshop" close={close}>
      <div className="divide-y divide-line">
        <TimerPart {...given} />
        <VotePart {...given} />
        <Results {...given} close={close} />
      </div>
    </Panel>
  );
}

interface Given {
  desk: Desk;
  workshop: Workshop;
  me: Me | undefined;
}

const MINUTES = [3, 5, 10, 15];

function TimerPart({ desk, workshop, me }: Given) {
  const state = workshop.state();
  const left = useSecondsLeft(workshop);
  const runs = state.timer_ends !== "" && left > 0;
  const start = (seconds: number) => {
    const timer_ends = new Date(Date.now() + seconds * 1000).toISOString();
    workshop.set({ timer_ends, timer_s: seconds, by: me!.id });
    desk.announce("The timer runs. Everybody here sees it.");
  };
  const stop = () => workshop.set({ timer_ends: "", timer_s: 0, by: me!.id });
  return (
    <section aria-label="Timer" className="space-y-3 p-4">
      <h3 className="flex items-center gap-2 font-semibold">
        <Icon name="timer" /> Timer
      </h3>
      {left > 0 || state.timer_ends ? (
        <>
          <TimerFace state={state} left={left} />
          {me?.mayEdit && (
            <div className="flex flex-wrap gap-2">
              {runs ? (
                <Button
                  size="sm"
                  icon="pause"
                  onClick={() => workshop.set({ timer_ends: "", timer_s: left, by: me.id })}
                >
                  Pause
                </Button>
              ) : (
                left > 0 && (
                  <Button size="sm" kind="primary" icon="play" onClick={() => start(left)}>
                    Go on
                  </Button>
                )
              )}
              {left > 0 && (
                <Button
                  size="sm"
                  icon="plus"
                  onClick={() => (runs ? start(left + 60) : workshop.set({ timer_s: left + 60, by: me.id }))}
                >
                  1 minute
                </Button>
              )}
              <Button size="sm" kind="quiet" onClick={stop}>
                {left > 0 ? "Stop" : "Put away"}
              </Button>
            </div>
          )}
        </>
      ) : me?.mayEdit ? (
        <fieldset className="flex flex-wrap gap-2">
          <legend className="mb-2 text-sm text-ink-soft">How long?</legend>
          {MINUTES.map((minutes) => (
            <Button key={minutes} size="sm" onClick={() => start(minutes * 60)}>
              {minutes} minutes
            </Button>
          ))}
        </fieldset>
      ) : (
        <p className="text-sm text-ink-soft">No timer runs. Whoever may edit the map can start one.</p>
      )}
    </section>
  );
}

function VotePart({ desk, workshop, me }: Given) {
  const { voting, votes_each } = workshop.state();
  const [each, setEach] = useState(votes_each);
  const given = me ? workshop.given(me.id) : 0;
  const begin = () => {
    workshop.set({ voting: true, votes_each: each, by: me!.id });
    desk.announce(`People can vote now: ${counted(each, "vote")} each.`);
  };
  const end = () => {
    workshop.set({ voting: false, by: me!.id });
    desk.announce("Voting is over.");
  };
  return (
    <section aria-label="Votes" className="space-y-3 p-4">
      <h3 className="flex items-center gap-2 font-semibold">
        <Icon name="vote" /> Votes {voting && <Chip tone="spruce">Open</Chip>}
      </h3>
      {voting ? (
        <>
          <p className="text-sm text-ink-soft">
            Press + on a card to vote for it.{" "}
            {me?.mayComment && (
              <strong className="font-semibold text-ink">
                {votes_each - given > 0
                  ? `You have ${counted(votes_each - given, "vote")} left.`
                  : "You have given all your votes."}
              </strong>
            )}
          </p>
          {me?.mayEdit && (
            <Button size="sm" icon="check" onClick={end}>
              End voting
            </Button>
          )}
        </>
      ) : me?.mayEdit ? (
        <div className="flex items-center gap-2">
          <IconButton
            icon="minus"
            label="Fewer votes"
            size="sm"
            disabled={each <= 1}
            onClick={() => setEach(each - 1)}
          />
          <output className="min-w-16 text-center text-sm font-medium" aria-live="polite">
            {counted(each, "vote")} each
          </output>
          <IconButton
            icon="plus"
            label="More votes"
            size="sm"
            disabled={each >= 10}
            onClick={() => setEach(each + 1)}
          />
          <Button size="sm" kind="primary" className="ml-auto" onClick={begin}>
            Begin voting
          </Button>
        </div>
      ) : (
        <p className="text-sm text-ink-soft">Nobody votes now. Whoever may edit the map can begin a vote.</p>
      )}
    </section>
  );
}

function Results({ desk, workshop, me, close }: Given & { close: () => void }) {
  const tallies = workshop.tallies().filter((one) => !placeOf(desk.map, one.record).gone);
  const most = tallies[0]?.votes ?? 1;
  if (!tallies.length)
    return (
      <Empty icon="vote" title="No votes yet">
        The cards with the most votes are listed here.
      </Empty>
    );
  return (
    <section aria-label="Results" className="space-y-2 p-4">
      <h3 className="font-semibold">Results</h3>
      <ol className="space-y-1">
        {tallies.map((one) => {
          const { name, kind, icon } = placeOf(desk.map, one.record);
          return (
            <li key={one.record}>
              <button
                type="button"
                onClick={() => goTo(desk, one.record, close)}
                className="relative flex min-h-9 w-full items-center gap-2 overflow-hidden rounded-md px-2.5 py-1.5 text-left text-sm hover:bg-sunken"
              >
                <span
                  aria-hidden="true"
                  className="absolute inset-y-0 left-0 rounded-md bg-spruce-soft"
                  style={{ width: `${(100 * one.votes) / most}%` }}
                />
                <Icon name={icon} size={16} className="relative" />
                <span className="relative min-w-0 flex-1">
                  <span className="sr-only">{kind}: </span>
                  <span className="line-clamp-2">{name}</span>
                </span>
                <span
                  className="relative font-semibold"
                  data-tip={`by ${counted(one.people, "person").replace("persons", "people")}`}
                >
                  {one.votes}
                  <span className="sr-only"> votes</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {me?.mayEdit && (
        <Button
          kind="quiet"
          size="sm"
          icon="trash"
          onClick={() => {
            workshop.clear();
            desk.announce("All votes are cleared.");
          }}
        >
          Clear all votes
        </Button>
      )}
    </section>
  );
}
