import { type ReactNode, useId } from "react";
import type { Promise as Promised, ScorePromise, TimePromise } from "~/contract/maps";
import { feelingWord, signed } from "~/maps/curve";
import { nameOf } from "~/maps/kinds";
import { sayRule } from "~/maps/rules";
import { Button, IconButton } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { useMap, useSection } from "../../useMap";
import { filled } from "./filled";
import { LevelSlider } from "./LevelField";
import { usePlace } from "./place";
import { Chooser } from "./RefField";
import { RuleText } from "./RuleField";
import { durationFault, numberFault, readNumber, ValueField } from "./ValueField";

type Set = (next: Promised | undefined) => void;

/** What is promised here: overall, and where it is another promise in one channel. */
export function PromiseField(): ReactNode {
  const { fields, mayEdit, put, type } = usePlace();
  const promise = (fields.promise ?? undefined) as Promised | undefined;
  const channels = useSection("channels");
  const map = useMap();
  const own = Object.entries((promise?.channels ?? {}) as Record<string, Promised>);
  const rest = channels.filter((one) => !own.some(([id]) => id === one.id));
  const set = (next: Promised | undefined) => put({ promise: pruned(next) }, "Change the promise");
  const setOwn = (id: string, next: Promised | undefined) =>
    set({ ...promise, channels: filled({ ...promise?.channels, [id]: next }) });
  if (!mayEdit)
    return (
      <p className="whitespace-pre-wrap">
        {sayPromise(promise, (id) => nameOf(map.get(id))) || "Nothing is promised here."}
      </p>
    );
  return (
    <>
      <Field
        label="In words that a customer hears"
        multiline
        rows={2}
        placeholder="Your key in five minutes."
        value={promise?.says ?? ""}
        onChange={(says) => type({ promise: pruned({ ...promise, says: says || null }) })}
      />
      <Parts promise={promise} set={set} />
      {own.map(([id, said]) => (
        <fieldset key={id} className="m-0 flex min-w-0 flex-col gap-3 rounded-lg border border-line p-3">
          <legend className="px-1 text-sm font-medium">In {nameOf(map.get(id))} instead</legend>
          <Parts promise={said} set={(next) => setOwn(id, next ?? {})} />
          <Button size="sm" kind="quiet" icon="close" onClick={() => setOwn(id, undefined)}>
            As everywhere
          </Button>
        </fieldset>
      ))}
      {rest.length > 0 && (
        <Chooser
          tall
          label="Promise something else in one channel"
          value=""
          onChoose={(id) => id && setOwn(id, { feeling: 0 })}
        >
          <option value="">Something else in one channel…</option>
          {rest.map((one) => (
            <option key={one.id} value={one.id}>
              {nameOf(one)}
            </option>
          ))}
        </Chooser>
      )}
    </>
  );
}

function Parts({ promise, set }: { promise: Promised | undefined; set: Set }): ReactNode {
  return (
    <>
      <Time time={promise?.time ?? undefined} set={(time) => set({ ...promise, time: time ?? null })} />
      <Score label="Effort" score={promise?.effort} first="ces" set={(effort) => set({ ...promise, effort })} />
      <Score label="Score" score={promise?.score} first="csat" set={(score) => set({ ...promise, score })} />
      <LevelSlider
        label="Feeling"
        level={promise?.feeling ?? undefined}
        onSet={(feeling) => set({ ...promise, feeling: feeling ?? null })}
      />
    </>
  );
}

type Form = "none" | "within" | "due" | "rule";

function formOf(time: TimePromise | undefined): Form {
  if (!time) return "none";
  if (time.by_due) return "due";
  return time.kept_when ? "rule" : "within";
}

const START: Record<Form, TimePromise | undefined> = {
  none: undefined,
  within: { within: "1d" },
  due: { by_due: true },
  rule: { kept_when: { property: { made_sla: "true" } } as TimePromise["kept_when"] & object },
};

