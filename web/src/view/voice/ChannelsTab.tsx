import { useEffect, useState } from "react";
import type { ParityFound, VoiceParity } from "~/contract/api";
import { sayEffect, sayEffectRange, sayFirst, sayInterval, sayValue } from "~/overlay/say";
import { type Ends, sayN, scale, spanOf, ticks } from "~/overlay/voice";
import { Rows } from "../flow/Chart";
import { Chip, Empty, type IconName, Select, type Tone } from "../kit";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { endsOf } from "./DriversTab";
import { Dots, Notes, Says, Told } from "./parts";
import type { PageProps } from "./TopicsTab";

const BY = [
  { value: "channel", title: "Channels" },
  { value: "touchpoint", title: "Touchpoints of a stage" },
  { value: "persona", title: "Personas" },
] as const;

type By = (typeof BY)[number]["value"];

/** Whether the same promise is kept in every channel. */
export function ChannelsTab({ desk, mapId }: PageProps) {
  const [measure, setMeasure] = useState("csat");
  const [by, setBy] = useState<By>("channel");
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/voice/parity",
    path: { map_id: mapId },
    query: { measure, by },
  });
  const [known, know] = useState([{ name: "csat", title: "satisfied" }]);
  useEffect(() => {
    if (asked.answer) know(asked.answer.choices); // they stay while another of them is looked for
  }, [asked.answer]);
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap gap-3">
        <Select
          label="What is compared"
          value={measure}
          options={known.map(({ name, title }) => ({ value: name, title: sayFirst(title) }))}
          onChange={setMeasure}
          className="w-56"
        />
        <Select label="Between" value={by} options={BY} onChange={setBy} className="w-56" />
      </div>
      <Waiting asked={asked} what="channels that differ" bring={() => desk.show("data")}>
        {(told) => <Compared told={told} />}
      </Waiting>
    </div>
  );
}

const VERDICTS: Record<string, { tone: Tone; icon: IconName }> = {
  different: { tone: "coral", icon: "warning" },
  consistent: { tone: "leaf", icon: "check" },
};

interface Shown {
  one: ParityFound;
  first: Ends;
  second: Ends;
  gap: Ends;
}

function Compared({ told }: { told: VoiceParity }) {
  const shown = told.found.flatMap(sidesOf);
  if (!shown.length)
    return (
      <Empty icon="branch" title="Nothing to compare here">
        {told.says} Choose another number, or other sides.
      </Empty>
    );
  const ends = shown.flatMap(({ first, second }) => [first, second]);
  const span = told.unit === "share" ? ([0, 1] as const) : spanOf(ends);
  return (
    <div className="space-y-4">
      <Says>{told.says}</Says>
      <div className="rounded-lg border border-line bg-sheet">
        <Axis span={span} unit={told.unit} />
        <ul className="divide-y divide-line">
          {shown.map((some) => (
            <Dumbbell
              key={`${some.one.place} ${some.one.sides.map(({ name }) => name).join(" ")}`}
              shown={some}
              span={span}
              unit={told.unit}
            />
          ))}
        </ul>
      </div>
      <Rows
        title="Comparisons"
        heads={[
          "Place",
          "First",
          "Its share",
          "n",
          "Second",
          "Its share ",
          "n ",
          "Difference",
          "Its interval",
          "Verdict",
        ]}
        rows={shown.map((some) => row(some, told.unit))}
      />
      <Notes
        notes={[
          `The same means within ${sayEffect(told.within, told.unit).replace("+", "")}. “Not enough data” is no verdict of its own.`,
          ...told.notes,
          ...told.drawn_differently.map(
            ({ place, channel, part, here, elsewhere }) =>
              `Promised differently on the map, which is no misalignment: ${told.titles[place] ?? place}, ${part}: ${here || "nothing"} (${told.titles[channel] ?? channel}), ${elsewhere || "nothing"} (elsewhere).`,
          ),
        ]}
      />
    </div>
  );
}

function sidesOf(one: ParityFound): Shown[] {
  const [first, second] = one.sides.map(({ value }) => endsOf(value));
  const gap = endsOf(one.compared.difference);
  return first && second && gap ? [{ one, first, second, gap }] : [];
}

function row({ one, first, second, gap }: Shown, unit: string): string[] {
  const [a, b] = one.sides;
  return [
    one.title,
    a!.title,
    sayValue(first.value, unit),
    sayN(a!.n),
    b!.title,
    sayValue(second.value, unit),
    sayN(b!.n),
    sayEffect(gap.value, unit),
    sayEffectRange(gap.low, gap.high, unit),
    one.verdict,
  ];
}

const COLUMNS = "lg:grid-cols-[minmax(0,15rem)_1fr_minmax(0,17rem)]";

function Axis({ span, unit }: { span: readonly [number, number]; unit: string }) {
  const at = scale(span, [0, 100]);
  return (
    <div aria-hidden="true" className={`hidden gap-4 border-b border-line px-4 pt-2 pb-1 lg:grid ${COLUMNS}`}>
      <span />
      <span className="relative block h-4 text-xs text-ink-soft">
        {ticks(span[0], span[1]).map((tick) => (
          <span key={tick} className="absolute -translate-x-1/2" style={{ left: `${at(tick)}%` }}>
            {sayValue(tick, unit)}
          </span>
        ))}
      </span>
    </div>
  );
}

function Dumbbell({
  shown: { one, first, second, gap },
  span,
  unit,
}: {
  shown: Shown;
  span: readonly [number, number];
  unit: string;
}) {
  const [a, b] = one.sides;
  const look = VERDICTS[one.verdict] ?? { tone: "neutral" as const, icon: "help" as const };
  const side = (title: string, ends: Ends, n: number | null) =>
    `${one.title}, ${title}: ${sayValue(ends.value, unit)}, 95\u202f% interval ${sayInterval(ends.low, ends.high, unit)}, n = ${sayN(n)}`;
  return (
    <li className={`grid items-center gap-x-4 gap-y-1.5 px-4 py-3 ${COLUMNS}`}>
      <span className="min-w-0">
        <b className="block font-semibold">{one.title}</b>
        <span className="flex flex-wrap items-center gap-x-3 text-sm text-ink-soft">
          <Told says={side(a!.title, first, a!.n)}>
            <Mark round /> {a!.title} {sayValue(first.value, unit)}
          </Told>
          <Told says={side(b!.title, second, b!.n)}>
            <Mark /> {b!.title} {sayValue(second.value, unit)}
          </Told>
        </span>
      </span>
      <Dots
        marks={[
          { ...first, tone: "spruce" },
          { ...second, tone: "sky" },
        ]}
        span={span}
      />
      <span className="min-w-0 text-sm">
        <Chip tone={look.tone} icon={look.icon}>
          {one.verdict}
        </Chip>{" "}
        <Told
          says={`Difference: ${sayEffect(gap.value, unit)}, 95\u202f% interval ${sayEffectRange(gap.low, gap.high, unit)}`}
        >
          {sayEffect(gap.value, unit)}
        </Told>
        <span className="block text-ink-soft">{one.says}</span>
      </span>
    </li>
  );
}

function Mark({ round = false }: { round?: boolean }) {
  return <span aria-hidden="true" className={`inline-block size-2.5 ${round ? "rounded-full bg-spruce" : "bg-sky"}`} />;
}
