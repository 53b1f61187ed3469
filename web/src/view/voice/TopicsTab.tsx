import { useState } from "react";
import type { Desk } from "~/commands/command";
import type { VoiceTopics } from "~/contract/api";
import { sayFirst, sayMany } from "~/overlay/say";
import { type ShownTopic, shownTopics, type TopicOrder } from "~/overlay/voice";
import { Button, Empty, Field, Select } from "../kit";
import { Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { useSection } from "../useMap";
import { Notes, Says } from "./parts";
import { TopicRow } from "./TopicRow";
import { type Agreeing, useAgreeing } from "./useAgreeing";

export type PageProps = Pick<PanelProps, "desk" | "session" | "mapId">;

const ORDERS = [
  { value: "customers", title: "Most customers first" },
  { value: "worst", title: "Worst for scores first" },
  { value: "rising", title: "Rising first" },
] as const;

/** What people talk about. */
export function TopicsTab({ desk, session, mapId }: PageProps) {
  const [at, setAt] = useState("");
  const [text, setText] = useState("");
  const [order, setOrder] = useState<TopicOrder>("customers");
  const agreeing = useAgreeing({ session, mapId });
  const places = usePlaceOptions();
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/voice/topics",
    path: { map_id: mapId },
    ...(at && { query: { at } }),
  });
  return (
    <div className="space-y-4">
      <Select label="Said at" value={at} options={places} onChange={setAt} className="max-w-xs" />
      <Waiting asked={asked} what="topics" bring={() => desk.show("data")}>
        {(told) => (
          <Topics {...{ told, desk, agreeing, text, setText, order, setOrder }} everywhere={() => setAt("")} />
        )}
      </Waiting>
    </div>
  );
}

function usePlaceOptions() {
  const stages = useSection("stages").map((one) => ({ value: one.id, title: one.title || one.id }));
  const points = useSection("touchpoints").map((one) => ({ value: one.id, title: `– ${one.title || one.id}` }));
  return [{ value: "", title: "Anywhere" }, ...stages, ...points];
}

interface Given {
  told: VoiceTopics;
  desk: Desk;
  agreeing: Agreeing;
  text: string;
  setText: (text: string) => void;
  order: TopicOrder;
  setOrder: (order: TopicOrder) => void;
  everywhere: () => void;
}

function Topics({ told, desk, agreeing, text, setText, order, setOrder, everywhere }: Given) {
  if (!told.topics.length) return <NoTopics told={told} desk={desk} everywhere={everywhere} />;
  const shown = shownTopics(told, text, order);
  const most = Math.max(...told.topics.map(({ high }) => high));
  return (
    <div className="space-y-4">
      <Says>{told.says}</Says>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Find a word" type="search" value={text} onChange={setText} className="w-56 grow sm:grow-0" />
        <Select label="Order" value={order} options={ORDERS} onChange={setOrder} className="w-56 grow sm:grow-0" />
        <p role="status" className="pb-2 text-sm text-ink-soft">
          {shown.length} of {told.topics.length} topics
        </p>
      </div>
      <ul aria-label="Topics" className="divide-y divide-line rounded-lg border border-line bg-sheet">
        {shown.map((one: ShownTopic) => (
          <TopicRow key={one.topic.id} shown={one} told={told} most={most} desk={desk} agreeing={agreeing} />
        ))}
        {shown.length === 0 && <li className="p-4 text-ink-soft">No topic holds this word.</li>}
      </ul>
      <SetAside told={told} mayEdit={desk.mayEdit} agree={agreeing.agree} busy={agreeing.busy} />
      <Notes
        notes={[
          told.hidden ? `Not shown: ${sayMany(told.hidden, "topic")} of fewer than five customers.` : "",
          told.topics.some((one) => one.score_effect !== null && (one.score_unit ?? "share") === "share")
            ? "A score with a topic is compared with those without it. Scores of several kinds count as parts of their scale: its worst is 0, its best 100, and a difference is said in percentage points (pp)."
            : "",
          "Quotes are the customers' own words; names, addresses and numbers in them are masked.",
        ]}
      />
    </div>
  );
}

function NoTopics({ told, desk, everywhere }: Pick<Given, "told" | "desk" | "everywhere">) {
  const none = told.answers === 0;
  return (
    <Empty
      icon="quote"
      title={none ? "Nobody wrote anything here" : "No topics yet"}
      action={
        <span className="flex flex-wrap justify-center gap-2">
          <Button onClick={everywhere}>Look anywhere</Button>
          <Button kind="primary" onClick={() => desk.show("data")}>
            Bring in feedback
          </Button>
        </span>
      }
    >
      {none
        ? "The data hold no texts: bring in reviews, comments of surveys, tickets or chats."
        : `${sayFirst(told.note || "no topic has five customers")}.`}
    </Empty>
  );
}

/** What people put into another topic, or do not want to be told. */
function SetAside({
  told,
  mayEdit,
  agree,
  busy,
}: {
  told: VoiceTopics;
  mayEdit: boolean;
  agree: (topic: string, said: { into?: ""; drop?: boolean }, done: string) => void;
  busy: boolean;
}) {
  if (!told.set_aside.length) return null;
  const names = new Map([...told.topics, ...told.set_aside].map(({ id, name }) => [id, name]));
  return (
    <section aria-label="Set aside" className="rounded-lg border border-line bg-sheet p-4">
      <h2 className="font-semibold">Set aside</h2>
      <ul className="mt-2 divide-y divide-line">
        {told.set_aside.map(({ id, name, into }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
            <span className="min-w-0 flex-1">
              {name}{" "}
              <span className="text-sm text-ink-soft">
                {into ? `is a part of “${names.get(into) ?? into}”` : "is not told"}
              </span>
            </span>
            {mayEdit && (
              <Button
                size="sm"
                disabled={busy}
                aria-label={`Bring back ${name}`}
                onClick={() => agree(id, into ? { into: "" } : { drop: false }, `“${name}” stands for itself again.`)}
              >
                Bring back
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