function Time({
  time,
  set,
}: {
  time: TimePromise | undefined;
  set: (time: TimePromise | undefined) => void;
}): ReactNode {
  const { id: here } = usePlace();
  const points = useSection("touchpoints").filter((one) => one.id !== here);
  const id = useId();
  const form = formOf(time);
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        Time
      </label>
      <Chooser tall id={id} value={form} onChoose={(to) => set(START[to as Form])}>
        <option value="none">Nothing is promised</option>
        <option value="within">Within a time</option>
        <option value="due">By the due time that the data names</option>
        <option value="rule">Kept when the data says so</option>
      </Chooser>
      {form === "within" && (
        <div className="grid grid-cols-[6rem_1fr] gap-1.5">
          <ValueField
            label="Within"
            hideLabel
            value={time?.within ?? ""}
            placeholder="30m"
            fault={durationFault}
            onTake={(within) => set(within ? { ...time, within: within.replace(/\s/g, "") } : undefined)}
          />
          <Chooser
            tall
            label="Counted from"
            value={time?.after ?? ""}
            onChoose={(after) => set({ ...time, after: after || null })}
          >
            <option value="">after the journey’s start</option>
            {points.map((one) => (
              <option key={one.id} value={one.id}>
                after “{nameOf(one)}”
              </option>
            ))}
          </Chooser>
        </div>
      )}
      {form === "rule" && (
        <RuleText
          label="Kept when"
          rule={time?.kept_when as Record<string, unknown> | undefined}
          onTake={(rule) =>
            set(rule ? { ...time, kept_when: rule as NonNullable<TimePromise["kept_when"]> } : undefined)
          }
        />
      )}
    </div>
  );
}

const SCORES = [
  ["csat", "CSAT"],
  ["nps", "NPS"],
  ["ces", "CES"],
  ["score", "Score"],
  ["feeling", "Feeling"],
] as const;

function Score({
  label,
  score,
  first,
  set,
}: {
  label: string;
  score: ScorePromise | null | undefined;
  first: ScorePromise["measure"];
  set: (score: ScorePromise | null) => void;
}): ReactNode {
  const id = useId();
  const level = score?.at_least ?? score?.at_most;
  const bound =
    score && typeof score.at_most === "number" && typeof score.at_least !== "number" ? "at_most" : "at_least";
  const put = (measure: string, way: string, value: number | undefined) =>
    set({ measure: measure as ScorePromise["measure"], ...(value === undefined ? {} : { [way]: value }) });
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="grid grid-cols-[1fr_1fr_5rem_auto] gap-1.5">
        <div className={score ? "" : "col-span-4"}>
          <Chooser
            tall
            id={id}
            value={score?.measure ?? ""}
            onChoose={(to) => (to ? put(to, bound, level ?? undefined) : set(null))}
          >
            <option value="">Nothing is promised</option>
            {[...SCORES]
              .sort(([a]) => (a === first ? -1 : 0))
              .map(([value, title]) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
          </Chooser>
        </div>
        {score && (
          <>
            <Chooser
              tall
              label={`${label}: which way`}
              value={bound}
              onChoose={(way) => put(score.measure, way, level ?? undefined)}
            >
              <option value="at_least">at least</option>
              <option value="at_most">at most</option>
            </Chooser>
            <ValueField
              label={`${label}: level`}
              hideLabel
              value={level === null || level === undefined ? "" : String(level)}
              inputMode="decimal"
              fault={numberFault}
              onTake={(text) => put(score.measure, bound, text ? readNumber(text) : undefined)}
            />
            <IconButton icon="close" label={`Promise no ${label.toLowerCase()}`} onClick={() => set(null)} />
          </>
        )}
      </div>
    </div>
  );
}

function pruned(promise: Promised | undefined): Promised | undefined {
  const kept: Record<string, unknown> = filled({ ...promise });
  if (kept.channels && Object.keys(kept.channels).length === 0) delete kept.channels;
  return Object.keys(kept).length ? (JSON.parse(JSON.stringify(kept)) as Promised) : undefined;
}

/** The promise in a line: what a customer hears, or what is measured. */
export function sayPromise(promise: Promised | null | undefined, name: (id: string) => string): string {
  if (!promise) return "";
  if (promise.says) return promise.says;
  const parts: string[] = [];
  const { time } = promise;
  if (time?.within) parts.push(`within ${time.within}${time.after ? ` after “${name(time.after)}”` : ""}`);
  if (time?.by_due) parts.push("by the due time");
  if (time?.kept_when) parts.push(`when ${sayRule(time.kept_when as Record<string, unknown>)}`);
  for (const score of [promise.effort, promise.score]) if (score) parts.push(sayScore(score));
  if (typeof promise.feeling === "number")
    parts.push(`feels ${feelingWord(promise.feeling)} (${signed(promise.feeling)})`);
  return parts.join(", ");
}

function sayScore({ measure, at_least, at_most }: ScorePromise): string {
  const title = SCORES.find(([value]) => value === measure)?.[1] ?? measure;
  if (typeof at_least === "number") return `${title} ≥ ${at_least}`;
  return typeof at_most === "number" ? `${title} ≤ ${at_most}` : title;
}
