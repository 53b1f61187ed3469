import type { Desk } from "~/commands/command";
import type { EventTold, JourneyTold, WordTold } from "~/contract/api";
import { DEVIATIONS } from "~/overlay/deviations";
import { sayFirst, sayValue } from "~/overlay/say";
import { type Row, rowsOf, sayFeeling, sayScore } from "~/overlay/timeline";
import { Chip, Icon, type IconName, type Tone } from "../kit";
import { KIND_ICONS } from "../numbers/kinds";
import { dayOf, instant, timeOfDay } from "../when";
import { reveal } from "./reveal";

/** Everything that happened in a journey, by day: events, words, and long silences. */
export function Timeline({ desk, journey }: { desk: Desk; journey: JourneyTold }) {
  return (
    <ol className="flex flex-col">
      {rowsOf(journey).map((row) => (
        <li key={row.key}>
          <Line desk={desk} row={row} />
        </li>
      ))}
    </ol>
  );
}

function Line({ desk, row }: { desk: Desk; row: Row }) {
  if (row.kind === "day")
    return <h4 className="mt-3 mb-1 text-sm font-semibold">{row.at ? dayOf(row.at) : "Without a date"}</h4>;
  if (row.kind === "silence")
    return (
      <p className="my-2 flex items-center gap-3 text-sm text-ink-soft">
        <span aria-hidden="true" className="h-px flex-1 border-t border-dashed border-line-strong" />
        {row.says}
        <span aria-hidden="true" className="h-px flex-1 border-t border-dashed border-line-strong" />
      </p>
    );
  if (row.kind === "word") return <WordRow word={row.word} />;
  return <EventRow desk={desk} event={row.event} />;
}

const TONES: Record<string, Tone> = { failed: "coral", lost: "coral", stuck: "coral", late: "amber", "ad hoc": "sky" };

function EventRow({ desk, event }: { desk: Desk; event: EventTold }) {
  const { touchpoint, value, currency, status, channel_title } = event;
  const facts = [channel_title, status && status !== "ok" ? status : ""].filter(Boolean).join(" · ");
  return (
    <div className="flex min-h-8 items-center gap-2 rounded-md py-1 hover:bg-sunken sm:gap-3">
      <time
        dateTime={event.at}
        data-tip={instant(event.at)}
        className="w-11 shrink-0 text-sm text-ink-soft tabular-nums"
      >
        {timeOfDay(event.at)}
      </time>
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
        {touchpoint ? (
          <button
            type="button"
            onClick={() => reveal(desk, touchpoint)}
            data-tip="Show it on the map"
            className="min-h-6 rounded text-left font-medium break-words hover:underline"
          >
            {event.title}
          </button>
        ) : (
          <span className="min-w-0 break-words text-ink-soft italic">{event.title}</span>
        )}
        {!event.named && <span className="text-xs text-ink-soft">not on the map</span>}
        {event.deviations.map((kind) => (
          <Chip key={kind} tone={TONES[kind] ?? "amber"} icon={KIND_ICONS[kind] ?? "info"}>
            {DEVIATIONS[kind] ?? kind}
          </Chip>
        ))}
        {facts && <span className="text-sm text-ink-soft">{facts}</span>}
      </span>
      {value !== null && (
        <span className="shrink-0 text-sm tabular-nums">
          {sayValue(value, currency ? `money:${currency}` : "money")}
        </span>
      )}
    </div>
  );
}

const FEELINGS: Record<string, { icon: IconName; tone: Tone }> = {
  happy: { icon: "smile", tone: "leaf" },
  content: { icon: "smile", tone: "leaf" },
  neutral: { icon: "neutral", tone: "neutral" },
  unhappy: { icon: "frown", tone: "amber" },
  "very unhappy": { icon: "frown", tone: "coral" },
};

/** What the customer said; `dated`: with its day, where no heading says it. */
export function WordRow({ word, dated = false }: { word: WordTold; dated?: boolean }) {
  const score = sayScore(word);
  const feeling = sayFeeling(word.feeling);
  const kind = word.kind ?? "answer";
  return (
    <div className="my-1.5 flex gap-2 sm:gap-3">
      <span className="w-11 shrink-0 pt-2 text-sm text-ink-soft tabular-nums">
        {!dated && word.at && <time dateTime={word.at}>{timeOfDay(word.at)}</time>}
      </span>
      <figure className="min-w-0 flex-1 rounded-xl border border-line bg-raised px-3 py-2">
        <figcaption className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
          <Icon name={kind === "ticket" || kind === "chat" ? "chat" : "quote"} size={16} />
          <span className="font-medium text-ink">{sayFirst(kind)}</span>
          {dated && word.at && <span>{instant(word.at)}</span>}
          {word.titles.length > 0 && <span className="min-w-0 break-words">about {word.titles.join(", ")}</span>}
          {score && <Chip icon="star">{score}</Chip>}
          {feeling && (
            <Chip tone={FEELINGS[feeling]!.tone} icon={FEELINGS[feeling]!.icon}>
              {feeling}
            </Chip>
          )}
        </figcaption>
        {word.question && <p className="mt-1 text-sm break-words text-ink-soft">{word.question}</p>}
        {word.text && <blockquote className="mt-1 break-words">“{word.text}”</blockquote>}
      </figure>
    </div>
  );
}
