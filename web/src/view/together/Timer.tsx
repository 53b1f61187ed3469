import { useEffect, useRef, useState } from "react";
import { clockText, secondsLeft, type Workshop, type WorkshopState } from "~/maps/votes";
import { Icon } from "../kit";
import { useChanges, useTogether } from "./useTogether";

/** The seconds that are left, counted while the timer runs. */
export function useSecondsLeft(workshop: Workshop): number {
  useChanges(workshop, "state");
  const { timer_ends } = workshop.state();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const state = workshop.state();
    const tick = () => {
      const is = Date.now();
      const left = secondsLeft(state, is);
      setNow((was) => (secondsLeft(state, was) === left ? was : is)); // drawn anew once a second
      return left;
    };
    if (!timer_ends || tick() === 0) return;
    const clock = setInterval(() => tick() || clearInterval(clock), 250);
    return () => clearInterval(clock);
  }, [workshop, timer_ends]);
  return secondsLeft(workshop.state(), now);
}

const AROUND = 2 * Math.PI * 34;

/** A large clock face: what is left, as a number and as the part of a circle. */
export function TimerFace({ state, left }: { state: WorkshopState; left: number }) {
  const share = state.timer_s > 0 ? Math.min(1, left / state.timer_s) : 0;
  const over = left === 0;
  const paused = !state.timer_ends && left > 0;
  return (
    <div className="flex items-center gap-4">
      <svg
        viewBox="0 0 76 76"
        className={`size-19 -rotate-90 ${over ? "text-coral" : "text-spruce"}`}
        aria-hidden="true"
      >
        <circle cx="38" cy="38" r="34" fill="none" stroke="currentColor" strokeWidth="6" opacity="0.18" />
        <circle
          cx="38"
          cy="38"
          r="34"
          fill="none"
          stroke="currentColor"
          strokeWidth="6"
          strokeLinecap="round"
          strokeDasharray={`${AROUND * share} ${AROUND}`}
          opacity={share > 0 ? 1 : 0}
        />
      </svg>
      <p role="timer" className="text-2xl font-semibold tabular-nums">
        {clockText(left)}
        <span className="block text-sm font-normal text-ink-soft">
          {over ? "Time is up" : paused ? "Paused" : "left"}
        </span>
      </p>
    </div>
  );
}

/** The timer and the vote in the bar above the map, for everybody, while there is one. It opens the workshop. */
export function WorkshopChip() {
  const together = useTogether();
  return together ? <Chip workshop={together.workshop} /> : null;
}

function Chip({ workshop }: { workshop: Workshop }) {
  const together = useTogether()!;
  useChanges(workshop);
  const left = useSecondsLeft(workshop);
  const state = workshop.state();
  const hello = together.session.getState().hello;
  const mine = hello && hello.role !== "viewer" ? state.votes_each - workshop.given(hello.member.id) : undefined;
  const runs = state.timer_ends !== "";
  const ran = useRef(false);
  useEffect(() => {
    if (runs && left > 0) ran.current = true;
    if (runs && left === 0 && ran.current) {
      ran.current = false;
      together.desk().announce("Time is up.");
    }
  }, [runs, left, together]);
  if (!runs && left === 0 && !state.voting) return null;
  const tone =
    runs && left === 0
      ? "bg-coral-soft text-coral"
      : runs && left <= 30
        ? "bg-amber-soft text-amber"
        : "bg-spruce-soft text-spruce";
  return (
    <button
      type="button"
      data-tip="Workshop"
      onClick={() => together.desk().show("workshop")}
      className={`flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-sm font-semibold tabular-nums ${tone}`}
    >
      <span className="sr-only">Workshop: </span>
      {(runs || left > 0) && (
        <>
          <Icon name={runs ? "timer" : "pause"} size={15} />
          {runs && left === 0 ? "Time is up" : clockText(left)}
        </>
      )}
      {state.voting && (
        <>
          <Icon name="vote" size={15} />
          <span className="max-sm:sr-only">Voting</span>
          {mine !== undefined && (
            <span role="status">
              <span className="max-sm:sr-only" aria-hidden="true">
                ·
              </span>{" "}
              {mine} left
            </span>
          )}
        </>
      )}
    </button>
  );
}
