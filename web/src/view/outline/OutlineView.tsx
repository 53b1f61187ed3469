import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Desk } from "~/commands/command";
import { addStage } from "~/maps/edits";
import { nameOf } from "~/maps/kinds";
import { readingOf } from "~/maps/reading";
import type { MapSession } from "~/session/session";
import { Button } from "../kit/Button";
import { Empty } from "../kit/States";
import { PersonaFilter } from "../people/PersonaFilter";
import { useMap, usePlaces, useSection } from "../useMap";
import { OutlineContext } from "./outlineContext";
import { StageList } from "./StageList";
import { StageSection } from "./StageSection";

interface Props {
  desk: Desk;
  session: MapSession;
  mapId: string;
}

/** The whole map as headings and lists: for fast typing, small screens and screen readers. */
export default function OutlineView({ desk, mapId }: Props): ReactNode {
  const map = useMap();
  usePlaces();
  const root = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const latest = useRef(desk);
  latest.current = desk;
  const { mayEdit } = desk;
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const look = useCallback(() => {
    if (!wanted.current) return;
    const text = root.current?.querySelector<HTMLTextAreaElement>(`[data-outline="${CSS.escape(wanted.current)}"]`);
    if (!text) return;
    wanted.current = null;
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    text.scrollIntoView({ block: "nearest" });
  }, []);
  const goTo = useCallback(
    (id: string) => {
      wanted.current = id;
      requestAnimationFrame(look);
    },
    [look],
  );
  useEffect(look);
  const parts = useMemo(() => ({ desk: () => latest.current, mapId, mayEdit, goTo }), [mapId, mayEdit, goTo]);
  const onFold = useCallback(
    (id: string) =>
      setFolded((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const stages = readingOf(map);
  const add = () => {
    let made = "";
    desk.edit("Add stage", () => {
      made = addStage(map);
    });
    goTo(made);
  };
  const all = folded.size >= stages.length;
  return (
    <OutlineContext value={parts}>
      <div
        ref={root}
        data-outline-root=""
        className="@container/outline min-h-0 flex-1 overflow-auto scroll-pt-14 scroll-pb-10"
      >
        <Bar
          stages={stages.map((one) => one.id)}
          allFolded={all && stages.length > 0}
          onFoldAll={() => setFolded(new Set(all ? [] : stages.map((one) => one.id)))}
          onGo={(id) => root.current?.querySelector(`#stage-${CSS.escape(id)}`)?.scrollIntoView({ block: "start" })}
        />
        <div className="mx-auto flex w-full max-w-6xl items-start gap-8 px-3 pb-24 @2xl/outline:px-6">
          <StageList stages={stages.map((one) => one.id)} />
          <div className="flex min-w-0 flex-1 flex-col gap-7 pt-3">
            {stages.length === 0 && (
              <Empty icon="stage" title="Nothing is drawn yet">
                {mayEdit ? "Begin with the parts of the journey: its stages." : "Nobody has drawn anything here."}
              </Empty>
            )}
            {stages.map((one, place) => (
              <StageSection
                key={one.id}
                id={one.id}
                number={place + 1}
                cards={one.cards}
                points={JSON.stringify(one.points)}
                folded={folded.has(one.id)}
                onFold={onFold}
              />
            ))}
            {mayEdit && (
              <div className={stages.length ? "" : "mx-auto -mt-6"}>
                <Button icon="plus" onClick={add}>
                  Add a stage
                </Button>
              </div>
            )}
          </div>
        </div>
      </div>
    </OutlineContext>
  );
}

interface BarProps {
  stages: readonly string[];
  allFolded: boolean;
  onFoldAll: () => void;
  onGo: (id: string) => void;
}

/** Stays on top: where to go, whose journey it is, and folding. */
function Bar({ stages, allFolded, onFoldAll, onGo }: BarProps): ReactNode {
  const map = useMap();
  useSection("stages");
  return (
    <div className="sticky top-0 z-10 border-b border-line bg-paper/95 backdrop-blur-sm">
      <div className="mx-auto flex min-h-11 w-full max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1 @2xl/outline:px-6">
        <label className="flex min-w-0 flex-1 items-center gap-2 text-sm @5xl/outline:hidden">
          <span className="shrink-0 text-ink-soft">Go to</span>
          <select
            className="h-8 w-full min-w-0 rounded-md border border-line-strong bg-sheet px-2 text-base text-ink"
            value=""
            onChange={(event) => onGo(event.target.value)}
          >
            <option value="">a stage…</option>
            {stages.map((id, place) => (
              <option key={id} value={id}>
                {place + 1}. {nameOf(map.get(id))}
              </option>
            ))}
          </select>
        </label>
        <div className="hidden min-w-0 @xl/outline:block @5xl/outline:flex-1">
          <PersonaFilter />
        </div>
        {stages.length > 1 && (
          <Button size="sm" kind="quiet" icon={allFolded ? "expand" : "collapse"} onClick={onFoldAll}>
            {allFolded ? "Unfold all" : "Fold all"}
          </Button>
        )}
      </div>
    </div>
  );
}
