import { useEffect, useMemo, useState } from "react";
import type { LeversTold, WhatIfTold } from "~/contract/api";
import { nameOf } from "~/maps/kinds";
import { editOf } from "~/overlay/decisions";
import { sayEffect } from "~/overlay/say";
import { Button, Fault, GUTTERS, Select, Spinner } from "../kit";
import { Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { useSection } from "../useMap";
import { Levers } from "./Levers";
import { InShort, Outcomes } from "./Outcomes";

const PAUSE = 150; // ms after which a slider that rests is asked about

/** A rate or a wait on the map is changed; conversions, value and loyalty move with it. */
export function WhatIf({ mapId, desk, at }: PanelProps & { at: string | undefined }) {
  const [only, setOnly] = useState("");
  const [place, setPlace] = useState(at ?? "");
  const [set, setSet] = useState<Edits>({});
  const personas = useSection("personas");
  const points = useSection("touchpoints");
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/whatif",
    path: { map_id: mapId },
    query: { ...(only && { only }) },
  });
  const known = placesOf(asked.answer);
  const where = known.has(place) ? place : "";
  const edits = useMemo(() => Object.entries(set).map(([key, value]) => editOf(key, value)), [set]);
  const following = useWhatIf(mapId, only, edits);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className={`min-h-0 flex-1 overflow-auto py-4 ${GUTTERS}`}>
        <p className="max-w-3xl text-ink-soft">
          Move a rate or a wait, and see what would follow if behaviour elsewhere stays the same.
        </p>
        <div className="mt-3 mb-5 flex flex-wrap items-end gap-x-6 gap-y-3">
          <Select
            label="Whose journeys"
            className="w-full sm:w-60"
            value={only}
            onChange={(group) => {
              setOnly(group);
              setSet({});
            }}
            options={[
              { value: "", title: "Everybody’s" },
              ...personas.map((one) => ({ value: `persona:${one.id}`, title: one.title || one.id })),
            ]}
          />
          <Select
            label="Where"
            className="w-full sm:w-60"
            value={where}
            onChange={setPlace}
            options={[
              { value: "", title: "Everywhere" },
              ...points.filter((one) => known.has(one.id)).map((one) => ({ value: one.id, title: nameOf(one) })),
            ]}
          />
        </div>
        <Waiting asked={asked} what="what can be changed" bring={() => desk.show("data")}>
          {(told) => (
            <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
              <Levers
                key={only}
                told={told}
                set={set}
                place={where}
                change={(key, value) =>
                  setSet(({ [key]: _, ...rest }) => (value === undefined ? rest : { ...rest, [key]: value }))
                }
              />
              <Following
                told={told}
                following={following}
                reset={edits.length > 0 ? () => setSet({}) : undefined}
                currency={String(desk.map.getHead().currency ?? "")}
              />
            </div>
          )}
        </Waiting>
      </div>
      {edits.length > 0 && following.answer && (
        <div className={`border-t border-line bg-raised py-2 shadow-float lg:hidden ${GUTTERS}`}>
          <InShort answer={following.answer} />
        </div>
      )}
    </div>
  );
}

type Edits = Readonly<Record<string, number>>;

/** Where something can be changed. */
function placesOf(told: LeversTold | undefined): ReadonlySet<string> {
  if (!told) return new Set();
  return new Set([...told.levers.map((one) => one.place), ...told.waits.flatMap((one) => [one.place, one.to])]);
}

/** The numbers now beside those that would be, and how far these can be trusted. `reset` where something was moved. */
function Following({
  told,
  following: { answer, asking, fault, again },
  reset,
  currency,
}: {
  told: LeversTold;
  following: ReturnType<typeof useWhatIf>;
  reset: (() => void) | undefined;
  currency: string;
}) {
  return (
    <section
      aria-label="What would follow"
      className="min-w-0 rounded-xl border border-line bg-sheet p-4 lg:sticky lg:top-0"
    >
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <h2 className="font-semibold">What would follow</h2>
        {asking && <Spinner />}
        {reset && (
          <Button size="sm" kind="quiet" icon="undo" className="ml-auto" onClick={reset}>
            As it is now
          </Button>
        )}
      </div>
      <div aria-live="polite">
        {fault ? (
          <Fault says={fault.message} retry={again} />
        ) : !reset || !answer ? (
          <p className="mt-2 text-ink-soft">Move a slider: the numbers now stand beside those that would be.</p>
        ) : (
          <Outcomes answer={answer} />
        )}
      </div>
      <Basis told={told} answer={reset ? answer : undefined} currency={currency} />
    </section>
  );
}

/** The answer to the edits, asked when the sliders rest; the one before stays in sight meanwhile. */
function useWhatIf(mapId: string, only: string, edits: readonly string[]) {
  const [rested, setRested] = useState(edits);
  useEffect(() => {
    const timer = setTimeout(() => setRested(edits), edits.length ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [edits]);
  const moved = edits.length > 0;
  const asked = useAnswer(
    moved && rested.length
      ? {
          operation: "GET /api/maps/{map_id}/whatif/answer",
          path: { map_id: mapId },
          query: { edit: rested, ...(only && { only }) },
        }
      : undefined,
  );
  const [last, setLast] = useState<WhatIfTold>();
  useEffect(() => {
    if (!moved)
      setLast(undefined); // what follows from the next slider is another answer
    else if (asked.answer) setLast(asked.answer);
  }, [moved, asked.answer]);
  return {
    answer: moved ? (asked.answer ?? last) : undefined,
    asking: asked.asking || rested !== edits,
    fault: asked.fault,
    again: asked.again,
  };
}

const FORETOLD: Record<string, string> = { conversion: "Conversion", value: "Value per journey" };

/** What the answers rest on, and how well the model foretold months that it had not seen. */
function Basis({ told, answer, currency }: { told: LeversTold; answer: WhatIfTold | undefined; currency: string }) {
  const { backtest } = answer ?? told;
  const memory = answer?.memory;
  const remembers = memory && memory.bic_order_2 < memory.bic_order_1;
  return (
    <details className="mt-4 border-t border-line pt-3 text-sm" open>
      <summary className="min-h-6 cursor-pointer font-medium text-spruce">How far this can be trusted</summary>
      <ul className="mt-2 list-disc space-y-1 pl-5 text-ink-soft">
        <li>{told.basis}</li>
        {told.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {backtest.note && <li>{backtest.note}</li>}
        {backtest.errors.map((one) => {
          const unit = one.outcome === "conversion" ? "share" : `money:${currency}`;
          const size = (value: number) => sayEffect(Math.abs(value), unit).replace("+", "");
          return (
            <li key={one.outcome}>
              {FORETOLD[one.outcome] ?? one.outcome}, foretold from the months before, missed by {size(one.error)} on
              average in {one.months} months (the naive guess by {size(one.naive_error)}); {one.inside} of {one.months}{" "}
              came out within their 95 % intervals.
            </li>
          );
        })}
        {remembers && memory.conversion_delta_order_2 !== null && (
          <li>
            A model that remembers one step more says {sayEffect(memory.conversion_delta_order_2, "share")} of success.
          </li>
        )}
      </ul>
    </details>
  );
}
