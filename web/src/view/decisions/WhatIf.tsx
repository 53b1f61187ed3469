import { useEffect, useMemo, useState } from "react";
import type { LeversTold, WhatIfTold } from "~/contract/api";
import { editOf } from "~/overlay/decisions";
import { sayEffect } from "~/overlay/say";
import { Button, Fault, Select, Spinner } from "../kit";
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
  const personas = useSection("personas");
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/whatif",
    path: { map_id: mapId },
    query: { ...(only && { only }) },
  });
  return (
    <div className="p-4 sm:px-6">
      <div className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-3">
        <p className="max-w-xl min-w-0 flex-1 basis-64 text-ink-soft">
          Move a rate or a wait, and see what would follow if behaviour elsewhere stays the same.
        </p>
        <Select
          label="Whose journeys"
          value={only}
          onChange={setOnly}
          options={[
            { value: "", title: "Everybody’s" },
            ...personas.map((one) => ({ value: `persona:${one.id}`, title: one.title || one.id })),
          ]}
        />
      </div>
      <Waiting asked={asked} what="what can be changed" bring={() => desk.show("data")}>
        {(told) => <Asking key={only} told={told} mapId={mapId} only={only} at={at} desk={desk} />}
      </Waiting>
    </div>
  );
}

interface Given extends Pick<PanelProps, "desk" | "mapId"> {
  told: LeversTold;
  only: string;
  at: string | undefined;
}

function Asking({ told, mapId, only, at, desk }: Given) {
  const [set, setSet] = useState<Readonly<Record<string, number>>>({});
  const edits = useMemo(() => Object.entries(set).map(([key, value]) => editOf(key, value)), [set]);
  const { answer, asking, fault } = useWhatIf(mapId, only, edits);
  const change = (key: string, value: number | undefined) =>
    setSet(({ [key]: _, ...rest }) => (value === undefined ? rest : { ...rest, [key]: value }));
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
      <Levers told={told} set={set} change={change} at={at} />
      <section
        aria-label="What would follow"
        className="min-w-0 rounded-xl border border-line bg-sheet p-4 lg:sticky lg:top-4"
      >
        <div className="flex min-h-8 flex-wrap items-center gap-2">
          <h2 className="font-semibold">What would follow</h2>
          {asking && <Spinner />}
          {edits.length > 0 && (
            <Button size="sm" kind="quiet" icon="undo" className="ml-auto" onClick={() => setSet({})}>
              As it is now
            </Button>
          )}
        </div>
        <div aria-live="polite">
          {fault ? (
            <Fault says={fault.message} />
          ) : edits.length === 0 || !answer ? (
            <p className="mt-2 text-ink-soft">Move a slider: the numbers now stand beside those that would be.</p>
          ) : (
            <Outcomes answer={answer} />
          )}
        </div>
        <Basis
          told={told}
          answer={edits.length ? answer : undefined}
          currency={String(desk.map.getHead().currency ?? "")}
        />
      </section>
      {edits.length > 0 && answer && (
        <div className="sticky bottom-0 -mx-4 border-t border-line bg-raised px-4 py-2 shadow-float lg:hidden">
          <InShort answer={answer} />
        </div>
      )}
    </div>
  );
}

/** The answer to the edits, asked when the sliders rest; the one before stays in sight meanwhile. */
function useWhatIf(mapId: string, only: string, edits: readonly string[]) {
  const [rested, setRested] = useState(edits);
  useEffect(() => {
    const timer = setTimeout(() => setRested(edits), PAUSE);
    return () => clearTimeout(timer);
  }, [edits]);
  const asked = useAnswer(
    rested.length
      ? {
          operation: "GET /api/maps/{map_id}/whatif/answer",
          path: { map_id: mapId },
          query: { edit: rested, ...(only && { only }) },
        }
      : undefined,
  );
  const [last, setLast] = useState<WhatIfTold>();
  useEffect(() => {
    if (asked.answer) setLast(asked.answer);
  }, [asked.answer]);
  return { answer: asked.answer ?? last, asking: asked.asking || rested !== edits, fault: asked.fault };
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
