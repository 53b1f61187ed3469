import { useEffect, useRef, useState } from "react";
import type { DataAnswers, Job } from "~/contract/api";
import { Button, Fault, Field, Icon, Select, Tick } from "../kit";
import type { Asked } from "./reading";

interface Props {
  asked: readonly Asked[];
  busy: boolean;
  /** What they are for cannot do without times; why is said here. */
  needsTimes?: string;
  /** Why the answers that were given last did not do. */
  fault?: string | undefined;
  onAnswer: (said: DataAnswers) => void;
}

/** What the files leave open, asked one by one: nothing is guessed. What did not do stays, with the fault beside it. */
export function Questions({ asked, busy, needsTimes, fault, onAnswer }: Props) {
  const [answers, setAnswers] = useState<Record<string, string>>(() => Object.fromEntries(asked.map(first)));
  const [given, setGiven] = useState<Record<string, string>>();
  const form = useRef<HTMLFormElement>(null);
  const undated = needsTimes === undefined ? undefined : asked.find((one) => one.code === "undated");
  const open = asked.some((one) => !answers[keyOf(one)]?.trim());
  const wrong = given === undefined || given === answers ? fault : undefined; // a corrected answer is not yet wrong
  const zone = asked.find((one) => one.code === "zone");
  const wrongZone = zone && wrong?.includes(answers[keyOf(zone)]?.trim() || "\n") ? wrong : undefined;
  useEffect(() => {
    if (!fault || document.activeElement !== document.body) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], [type=submit]")?.focus();
  }, [fault]);
  return (
    <form
      ref={form}
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        setGiven(answers);
        onAnswer(told(asked, answers));
      }}
    >
      {!undated && (
        <p className="text-ink-soft">The files leave something open. Your answers decide; nothing is guessed.</p>
      )}
      {(undated ? [undated] : asked).map((one) => (
        <div key={keyOf(one)} className="rounded-lg border border-line p-4">
          <p className="mb-3 flex gap-2.5">
            <Icon name="help" className="mt-0.5 text-sky" />
            {one.says}
          </p>
          {undated ? (
            <p className="text-ink-soft">{needsTimes}</p>
          ) : (
            <Answer
              one={one}
              value={answers[keyOf(one)] ?? ""}
              wrong={one === zone ? wrongZone : undefined}
              onChange={(value) => setAnswers({ ...answers, [keyOf(one)]: value })}
            />
          )}
        </div>
      ))}
      {wrong && !wrongZone && <Fault says={wrong} />}
      {!undated && (
        <Button kind="primary" type="submit" busy={busy} disabled={open}>
          Go on
        </Button>
      )}
    </form>
  );
}

interface AnswerProps {
  one: Asked;
  value: string;
  wrong: string | undefined;
  onChange: (value: string) => void;
}

function Answer({ one, value, wrong, onChange }: AnswerProps) {
  if (one.code === "zone")
    return (
      <Field
        label="Time zone"
        value={value}
        onChange={onChange}
        required
        maxLength={60}
        options={ZONES}
        error={wrong}
        hint="This browser’s own stands here."
      />
    );
  if (one.code === "day_first")
    return (
      <Select
        label="3/4/2026 means"
        value={value}
        onChange={onChange}
        options={[
          NONE,
          { value: "day", title: "3 April 2026: the day stands first" },
          { value: "month", title: "4 March 2026: the month stands first" },
        ]}
      />
    );
  if (one.code === "undated")
    return (
      <Tick
        label="They hold no times, and that is right"
        checked={value !== ""}
        onChange={(on) => onChange(on ? "yes" : "")}
      />
    );
  return (
    <Select
      label={LABELS[one.code] ?? "The scale goes"}
      value={value}
      onChange={onChange}
      options={[NONE, ...one.choices.map((choice) => ({ value: choice, title: titled(one, choice) }))]}
    />
  );
}

const LABELS: Readonly<Record<string, string>> = {
  customer: "The column that says who",
  event: "The column that says what happened",
};

/** The time zones that this browser knows. */
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((one) => one !== "UTC")];

const NONE = { value: "", title: "Choose…" };

function titled(one: Asked, choice: string): string {
  return one.code === "scale" ? choice.replace("-", " to ") : choice;
}

function keyOf(one: Asked): string {
  return `${one.code} ${one.flag}`;
}

function first(one: Asked): [string, string] {
  if (one.code === "zone") return [keyOf(one), Intl.DateTimeFormat().resolvedOptions().timeZone];
  return [keyOf(one), ""];
}

/** Why the work with the answers failed; nothing where it goes on, or was stopped. */
export function failure(job: Job | undefined): string | undefined {
  return job?.state === "failed" ? job.problem?.says || job.says || "The work failed." : undefined;
}

/** The answers as the server takes them. */
export function told(asked: readonly Asked[], answers: Record<string, string>): DataAnswers {
  const said: DataAnswers = {};
  for (const one of asked) {
    const value = answers[keyOf(one)] ?? "";
    if (one.code === "zone") said.zone = value.trim();
    if (one.code === "day_first") said.day_first = value === "day";
    if (one.code === "customer") said.customer = value;
    if (one.code === "event") said.event = value;
    if (one.code === "undated") said.undated = value !== "";
    const column = /--scale '(.+)=[^=]*'/.exec(one.flag)?.[1];
    const [low, high] = value.split("-").map(Number);
    if (one.code === "scale" && column) said.scales = { ...said.scales, [column]: [low, high] };
  }
  return said;
}
