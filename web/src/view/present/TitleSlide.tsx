import type { MapDocument } from "~/maps/document";
import { counted } from "~/maps/words";
import { Icon } from "~/view/kit";
import { FeelingLine } from "./FeelingLine";
import type { Deck } from "./slides";

/** The map as a whole: what it is for, whose journey it is, and how it goes. */
export function TitleSlide({ deck, map, go }: { deck: Deck; map: MapDocument; go: (to: number) => void }) {
  const { title, purpose, scope, owner } = deck.head as Record<string, string | undefined>;
  const personas = map.list("personas");
  return (
    <>
      <p className="flex items-center gap-2 text-sm font-medium text-spruce">
        <Icon name="curve" />
        Customer journey
      </p>
      <h2 className="mt-3 max-w-4xl text-2xl font-semibold tracking-tight text-balance sm:text-3xl">
        {title || "Untitled map"}
      </h2>
      {purpose && <p className="mt-4 max-w-3xl text-lg text-ink-soft text-pretty">{purpose}</p>}
      {(scope || owner) && (
        <p className="mt-3 max-w-3xl text-ink-soft">{[scope, owner && `Owner: ${owner}.`].filter(Boolean).join(" ")}</p>
      )}
      <div className="mt-10">
        <FeelingLine feelings={deck.feelings} stage={undefined} />
        <ol aria-label="Stages" className="mt-3 flex flex-col gap-2 sm:flex-row">
          {deck.stages.map(({ column: { stage, touchpoints } }, place) => (
            <li key={stage.id} className="min-w-0 flex-1">
              <button
                type="button"
                onClick={() => go(place + 1)}
                className="h-full w-full rounded-lg border border-line bg-sheet px-3 py-2 text-left transition-colors hover:border-spruce"
              >
                <span className="block text-xs text-ink-faint tabular-nums">{place + 1}</span>
                <span className="block font-medium break-words hyphens-auto">{stage.title || "Untitled stage"}</span>
                <span className="block text-sm text-ink-soft">{counted(touchpoints.length, "touchpoint")}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
      {personas.length > 0 && (
        <ul aria-label="Personas" className="mt-10 grid grid-cols-[repeat(auto-fill,minmax(16rem,1fr))] gap-4">
          {personas.map((one) => (
            <li key={one.id} className="border-l-3 border-spruce pl-4">
              <p className="font-semibold">{one.title}</p>
              {one.quote && <p className="mt-1 text-ink-soft">“{one.quote}”</p>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
