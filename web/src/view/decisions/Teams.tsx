import { useMemo } from "react";
import type { InitiativeTold, Reading } from "~/contract/api";
import type { Kpi } from "~/contract/maps";
import { nameOf } from "~/maps/kinds";
import { MEASURES } from "~/maps/measures";
import { handOffsOf, lastVerdict, targetMet } from "~/overlay/decisions";
import type { Measured } from "~/overlay/readings";
import { sayValue } from "~/overlay/say";
import { reveal } from "../customers/reveal";
import { Button, Chip, Empty, Icon } from "../kit";
import { Figure } from "../numbers/Figure";
import { useMeasured } from "../numbers/useMeasured";
import { OnTheWay } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { useLens } from "../useLens";
import { useHead, useSection } from "../useMap";
import { VerdictChip } from "./VerdictChip";

interface Props extends PanelProps {
  initiatives: readonly InitiativeTold[];
  open: (id: string) => void;
}

interface Goal {
  at: string;
  /** The place in words; "" for the whole journey. */
  title: string;
  kpi: Kpi;
}

/** One page per team: what it owns, what it is to reach, what it is doing, and where it hands customers on. */
export function Teams({ initiatives, open, desk, mapId }: Props) {
  const [teams, stages, points] = [useSection("teams"), useSection("stages"), useSection("touchpoints")];
  const { asked, measured } = useMeasured(mapId, { ...useLens(desk), group: "", beside: "", period: "" });
  const head = useHead();
  const looking = !measured && asked.asking;
  const handOffs = useMemo(() => handOffsOf(points, (at) => measured?.onward(at) ?? []), [points, measured]);
  if (!teams.length)
    return (
      <Empty
        icon="team"
        title="The map names no team"
        action={<Button onClick={() => desk.show("board")}>To the map</Button>}
      >
        Give touchpoints a team in their details; then it stands here who owns what.
      </Empty>
    );
  const title = (id: string) => {
    const record = desk.map.get(id);
    return record ? nameOf(record) : id;
  };
  const doingLine = (one: InitiativeTold) => (
    <li key={one.id} className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        onClick={() => open(one.id)}
        className="min-h-6 rounded text-left underline underline-offset-4"
      >
        {one.title}
      </button>
      <Chip>{one.status}</Chip>
      {lastVerdict(one) && <VerdictChip {...lastVerdict(one)!} />}
    </li>
  );
  const nobody = points.filter((one) => !one.team);
  return (
    <>
      {asked.fault?.code !== "no-data" && <OnTheWay asked={asked} what="the numbers of goals" />}
      <div className="grid items-start gap-4 p-4 lg:grid-cols-2 2xl:grid-cols-3">
        <article aria-label="The whole journey" className="min-w-0 rounded-xl border border-spruce bg-sheet p-4">
          <h2 className="text-lg font-semibold">The whole journey</h2>
          <p className="text-sm text-ink-soft">What all teams work for.</p>
          <List title="Goals" empty="The map sets no target for the whole journey.">
            {((head.kpis as Kpi[] | undefined) ?? []).map((kpi) => (
              <GoalLine
                key={kpi.measure}
                goal={{ at: String(head.id), title: "", kpi }}
                measured={measured}
                looking={looking}
                desk={desk}
              />
            ))}
          </List>
          <List title="Initiatives without a team" empty="None.">
            {initiatives.filter((one) => !one.team).map(doingLine)}
          </List>
        </article>
        {teams.map((team) => {
          const own = points.filter((one) => one.team === team.id);
          const led = stages.filter((one) => one.team === team.id);
          const goals: Goal[] = [...led, ...own].flatMap((one) =>
            (one.kpis ?? []).map((kpi) => ({ at: one.id, title: nameOf(one), kpi })),
          );
          const doing = initiatives.filter((one) => one.team === team.id || one.team === team.title);
          return (
            <article
              key={team.id}
              aria-label={nameOf(team)}
              className="min-w-0 rounded-xl border border-line bg-sheet p-4"
            >
              <h2 className="text-lg font-semibold">{nameOf(team)}</h2>
              {team.contact && <p className="text-sm break-words text-ink-soft">{team.contact}</p>}
              <List title="Owns" empty="No touchpoint yet.">
                {[...led, ...own].map((one) => (
                  <li key={one.id}>
                    <Place id={one.id} title={nameOf(one)} desk={desk} />
                    {led.some((stage) => stage.id === one.id) && <span className="text-sm text-ink-soft"> stage</span>}
                  </li>
                ))}
              </List>
              <List title="Goals" empty="The map sets no target for what it owns.">
                {goals.map((goal) => (
                  <GoalLine
                    key={`${goal.at} ${goal.kpi.measure}`}
                    goal={goal}
                    measured={measured}
                    looking={looking}
                    desk={desk}
                  />
                ))}
              </List>
              <List title="Initiatives" empty="None.">
                {doing.map(doingLine)}
              </List>
              <List title="Hands customers on" empty={looking ? "…" : measured ? "To no other team." : "Not measured."}>
                {handOffs
                  .filter((one) => one.from === team.id)
                  .map((one) => (
                    <li key={`${one.before}>${one.after}`} className="text-sm">
                      to <b className="font-semibold">{title(one.to)}</b>: {title(one.before)} → {title(one.after)}{" "}
                      <Figure
                        title={`Customers from ${title(one.before)} to ${title(one.after)}`}
                        reading={measured?.readings.get({ measure: "customers", at: `${one.before}>${one.after}` })}
                        open={opener(desk)}
                      />
                    </li>
                  ))}
              </List>
            </article>
          );
        })}
        {nobody.length > 0 && (
          <article
            aria-label="Without a team"
            className="min-w-0 rounded-xl border border-dashed border-line-strong p-4"
          >
            <h2 className="flex items-center gap-2 font-semibold">
              <Icon name="warning" size={16} className="text-amber" />
              Nobody owns these
            </h2>
            <ul className="mt-2 space-y-1">
              {nobody.map((one) => (
                <li key={one.id}>
                  <Place id={one.id} title={nameOf(one)} desk={desk} />
                </li>
              ))}
            </ul>
          </article>
        )}
      </div>
    </>
  );
}

