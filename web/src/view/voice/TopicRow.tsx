import { useId, useState } from "react";
import type { Desk } from "~/commands/command";
import type { VoiceTopics } from "~/contract/api";
import { sayEffect, sayEffectRange, sayInterval, sayValue } from "~/overlay/say";
import { type ShownTopic, sayN, type TopicEffect } from "~/overlay/voice";
import { reveal } from "../customers/reveal";
import { Button, Chip, Icon, IconButton, type IconName, Menu, MenuItem } from "../kit";
import { Bar, Told } from "./parts";
import { MergeTopic, RenameTopic } from "./TopicDialogs";
import { Spark, TrendChart } from "./TrendChart";
import type { Agreeing } from "./useAgreeing";

interface Props {
  shown: ShownTopic;
  told: VoiceTopics;
  /** The end of the widest interval, so that all bars are drawn alike. */
  most: number;
  desk: Desk;
  agreeing: Agreeing;
}

/** One topic in a line; opened, its quotes and all that goes with it. */
export function TopicRow({ shown, told, most, desk, agreeing }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { topic, effect, points, quotes } = shown;
  const share = `${sayValue(topic.share, "share")} of customers who wrote, 95\u202f% interval ${sayInterval(topic.low, topic.high, "share")}, n = ${sayN(topic.customers)} customers`;
  return (
    <li className="p-3 sm:px-4">
      <div className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1.5 lg:grid-cols-[minmax(0,1fr)_13rem_12.5rem_9rem_2rem]">
        <h2 className="min-w-0">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="flex min-h-7 w-full items-center gap-2 rounded text-left font-semibold"
          >
            <Icon name={open ? "chevron-down" : "chevron-right"} size={16} />
            <span className="min-w-0 wrap-anywhere">{topic.name}</span>
          </button>
          <Marks shown={shown} />
        </h2>
        <span className="order-2 col-span-2 flex items-center gap-2 lg:order-none lg:col-span-1">
          <Bar ends={{ value: topic.share, low: topic.low, high: topic.high }} most={most} tone={toneOf(effect)} />
          <Told says={`${topic.name}: ${share}`}>
            <span className="block w-12 text-right">{sayValue(topic.share, "share")}</span>
          </Told>
        </span>
        <span className="order-3 text-sm lg:order-none">
          <EffectWord effect={effect} name={topic.name} />
        </span>
        <span className="order-4 flex items-center gap-2 text-sm text-ink-soft lg:order-none">
          {topic.trend && topic.trend in TREND_ICONS && <Spark points={points} />}
          <Trend trend={topic.trend} />
        </span>
        <span className="order-1 justify-self-end lg:order-none">
          {desk.mayEdit && <TopicMenu shown={shown} told={told} agreeing={agreeing} />}
        </span>
      </div>
      {open && (
        <div id={id} className="mt-3 grid gap-5 border-t border-line pt-3 lg:grid-cols-2">
          <Quotes quotes={quotes} />
          <div className="min-w-0 space-y-3">
            <TrendChart
              title={`Share of “${topic.name}” by month`}
              lines={[{ title: topic.name, points }]}
              unit="share"
              fromZero
            />
            <Where shown={shown} told={told} desk={desk} />
          </div>
        </div>
      )}
    </li>
  );
}

function toneOf(effect: TopicEffect | undefined) {
  if (!effect) return "sky";
  if (effect.high < 0) return "coral";
  return effect.low > 0 ? "leaf" : "sky";
}

/** What goes with a topic: colour, arrow and number say the same. */
function EffectWord({ effect, name }: { effect: TopicEffect | undefined; name: string }) {
  if (!effect) return <span className="text-ink-faint">no score beside it</span>;
  const { value, low, high, unit, of } = effect;
  const tone = toneOf(effect);
  const icon: IconName = tone === "coral" ? "arrow-down" : tone === "leaf" ? "arrow-up" : "arrow-right";
  const colour = { coral: "text-coral", leaf: "text-leaf", sky: "text-ink-soft" }[tone];
  const scale = unit === "share" ? " of its scale" : "";
  const says = `${name}: ${of} ${sayEffect(value, unit)}${scale} beside those without it, 95\u202f% interval ${sayEffectRange(low, high, unit)}`;
  return (
    <Told says={says}>
      <span className={`inline-flex items-center gap-1 ${colour}`}>
        <Icon name={icon} size={14} />
        {of} {sayEffect(value, unit)}
        {scale}
      </span>
    </Told>
  );
}

