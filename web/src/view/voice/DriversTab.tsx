import { useState } from "react";
import type { DriverFound, VoiceDrivers } from "~/contract/api";
import { sayInterval, sayValue } from "~/overlay/say";
import { type Ends, sayN } from "~/overlay/voice";
import { Button, Chip, Empty, Select, type Tone } from "../kit";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { DriversChart } from "./DriversChart";
import { Bar, Dots, Notes, Part, Says, Told } from "./parts";
import type { PageProps } from "./TopicsTab";

/** What moves a score, how well it is done, and what hurts more than it pleases. */
export function DriversTab({ desk, mapId }: PageProps) {
  const [of, setOf] = useState("");
  const scores = useAnswer({ operation: "GET /api/maps/{map_id}/voice/scores", path: { map_id: mapId } });
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/voice/drivers",
    path: { map_id: mapId },
    ...(of && { query: { of } }),
  });
  const questions = [...new Set((scores.answer?.scores ?? []).map(({ question }) => question))];
  const unsaid = !of && asked.fault?.code === "wrong-use";
  return (
    <div className="space-y-4">
      <Select
        label="What is driven"
        value={of}
        options={[
          { value: "", title: "The score of the whole map" },
          ...questions.map((one) => ({ value: one, title: one })),
        ]}
        onChange={setOf}
        className="max-w-md"
      />
      {unsaid && !scores.answer ? (
        <Waiting asked={scores} what="scores" bring={() => desk.show("data")}>
          {() => null}
        </Waiting>
      ) : unsaid && questions.length > 0 ? (
        <Empty
          icon="star"
          title="Which score is to be driven?"
          action={
            <span className="flex flex-wrap justify-center gap-2">
              {questions.map((one) => (
                <Button key={one} onClick={() => setOf(one)}>
                  {one}
                </Button>
              ))}
            </span>
          }
        >
          The map does not say which one question speaks about all of it. Choose one here.
        </Empty>
      ) : (
        <Waiting asked={asked} what="drivers" bring={() => desk.show("data")}>
          {(told) => <Drivers told={told} desk={desk} />}
        </Waiting>
      )}
    </div>
  );
}

function Drivers({ told, desk }: { told: VoiceDrivers; desk: PageProps["desk"] }) {
  const left = told.left_out.map(({ question, why }) => `Left out: ${question}, ${why}.`);
  if (!told.drivers.length)
    return (
      <div className="space-y-4">
        <Empty
          icon="star"
          title="No driver can be told yet"
          action={
            <Button kind="primary" onClick={() => desk.show("data")}>
              Bring in feedback
            </Button>
          }
        >
          {told.says}
        </Empty>
        <Notes notes={left} />
      </div>
    );
  return (
    <div className="space-y-8">
      <Says>{told.says}</Says>
      <Part
        title="Importance and performance"
        says={`To the right what is rated better, above what matters more for “${told.of}”. A hollow point may be chance.`}
      >
        <DriversChart told={told} />
      </Part>
      <Part title="What matters most">
        <Ranked told={told} />
      </Part>
      <Butterfly told={told} />
      <Notes
        notes={[
          told.method_says,
          `${sayN(told.n)} customers. What goes together need not be a cause: a finding says more.`,
          ...told.notes,
          ...left,
        ]}
      />
    </div>
  );
}

const TONES: Record<string, Tone> = { "fix first": "coral", "keep it up": "leaf" };

export function nameOf(one: DriverFound): string {
  return one.title || one.question;
}

export function endsOf({ value, low, high }: { value: number | null; low: number | null; high: number | null }) {
  return value === null ? undefined : ({ value, low: low ?? value, high: high ?? value } satisfies Ends);
}

function Ranked({ told }: { told: VoiceDrivers }) {
  return (
    <ol className="divide-y divide-line rounded-lg border border-line bg-sheet">
      {told.drivers.map((one, at) => {
        const importance = endsOf(one.importance);
        const rating = endsOf(one.performance);
        const name = nameOf(one);
        return (
          <li
            key={one.question}
            className="grid items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[minmax(0,16rem)_1fr_auto_auto]"
          >
            <span className="min-w-0">
              <b className="font-semibold">
                {at + 1}. {name}
              </b>
              <span className="block text-sm text-ink-soft">{one.question}</span>
            </span>
            {importance && <Bar ends={importance} most={1} tone={one.significant ? "spruce" : "faint"} />}
            <span className="flex gap-3 text-sm">
              {importance && (
                <Told says={said(`Importance of ${name}`, importance, "share", one.n)}>
                  {sayValue(importance.value, "share")}
                </Told>
              )}
              {rating && (
                <Told says={said(`Rating of ${name}, 0 to 100`, rating, "score", one.n)}>
                  rated {rating.value.toFixed(1)}
                </Told>
              )}
            </span>
            <span>
              <Chip tone={TONES[one.quadrant] ?? "neutral"}>{one.quadrant}</Chip>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function said(title: string, ends: Ends, unit: string, n: number): string {
  return `${title}: ${sayValue(ends.value, unit)}, 95\u202f% interval ${sayInterval(ends.low, ends.high, unit)}, n = ${sayN(n)} customers`;
}

/** What low ratings cost and high ones bring, on both sides of zero. */
function Butterfly({ told }: { told: VoiceDrivers }) {
  const all = told.drivers.map((one) => ({
    one,
    penalty: endsOf(one.asymmetry.penalty),
    reward: endsOf(one.asymmetry.reward),
  }));
  const ends = all.flatMap(({ penalty, reward }) => [penalty, reward]).filter((some) => some !== undefined);
  if (!ends.length) return null;
  const most = Math.max(1, ...ends.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return (
    <Part
      title="What hurts and what pleases"
      says={`What a low rating costs (round) and a high one brings (square), in points of “${told.of}” from 0 to 100, the others held equal.`}
    >
      <ul className="divide-y divide-line rounded-lg border border-line bg-sheet">
        {all.map(({ one, penalty, reward }) => (
          <li
            key={one.question}
            className="grid items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[minmax(0,16rem)_1fr_12rem]"
          >
            <span className="min-w-0">
              <b className="font-semibold">{nameOf(one)}</b>
              <span className="block text-sm text-ink-soft">
                {one.asymmetry.kind}
                {told.kinds[one.asymmetry.kind] ? `: ${told.kinds[one.asymmetry.kind]}` : ""}
              </span>
            </span>
            {penalty && reward ? (
              <>
                <span className="space-y-0.5">
                  <Dots marks={[{ ...penalty, tone: "coral" }]} span={[-most, most]} zero={0} />
                  <Dots marks={[{ ...reward, tone: "leaf", square: true }]} span={[-most, most]} zero={0} />
                </span>
                <span className="flex flex-col text-sm">
                  <Told says={said(`A low rating of ${nameOf(one)}`, penalty, "points", one.n)}>
                    low rating {sayValue(penalty.value, "points")}
                  </Told>
                  <Told says={said(`A high rating of ${nameOf(one)}`, reward, "points", one.n)}>
                    high rating {sayValue(reward.value, "points")}
                  </Told>
                </span>
              </>
            ) : (
              <span className="not-measured col-span-full rounded px-1.5 text-sm text-ink-soft sm:col-span-2">
                not measured
              </span>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