function opener(desk: PanelProps["desk"]) {
  return desk.offers("customers")
    ? (reading: Reading) => desk.show("customers", { measure: reading.measure, at: reading.at })
    : undefined;
}

function List({ title, empty, children }: { title: string; empty: string; children: readonly React.ReactNode[] }) {
  return (
    <>
      <h3 className="mt-4 text-sm font-semibold">{title}</h3>
      {children.length ? (
        <ul className="mt-1 space-y-1">{children}</ul>
      ) : (
        <p className="text-sm text-ink-soft">{empty}</p>
      )}
    </>
  );
}

function Place({ id, title, desk }: { id: string; title: string } & Pick<PanelProps, "desk">) {
  return (
    <button
      type="button"
      onClick={() => reveal(desk, id)}
      className="min-h-6 rounded text-left underline decoration-line-strong underline-offset-4"
    >
      {title}
    </button>
  );
}

function GoalLine({
  goal,
  measured,
  looking,
  desk,
}: { goal: Goal; measured: Measured | undefined; looking: boolean } & Pick<PanelProps, "desk">) {
  const { kpi, at } = goal;
  const known = useAnswer({ operation: "GET /api/measures" }).answer?.find((one) => one.measure === kpi.measure);
  const reading = measured?.readings.get({ measure: kpi.measure, at });
  const unit = reading?.unit ?? known?.unit;
  const wanted = [
    unit !== undefined && kpi.at_least != null && `at least ${sayValue(kpi.at_least, unit)}`,
    unit !== undefined && kpi.at_most != null && `at most ${sayValue(kpi.at_most, unit)}`,
  ].filter(Boolean);
  const name = kpi.title || (MEASURES.find(([id]) => id === kpi.measure)?.[1] ?? kpi.measure);
  return (
    <li className="text-sm">
      {goal.title ? `${name} at ${goal.title}` : name}:{" "}
      {looking ? "…" : <Figure title={name} reading={reading} open={opener(desk)} />}{" "}
      <span className="text-ink-soft">{wanted.join(", ")}</span> {reading && <Met reading={reading} kpi={kpi} />}
    </li>
  );
}

function Met({ reading, kpi }: { reading: Reading; kpi: Kpi }) {
  const target = targetMet(kpi, reading);
  if (!target) return null;
  const word = target.reached ? "reached" : "missed";
  if (target.close)
    return (
      <Chip tone="amber" icon={target.reached ? "check" : "warning"}>
        {word}, but too close to call
      </Chip>
    );
  return (
    <Chip tone={target.reached ? "leaf" : "coral"} icon={target.reached ? "check" : "warning"}>
      {word}
    </Chip>
  );
}
