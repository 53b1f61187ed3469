import { useState } from "react";
import type { ScoreCell, VoiceScores } from "~/contract/api";
import { groupingOf } from "~/overlay/lens";
import { sayFirst, sayInterval, sayValue } from "~/overlay/say";
import {
  feelingCells,
  groupTitle,
  kindTitle,
  type Line,
  linesOf,
  measureOf,
  type ScoreChoice,
  sayChange,
  sayN,
  scoreChoices,
  spanOf,
} from "~/overlay/voice";
import { Button, Empty, Select } from "../kit";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { useLens } from "../useLens";
import { Notes, Says, Value } from "./parts";
import type { PageProps } from "./TopicsTab";
import { TrendChart } from "./TrendChart";

const GRAINS = [
  { value: "week", title: "By week" },
  { value: "month", title: "By month" },
  { value: "quarter", title: "By quarter" },
] as const;

type Grain = (typeof GRAINS)[number]["value"];

/** How scores are and were: of everybody, or group by group. */
export function ScoresTab({ desk, mapId }: PageProps) {
  const { group } = useLens(desk);
  const [by, setBy] = useState(() => groupingOf(group));
  const [period, setPeriod] = useState<Grain>("month");
  const [chosen, choose] = useState("");
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/voice/scores",
    path: { map_id: mapId },
    query: { period, ...(by && { by }) },
  });
  const own = by.startsWith("property:") ? [{ value: by, title: by.slice("property:".length) }] : [];
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap gap-3">
        <Select
          label="Whose"
          value={by}
          options={[
            { value: "", title: "Everybody" },
            { value: "persona", title: "Each persona" },
            { value: "channel", title: "Each channel" },
            ...own,
          ]}
          onChange={setBy}
          className="w-44"
        />
        <Select label="Periods" value={period} options={GRAINS} onChange={setPeriod} className="w-36" />
      </div>
      <Waiting asked={asked} what="scores" bring={() => desk.show("data")}>
        {(told) => <Scores {...{ told, desk, mapId, by, period, chosen, choose }} />}
      </Waiting>
    </div>
  );
}

interface Given extends Omit<PageProps, "session"> {
  told: VoiceScores;
  by: string;
  period: Grain;
  /** The key of the score that is shown. */
  chosen: string;
  choose: (key: string) => void;
}

function Scores({ told, desk, mapId, by, period, chosen, choose }: Given) {
  const felt = useAnswer({
    operation: "GET /api/maps/{map_id}/measured",
    path: { map_id: mapId },
    query: { measure: ["feeling", "sentiment"], period, ...(by && { by }) },
  });
  const cells: ScoreCell[] = [...told.scores, ...feelingCells(felt.answer?.readings ?? [], told.titles, told.map)];
  const choices = scoreChoices(cells, told.titles);
  const there = chosen ? choices.some(({ key }) => key === chosen) : choices.length > 0;
  if (!there && !felt.answer && !felt.fault)
    return (
      <Waiting asked={felt} what="feelings">
        {() => null}
      </Waiting>
    );
  if (!choices.length)
    return (
      <Empty
        icon="smile"
        title="No answer has a score"
        action={
          <Button kind="primary" onClick={() => desk.show("data")}>
            Bring in feedback
          </Button>
        }
      >
        Bring in a survey or reviews with a score, and say on the map which questions are about which touchpoint.
      </Empty>
    );
  const choice = choices.find(({ key }) => key === chosen) ?? choices[0]!;
  const lines = linesOf(cells, choice.key);
  return (
    <div className="space-y-5">
      <Select
        label="Score"
        value={choice.key}
        options={choices.map(({ key, title }) => ({ value: key, title }))}
        onChange={choose}
        className="max-w-xl"
      />
      <Whole choice={choice} line={lines[0]} mapId={mapId} period={period} />
      <Lines lines={lines} choice={choice} titles={told.titles} desk={desk} />
      <Notes
        notes={[
          told.rules[choice.kind] ? `${kindTitle(choice.kind)}: ${told.rules[choice.kind]}.` : "",
          "A hollow point stands for fewer than 30 customers.",
          felt.fault ? `Feelings are not among the scores: ${felt.fault.message}` : "",
          ...told.notes,
        ]}
      />
    </div>
  );
}

/** The score over all of the data, and whether it changed, in a sentence. */
function Whole({
  choice,
  line,
  mapId,
  period,
}: {
  choice: ScoreChoice;
  line: Line | undefined;
  mapId: string;
  period: Grain;
}) {
  const trend = useAnswer({
    operation: "GET /api/maps/{map_id}/voice/trend",
    path: { map_id: mapId },
    query: { period },
  });
  const change = trend.answer?.changes.find(
    ({ place, question, kind }) => place === choice.place && question === choice.question && kind === choice.kind,
  );
  const cell = line?.whole;
  if (cell?.value == null) return <Says>{sayFirst(cell?.note || "not measured")}.</Says>;
  const { value, low, high, n } = cell;
  return (
    <Says>
      <strong className="text-lg">{sayValue(value, choice.unit)}</strong> over all of the data
      {low !== null && high !== null && <> (95&#8239;% interval {sayInterval(low, high, choice.unit)})</>}, n ={" "}
      {sayN(n)} customers. {sayChange(change)}
    </Says>
  );
}

function Lines({
  lines,
  choice,
  titles,
  desk,
}: {
  lines: Line[];
  choice: ScoreChoice;
  titles: Record<string, string>;
  desk: PageProps["desk"];
}) {
  const measure = desk.offers("customers") ? measureOf(choice) : undefined;
  const ends = lines.flatMap(({ points }) => points.filter((one) => one.value !== undefined));
  const span = spanOf(ends as { low: number; high: number }[]);
  return (
    <div className={`grid gap-x-6 gap-y-8 ${lines.length > 1 ? "lg:grid-cols-2" : ""}`}>
      {lines.map(({ group, points, whole }) => {
        const title = groupTitle(group, titles);
        return (
          <section key={group} aria-label={title} className="min-w-0 rounded-lg border border-line bg-sheet p-4">
            <h2 className="mb-1 flex flex-wrap items-baseline gap-2 font-semibold">
              {title}
              {whole?.value != null && whole.low !== null && whole.high !== null ? (
                <Value
                  title={title}
                  ends={{ value: whole.value, low: whole.low, high: whole.high }}
                  unit={choice.unit}
                  n={whole.n}
                />
              ) : (
                <span className="not-measured rounded px-1.5 text-sm font-normal text-ink-soft">
                  {whole?.note || "not measured"}
                </span>
              )}
              {measure && whole?.value != null && (
                <Button
                  size="sm"
                  kind="quiet"
                  icon="users"
                  aria-label={`Customers who answered, ${title}`}
                  onClick={() => desk.show("customers", { measure, at: choice.place, group, period: "" })}
                >
                  Customers
                </Button>
              )}
            </h2>
            <TrendChart title={choice.title} lines={[{ title, points }]} unit={choice.unit} span={span} />
          </section>
        );
      })}
    </div>
  );
}
