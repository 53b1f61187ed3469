import { feelingWord } from "~/maps/curve";
import type { Lane, MapCard, Touchpoint } from "~/maps/outline";
import type { Stored } from "~/maps/shape";
import { Chip, Icon, type IconName } from "~/view/kit";
import { pictureIn } from "~/view/usePicture";
import type { StageSlide as Slide } from "./slides";

const BEFORE: readonly Group[] = [
  { lane: "doing", title: "Doing", icon: "doing", tone: "border-sky" },
  { lane: "thinking", title: "Thinking", icon: "thinking", tone: "border-sky" },
  { lane: "feeling", title: "Feeling", icon: "feeling", tone: "border-amber" },
  { lane: "pain", title: "Pains", icon: "pain", tone: "border-coral" },
  { lane: "opportunity", title: "Opportunities", icon: "opportunity", tone: "border-leaf" },
  { lane: "content", title: "Content", icon: "content", tone: "border-line-strong" },
  { lane: "process", title: "Back stage", icon: "process", tone: "border-line-strong" },
];

interface Group {
  lane: Lane;
  title: string;
  icon: IconName;
  tone: string;
}

export interface Names {
  channels: ReadonlyMap<string, Stored<"channels">>;
  teams: ReadonlyMap<string, Stored<"teams">>;
}

/** One stage, large: what the customer wants, where both meet, what is said about it. */
export function StageSlide({ slide, names, pictures }: { slide: Slide; names: Names; pictures: string }) {
  const { stage, touchpoints } = slide.column;
  const quotes = slide.cards.get("quote") ?? [];
  const groups = BEFORE.filter((one) => slide.cards.get(one.lane)?.length);
  return (
    <>
      <h2 className="text-3xl font-semibold tracking-tight text-balance">{stage.title || "Untitled stage"}</h2>
      {stage.customer_goal && (
        <p className="mt-1.5 flex items-start gap-2 text-lg text-ink-soft sm:text-xl">
          <Icon name="goal" size={22} className="mt-1 text-spruce" />
          {stage.customer_goal}
        </p>
      )}
      {quotes.map((card) => (
        <blockquote key={card.id} className="mt-5 max-w-3xl border-l-4 border-amber pl-4 text-lg text-balance">
          “{card.says}”
        </blockquote>
      ))}
      {touchpoints.length > 0 && (
        <ol aria-label="Touchpoints" className="mt-6 grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-3">
          {touchpoints.map((one) => (
            <li key={one.id}>
              <Point one={one} names={names} pictures={pictures} />
            </li>
          ))}
        </ol>
      )}
      <div className="mt-7 grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-x-6 gap-y-6">
        {groups.map((group) => (
          <section key={group.lane} aria-label={group.title}>
            <h3 className="mb-2 flex items-center gap-2 text-sm font-semibold text-ink-soft">
              <Icon name={group.icon} />
              {group.title}
            </h3>
            <ul className="space-y-2">
              {slide.cards.get(group.lane)!.map((card) => (
                <li key={card.id} className={`rounded-r-md border-l-4 bg-sheet py-2 pr-3 pl-3.5 text-lg ${group.tone}`}>
                  <Says card={card} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function Says({ card }: { card: MapCard }) {
  const level = typeof card.level === "number" ? feelingWord(card.level) : "";
  return (
    <>
      {card.says || card.title || (level ? `Feels ${level}` : "…")}
      {(card.severity === "high" || (level && card.says)) && (
        <span className="mt-1 flex gap-1.5">
          {card.severity === "high" && (
            <Chip tone="coral" icon="warning">
              severe
            </Chip>
          )}
          {level && card.says && <Chip icon="curve">{level}</Chip>}
        </span>
      )}
    </>
  );
}

function Point({ one, names, pictures }: { one: Touchpoint; names: Names; pictures: string }) {
  const picture = pictureIn(pictures, one.image);
  const team = one.team ? names.teams.get(one.team)?.title : undefined;
  return (
    <div
      className={`flex h-full flex-col rounded-lg border bg-sheet p-3.5 shadow-card ${one.front === false ? "border-dashed border-line-strong" : "border-line"}`}
    >
      {picture && <img src={picture} alt="" className="mb-2.5 max-h-40 rounded object-cover" />}
      <p className="flex items-start gap-1.5 text-lg font-semibold">
        {one.moment_of_truth && <Icon name="star" className="mt-0.5 fill-amber/30 text-amber" />}
        {one.title || "Untitled touchpoint"}
        {one.moment_of_truth && <span className="sr-only">, a moment of truth</span>}
      </p>
      {one.promise?.says && (
        <p className="mt-1.5 flex gap-1.5 text-sm text-ink-soft">
          <Icon name="promise" size={16} className="mt-0.5" />
          {one.promise.says}
        </p>
      )}
      <p className="mt-auto flex flex-wrap gap-1 pt-2.5">
        {one.front === false && <Chip icon="backstage">back stage</Chip>}
        {one.optional && <Chip icon="optional">optional</Chip>}
        {one.channels?.map((id) => (
          <Chip key={id} tone="sky">
            {names.channels.get(id)?.title || id}
          </Chip>
        ))}
        {team && <Chip icon="team">{team}</Chip>}
      </p>
    </div>
  );
}
