import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { MapDocument } from "~/maps/document";
import { Empty, IconButton } from "~/view/kit";
import { useAnything, useHead } from "~/view/useMap";
import { FeelingLine } from "./FeelingLine";
import { StageSlide } from "./StageSlide";
import { type Deck, deckOf, type Note } from "./slides";
import { TitleSlide } from "./TitleSlide";

interface Given {
  map: MapDocument;
  /** The address below which the map's pictures are. */
  pictures: string;
  close: () => void;
  /** Tells others which stage is shown. */
  onStage?: (stage: string | null) => void;
}

/** The map told stage by stage: arrow keys go on and back, N shows notes, F fills the screen, Escape ends it. */
export default function PresentView({ map, pictures, close, onStage }: Given) {
  const deck = useDeck(map);
  const ref = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(0);
  const [notes, setNotes] = useState(false);
  const last = deck.stages.length;
  const now = Math.min(at, last);
  const slide = now > 0 ? deck.stages[now - 1] : undefined;
  const go = useCallback((to: number) => setAt(Math.max(0, Math.min(last, to))), [last]);
  const names = useMemo(
    () => ({
      channels: new Map(map.list("channels").map((one) => [one.id, one])),
      teams: new Map(map.list("teams").map((one) => [one.id, one])),
    }),
    [map],
  );
  useEffect(() => {
    const layer = ref.current!;
    const before = document.activeElement;
    if (!layer.open) layer.showModal();
    layer.focus();
    return () => {
      layer.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      if (document.fullscreenElement === layer) void document.exitFullscreen();
    };
  }, []);
  const stage = slide?.column.stage.id;
  useEffect(() => {
    onStage?.(stage ?? null);
    ref.current?.querySelector("[data-slide]")?.scrollTo({ top: 0 });
  }, [stage, onStage]);
  useEffect(() => () => onStage?.(null), [onStage]);
  useKeys((event) => {
    const to = STEPS[event.key];
    const key = event.key.toLowerCase();
    if (to) go(to(now, last));
    else if (key === " " && !(event.target instanceof HTMLButtonElement)) go(now + 1);
    else if (key === "n") setNotes((is) => !is);
    else if (key === "f") fill(ref.current!);
    else return false;
    return true;
  });
  return (
    <dialog
      ref={ref}
      aria-label="Presentation"
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      className="m-0 h-dvh max-h-none w-screen max-w-none flex-col border-0 bg-paper p-0 text-ink outline-none open:flex"
    >
      <div className="flex min-h-0 flex-1">
        <div data-slide className="min-w-0 flex-1 overflow-auto" aria-live="polite">
          <div
            key={now}
            className="present-slide mx-auto flex min-h-full max-w-6xl flex-col justify-center px-5 py-8 sm:px-10"
          >
            {slide ? (
              <>
                <FeelingLine feelings={deck.feelings} stage={stage} className="mb-6" />
                <StageSlide slide={slide} names={names} pictures={pictures} />
              </>
            ) : (
              <TitleSlide deck={deck} map={map} go={go} />
            )}
          </div>
        </div>
        {notes && <Notes notes={slide?.notes ?? []} />}
      </div>
      <footer className="flex h-14 shrink-0 items-center gap-1 border-t border-line bg-sheet px-2 sm:gap-2 sm:px-4">
        <IconButton icon="arrow-left" label="Back" keys="←" disabled={now === 0} onClick={() => go(now - 1)} />
        <IconButton icon="arrow-right" label="Next" keys="→" disabled={now === last} onClick={() => go(now + 1)} />
        <Steps deck={deck} now={now} go={go} />
        <span className="px-1 text-sm whitespace-nowrap text-ink-soft tabular-nums">
          {now === 0 ? "Overview" : `${now} of ${last}`}
        </span>
        <IconButton icon="note" label="Notes" keys="N" pressed={notes} onClick={() => setNotes(!notes)} />
        <IconButton
          icon="expand"
          label="Fill the screen"
          keys="F"
          className="max-sm:hidden"
          onClick={() => fill(ref.current!)}
        />
        <IconButton icon="close" label="End the presentation" keys="Esc" onClick={close} />
      </footer>
    </dialog>
  );
}

const STEPS: Record<string, (now: number, last: number) => number> = {
  ArrowRight: (now) => now + 1,
  PageDown: (now) => now + 1,
  ArrowLeft: (now) => now - 1,
  PageUp: (now) => now - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Keys work wherever the focus is: what had it may be gone with the slide before. `use` says whether it took the key. */
function useKeys(use: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(use);
  latest.current = use;
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !latest.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("keydown", heard, true);
    return () => document.removeEventListener("keydown", heard, true);
  }, []);
}

function fill(layer: HTMLElement): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void layer.requestFullscreen?.().catch(() => undefined);
}

function useDeck(map: MapDocument): Deck {
  const changes = useAnything();
  const head = useHead();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is the same object; these say when it changed
  return useMemo(() => deckOf(map), [map, changes, head]);
}

function Steps({ deck, now, go }: { deck: Deck; now: number; go: (to: number) => void }) {
  return (
    <nav aria-label="Stages" className="flex min-w-0 flex-1 items-center gap-1">
      {deck.stages.map(({ column: { stage } }, place) => (
        <button
          key={stage.id}
          type="button"
          aria-current={now === place + 1 ? "step" : undefined}
          data-tip={stage.title}
          aria-label={stage.title || "Untitled stage"}
          onClick={() => go(place + 1)}
          className="group flex h-8 min-w-6 flex-1 items-center rounded focus-visible:outline-offset-0"
        >
          <span
            className={`h-1.5 w-full rounded-full transition-colors ${place + 1 <= now ? "bg-spruce" : "bg-line group-hover:bg-line-strong"}`}
          />
        </button>
      ))}
    </nav>
  );
}

function Notes({ notes }: { notes: readonly Note[] }) {
  return (
    <aside
      aria-label="Notes"
      className="absolute inset-x-0 bottom-14 max-h-1/2 overflow-auto border-t border-line bg-raised p-5 shadow-float sm:static sm:max-h-none sm:w-88 sm:border-t-0 sm:border-l sm:shadow-none"
    >
      <h2 className="text-base font-semibold">Notes and evidence</h2>
      {notes.length === 0 && (
        <Empty title="No notes here">What is written about a stage, a touchpoint or a card appears here.</Empty>
      )}
      <dl className="mt-3 space-y-4 text-sm">
        {notes.map((one) => (
          <div key={one.id}>
            <dt className="font-medium">{one.title}</dt>
            {one.says && <dd className="mt-0.5 text-ink-soft">{one.says}</dd>}
          </div>
        ))}
      </dl>
    </aside>
  );
}
