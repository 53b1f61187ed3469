import { type ReactNode, useId, useState } from "react";
import type { InitiativeTold } from "~/contract/api";
import { teamIn, WAYS } from "~/overlay/decisions";
import { sayCount, sayEffect, sayInterval, sayValue } from "~/overlay/say";
import { reveal } from "../customers/reveal";
import { Button, Chip, Fault, Field, GUTTERS, Tick } from "../kit";
import { instant } from "../when";
import { EditTarget } from "./EditTarget";
import { MoveQuestion } from "./MoveQuestion";
import { Progress } from "./Progress";
import { type Page, useInitiatives } from "./useInitiatives";
import { VerdictPart } from "./VerdictPart";

interface Props extends Page {
  one: InitiativeTold;
  back: () => void;
}

/** All about one initiative: what it is to move, what was fixed before its start, what is to be done, and its verdict. */
export function InitiativePage({ one, back, ...page }: Props) {
  const { desk } = page;
  const [moving, move] = useState("");
  const [editing, edit] = useState(false); // kept here: the target moves when somebody starts the initiative
  const target = <TargetPart one={one} {...page} edit={() => edit(true)} />;
  return (
    <article className={`max-w-7xl space-y-6 pt-4 pb-12 ${GUTTERS}`}>
      <header>
        <Button size="sm" kind="quiet" icon="arrow-left" className="-ml-2.5" onClick={back}>
          All initiatives
        </Button>
        <h2 className="mt-3 text-xl font-semibold break-words">{one.title}</h2>
        <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-ink-soft">
          <Chip tone={one.status === "running" ? "spruce" : "neutral"}>{one.status}</Chip>
          {[one.owner, teamIn(desk.map, one.team)].filter(Boolean).join(", ") || "Nobody answers for it yet"}
        </p>
        <div className="mt-3 flex flex-wrap gap-2">
          {desk.mayEdit &&
            one.ways.map((to) => (
              <Button
                key={to}
                size="sm"
                kind={to === "stopped" ? "danger" : "primary"}
                icon={WAYS[to]!.icon}
                onClick={() => move(to)}
              >
                {WAYS[to]!.does}
              </Button>
            ))}
          <OnMap one={one} desk={desk} />
        </div>
      </header>
      {one.overlaps.length > 0 && (
        <ul className="rounded-lg bg-amber-soft px-3.5 py-2.5 text-sm text-amber">
          {one.overlaps.map((note) => (
            <li key={note}>Careful: {note}</li>
          ))}
        </ul>
      )}
      <div className="grid items-start gap-x-10 gap-y-7 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0 space-y-7">
          {one.began ? (
            <Part title="Did it help?">
              <Progress one={one} />
              <VerdictPart one={one} {...page} />
            </Part>
          ) : (
            target
          )}
        </div>
        <div className="min-w-0 space-y-7">
          {one.began && target}
          {one.findings.length > 0 && (
            <Part title="It answers">
              <p className="flex flex-wrap gap-2">
                {one.findings.map((id) => (
                  <Button key={id} size="sm" icon="flag" onClick={() => desk.show("findings", { finding: id })}>
                    Finding {id}
                  </Button>
                ))}
              </p>
            </Part>
          )}
          <Tasks one={one} {...page} />
          <History one={one} />
        </div>
      </div>
      {moving && <MoveQuestion {...page} one={one} to={moving} onClose={() => move("")} />}
      {editing && <EditTarget {...page} one={one} onClose={() => edit(false)} />}
    </article>
  );
}

function OnMap({ one, desk }: Pick<Props, "one" | "desk">) {
  const records = one.target.at.split(">").filter((id) => desk.map.get(id));
  if (!records.length) return null;
  return (
    <Button size="sm" icon="board" onClick={() => reveal(desk, ...records)}>
      Show on the map
    </Button>
  );
}