const TREND_ICONS: Record<string, IconName> = { rising: "arrow-up", falling: "arrow-down", steady: "arrow-right" };

function Trend({ trend }: { trend: string | null }) {
  const icon = trend && TREND_ICONS[trend];
  if (!icon) return <span>too few for a trend</span>;
  return (
    <span className="inline-flex items-center gap-1">
      <Icon name={icon} size={14} />
      {trend}
    </span>
  );
}

function Marks({ shown: { topic } }: { shown: ShownTopic }) {
  if (!topic.pinned && !topic.new && !topic.loose && !topic.unmet) return null;
  return (
    <span className="mt-1 ml-6 flex flex-wrap gap-1 font-normal">
      {topic.pinned && <Chip icon="pin">pinned</Chip>}
      {topic.new && <Chip tone="sky">new</Chip>}
      {topic.unmet && <Chip tone="amber">no touchpoint is about it</Chip>}
      {topic.loose && <Chip tip="Less than half of it comes back when other texts are drawn.">loose</Chip>}
    </span>
  );
}

function Quotes({ quotes }: { quotes: readonly string[] }) {
  if (!quotes.length) return <p className="text-sm text-ink-soft">No quote can be shown without telling who wrote.</p>;
  return (
    <ul aria-label="Quotes" className="space-y-2">
      {quotes.map((quote) => (
        <li key={quote}>
          <blockquote className="border-l-2 border-line-strong pl-3 wrap-anywhere">“{quote}”</blockquote>
        </li>
      ))}
    </ul>
  );
}

function Where({ shown: { topic }, told, desk }: { shown: ShownTopic; told: VoiceTopics; desk: Desk }) {
  const places = topic.places ?? [];
  return (
    <div className="space-y-1.5 text-sm text-ink-soft">
      <p>
        {sayN(topic.customers)} customers in {sayN(topic.answers)} texts.
      </p>
      {topic.unmet_because && <p>{topic.unmet_because}.</p>}
      {places.length > 0 && (
        <p className="flex flex-wrap items-center gap-1.5">
          Said at
          {places.map((place) => (
            <Button key={place} size="sm" icon="board" onClick={() => reveal(desk, place)}>
              {told.titles[place] ?? place}
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}

function TopicMenu({ shown: { topic }, told, agreeing }: Pick<Props, "shown" | "told" | "agreeing">) {
  const [asks, setAsks] = useState<"name" | "merge">();
  const { agree, busy } = agreeing;
  const close = () => setAsks(undefined);
  const pin = () => agree(topic.id, { pin: !topic.pinned }, topic.pinned ? "Not pinned any more." : "Pinned.");
  return (
    <>
      <Menu
        label={`“${topic.name}”`}
        button={(own) => <IconButton {...own} icon="more" size="sm" label={`Change “${topic.name}”`} disabled={busy} />}
      >
        <MenuItem icon="edit" onSelect={() => setAsks("name")}>
          Name it…
        </MenuItem>
        <MenuItem icon="branch" onSelect={() => setAsks("merge")}>
          Put into another topic…
        </MenuItem>
        <MenuItem icon="pin" checked={topic.pinned} onSelect={pin}>
          Pinned: stays as it is
        </MenuItem>
        <MenuItem
          icon="eye-off"
          disabled={topic.pinned}
          onSelect={() => agree(topic.id, { drop: true }, `“${topic.name}” is not told any more.`)}
        >
          Do not tell it
        </MenuItem>
      </Menu>
      {asks === "name" && <RenameTopic topic={topic} agree={agree} close={close} />}
      {asks === "merge" && <MergeTopic topic={topic} told={told} agree={agree} close={close} />}
    </>
  );
}
