import { useState } from "react";
import type { Baseline, InitiativeTold, VerdictTold } from "~/contract/api";
import { lastVerdict, wholeOf } from "~/overlay/decisions";
import { sayCount, sayEffect, sayEffectRange, sayValue } from "~/overlay/say";
import { Button, Fault } from "../kit";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { instant } from "../when";
import { CourseChart } from "./CourseChart";
import { type Page, useInitiatives } from "./useInitiatives";
import { VerdictChip } from "./VerdictChip";
import { Wide } from "./Wide";

const METHODS: Record<string, string> = {
  difference: "Customers were drawn by lot, so those who got it are compared with those who did not.",
  cuped:
    "Customers were drawn by lot; what they did before is taken into account, so that chance plays a smaller part.",
  did: "Groups that got it are compared with groups that did not, each with how it was before.",
  controls: "The weeks after the start are compared with what groups that it could not touch tell about those weeks.",
  interrupted: "The weeks after the start are compared with how the weeks before would have gone on.",
};

/** The verdict that was written last; a look at the newest data on request, because looks are counted. */
export function VerdictPart({ one, ...page }: { one: InitiativeTold } & Page) {
  const judged = lastVerdict(one);
  const whole = judged && wholeOf(judged);
  const [looks, look] = useState(0);
  const { judge } = useInitiatives(page, () => look(0));
  return (
    <div className="space-y-4">
      {judged ? (
        <>
          <p className="mt-2 text-sm text-ink-soft">
            Written by {judged.who || "somebody"} on {instant(judged.at)}
            {judged.data_until && `, data up to ${judged.data_until.slice(0, 10)}`}
          </p>
          {whole ? <Told told={whole} base={one.target.baseline} /> : <p>{judged.says}</p>}
        </>
      ) : (
        <p className="text-ink-soft">No verdict was written yet.</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {page.desk.mayEdit && (
          <Button kind="primary" size="sm" busy={judge.isPending} onClick={() => judge.mutate(one.id)}>
            {judged ? "Judge it anew" : "Judge it now"}
          </Button>
        )}
        <Button size="sm" icon="eye" onClick={() => look(looks + 1)}>
          Look, and write nothing
        </Button>
        <span className="text-sm text-ink-soft">
          Each look before the planned end is counted: who looks often sees chance.
        </span>
      </div>
      {judge.error && <Fault says={judge.error.message} />}
      {looks > 0 && <Look key={looks} one={one} {...page} />}
      {one.verdicts.length > 1 && (
        <details>
          <summary className="min-h-6 cursor-pointer text-sm font-medium text-spruce">Earlier verdicts</summary>
          <ul className="mt-2 space-y-1.5 text-sm">
            {one.verdicts.slice(0, -1).map((earlier) => (
              <li key={earlier.at}>
                {instant(earlier.at)}: {earlier.says}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** One look: data that land later are looked at when somebody asks for it, since that is another look. */
function Look({ one, mapId }: { one: InitiativeTold } & Page) {
  const [told, keep] = useState<VerdictTold>();
  const operation = "GET /api/maps/{map_id}/initiatives/{initiative_id}/verdict";
  const asked = useAnswer(told ? undefined : { operation, path: { map_id: mapId, initiative_id: one.id } });
  if (asked.answer && !told) keep(asked.answer);
  return (
    <div className="rounded-lg border border-dashed border-line-strong p-4">
      <p className="text-sm text-ink-soft">As the data were when it was looked at; nothing was written.</p>
      {told ? (
        <Told told={told} base={one.target.baseline} />
      ) : (
        <Waiting asked={asked} what="its effect">
          {() => null}
        </Waiting>
      )}
    </div>
  );
}

/** A verdict with its chart, its numbers, its method and what to mind. */
function Told({ told, base }: { told: VerdictTold; base: Baseline | null }) {
  const [first] = told.verdicts;
  const warnings = [...new Set([...told.verdicts.flatMap((one) => one.warnings), ...told.notes, ...told.overlaps])];
  return (
    <div className="mt-2 space-y-4">
      {told.verdicts.map((one) => (
        <div key={one.arm}>
          <p className="flex flex-wrap items-center gap-2">
            {one.arm && <b className="font-semibold">{one.arm}</b>}
            <VerdictChip word={one.verdict} says={one.says} />
            <span className="text-sm text-ink-soft">
              Grade {one.grade}
              {one.strength === "weak" && ", weak"}
            </span>
          </p>
          <p className="mt-1.5 text-lg break-words">{one.says}</p>
          {one.verdict === "too early" && one.needed && <p className="mt-1 text-sm">{one.needed.says}</p>}
        </div>
      ))}
      <CourseChart course={told.course} title={first?.measure ?? ""} />
      <Numbers told={told} base={base} />
      {first && (
        <div className="text-sm">
          <h4 className="font-semibold">How it was judged</h4>
          <p className="mt-1">{METHODS[first.method] ?? first.method}</p>
          <p className="mt-1 text-ink-soft">Why this way: {first.reason}</p>
        </div>
      )}
      {warnings.length > 0 && (
        <ul className="list-disc space-y-1 pl-5 text-sm text-ink-soft">
          {warnings.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Numbers({ told, base }: { told: VerdictTold; base: Baseline | null }) {
  const { reached } = told.course;
  const shown = told.verdicts.filter((one) => one.effect);
  if (!shown.length) return null;
  const twice =
    base &&
    shown.some((one) => one.baseline !== null && sayValue(one.baseline, base.unit) !== sayValue(base.value, base.unit));
  return (
    <>
      <Wide title="Before and after, in numbers">
        <table className="w-full text-left text-sm">
          <thead className="text-ink-soft">
            <tr>
              {[
                "",
                "Before the start",
                "After it",
                "Without it",
                "Effect",
                "95 % interval",
                "Customers",
                "Compared with",
              ].map((head) => (
                <th key={head} scope="col" className="py-1 pr-4 font-medium whitespace-nowrap">
                  {head || <span className="sr-only">Arm</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line tabular-nums">
            {shown.map((one) => {
              const effect = one.effect!;
              const known = effect.low !== null && effect.high !== null;
              return (
                <tr key={one.arm}>
                  <th scope="row" className="py-1.5 pr-4 font-normal">
                    {one.arm || "All"}
                  </th>
                  <td className="pr-4">{base ? sayValue(base.value, base.unit) : "not known"}</td>
                  <td className="pr-4">{reached === null ? "not known" : sayValue(reached, effect.unit)}</td>
                  <td className="pr-4">{one.baseline === null ? "not known" : sayValue(one.baseline, effect.unit)}</td>
                  <td className="pr-4 font-semibold">{sayEffect(effect.value, effect.unit)}</td>
                  <td className="pr-4 whitespace-nowrap">
                    {known ? sayEffectRange(effect.low!, effect.high!, effect.unit) : "not known"}
                  </td>
                  <td className="pr-4">{sayCount(effect.n)}</td>
                  <td>{effect.n_other === null ? "" : sayCount(effect.n_other)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Wide>
      {twice && (
        <p className="text-sm text-ink-soft">
          “Before the start” is the baseline, measured over the time that was fixed then. “Without it” is what would
          have been after the start otherwise: the effect is counted from there.
        </p>
      )}
    </>
  );
}