/** What is fixed at the start, and until then can be changed. */
function TargetPart({ one, edit, ...page }: Omit<Props, "back"> & { edit: () => void }) {
  const { desk } = page;
  const { target } = one;
  const { measure } = useInitiatives(page);
  const base = target.baseline;
  const sign = target.direction === "up" ? 1 : -1;
  const size = (value: number | null) =>
    value === null ? "not said" : base ? sayEffect(sign * value, base.unit) : String(value);
  const roll = one.roll_out;
  const arms = (treated: boolean) => roll.arms.filter((arm) => arm.treated === treated).map((arm) => arm.name);
  const facts: [string, ReactNode][] = [
    ["Number", one.moves],
    ["Better is", target.direction === "up" ? "more" : "less"],
    ["Expected", size(target.expected)],
    ["Smallest that matters", size(target.smallest)],
    [
      "Baseline",
      base ? (
        <>
          <b className="font-semibold tabular-nums">{sayValue(base.value, base.unit)}</b>
          {base.per && ` per ${base.per}`}
          {base.low !== null &&
            base.high !== null &&
            `, 95\u202f% interval ${sayInterval(base.low, base.high, base.unit)}`}
          , n = {sayCount(base.n)}, {base.since} to {base.until}
        </>
      ) : (
        "none yet, so it cannot start"
      ),
    ],
    ["Runs", `${one.starts_on ?? "no start yet"} to ${one.ended_on ?? one.ends_on ?? "open end"}`],
    [
      "Who gets it",
      roll.kind === "everywhere"
        ? "everybody at once"
        : `${roll.kind} (${roll.by}): ${arms(true).join(", ")} against ${arms(false).join(", ") || "everybody else"}`,
    ],
    ["Why it should work", one.hypothesis || "not said"],
  ];
  return (
    <Part title={one.began ? "Fixed before the start" : "The target: fixed when it starts"}>
      <dl className="grid gap-x-6 gap-y-2 rounded-lg border border-line bg-sheet p-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
        {facts.map(([name, said]) => (
          <div key={name} className="contents">
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd className="mb-1 break-words sm:mb-0">{said}</dd>
          </div>
        ))}
      </dl>
      {desk.mayEdit && (
        <p className="mt-3 flex flex-wrap gap-2">
          <Button size="sm" icon="edit" onClick={edit}>
            {one.began ? "Change title or owner" : "Change"}
          </Button>
          {!one.began && (
            <Button size="sm" icon="chart" busy={measure.isPending} onClick={() => measure.mutate(one.id)}>
              {base ? "Measure the baseline anew" : "Measure the baseline"}
            </Button>
          )}
        </p>
      )}
      {measure.error && <Fault says={measure.error.message} />}
    </Part>
  );
}

function Tasks({ one, ...page }: Omit<Props, "back">) {
  const [title, setTitle] = useState("");
  const { addTask, setTask } = useInitiatives(page);
  const fault = addTask.error ?? setTask.error;
  return (
    <Part title="Tasks">
      {one.tasks.length === 0 && <p className="text-sm text-ink-soft">Nothing is written down yet.</p>}
      <ul className="space-y-1">
        {one.tasks.map((task, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a task's number is what it is called
          <li key={n}>
            {page.desk.mayEdit ? (
              <Tick
                label={`${task.title}${task.owner ? ` (${task.owner})` : ""}`}
                checked={task.done}
                onChange={(done) => setTask.mutate({ id: one.id, number: n + 1, done })}
              />
            ) : (
              `${task.done ? "Done" : "Open"}: ${task.title}`
            )}
          </li>
        ))}
      </ul>
      {page.desk.mayEdit && (
        <form
          className="mt-2 flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            addTask.mutate({ id: one.id, body: { title } }, { onSuccess: () => setTitle("") });
          }}
        >
          <Field label="New task" value={title} onChange={setTitle} required maxLength={200} className="flex-1" />
          <Button type="submit" icon="plus" busy={addTask.isPending}>
            Add
          </Button>
        </form>
      )}
      {fault && <Fault says={fault.message} />}
    </Part>
  );
}

function History({ one }: { one: InitiativeTold }) {
  return (
    <Part title="History">
      <ol className="space-y-1.5 text-sm">
        {[...one.history].reverse().map((line, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added, and may say the same
          <li key={one.history.length - n} className="grid gap-x-3 sm:grid-cols-[11rem_1fr]">
            <span className="text-ink-soft">{instant(line.at)}</span>
            <span className="min-w-0 break-words">
              <b className="font-semibold">{line.who || "Somebody"}</b> {line.what}
              {line.after && !line.after.startsWith("{") && `: ${line.before ? `${line.before} → ` : ""}${line.after}`}
            </span>
          </li>
        ))}
      </ol>
    </Part>
  );
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 text-sm font-semibold">
        {title}
      </h3>
      {children}
    </section>
  );
}
