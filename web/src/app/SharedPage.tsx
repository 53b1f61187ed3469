import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useParams } from "wouter";
import type { SharedMap } from "~/contract/api";
import type { MapDocument } from "~/maps/document";
import { ask } from "~/session/api";
import { BEGINNING, type MapSession, type SessionState } from "~/session/session";
import { Board } from "~/view/Board";
import { announce, Busy, Button, Chip, Segments } from "~/view/kit";
import { OutlineView } from "~/view/panel";
import { mapFrom } from "~/view/present/mapFrom";
import { ago } from "~/view/together/when";
import { useDesk } from "~/view/useDesk";
import { MapContext } from "~/view/useMap";
import { PicturesContext } from "~/view/usePicture";
import { Alone } from "./Alone";
import { useFits, useTitle } from "./browser";
import { Mark } from "./Logo";
import { VIEWS, type View } from "./MapBar";
import { MapSkeleton } from "./MapSkeleton";

const PresentView = lazy(() => import("~/view/present/PresentView"));

/** A map behind a share link: for anybody who has the link, to look at and to present. */
export default function SharedPage() {
  const { secret = "" } = useParams();
  const shared = useQuery({
    queryKey: ["shared", secret],
    queryFn: () => ask("GET /api/shared/{secret}", { path: { secret } }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (shared.isError) return <Alone title="This link does not open a map" about={shared.error.message} />;
  if (!shared.data) return <MapSkeleton />;
  return <Shown shared={shared.data} pictures={`/api/shared/${encodeURIComponent(secret)}/pictures`} />;
}

function Shown({ shared, pictures }: { shared: SharedMap; pictures: string }) {
  const map = useMemo(() => mapFrom(shared.data), [shared]);
  const session = useMemo(() => still(map), [map]);
  const wide = useFits("(min-width: 640px)");
  const [chosen, setView] = useState<View>();
  const [presents, setPresents] = useState(false);
  const desk = useDesk(session, { show: () => undefined, announce });
  useTitle(shared.title);
  const view = chosen ?? (wide ? "board" : "outline");
  return (
    <MapContext value={map}>
      <PicturesContext value={pictures}>
        <div className="flex h-dvh flex-col overflow-hidden">
          <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line bg-sheet px-3">
            <Mark size={26} />
            <h1 className="min-w-0 truncate text-base font-semibold">{shared.title}</h1>
            <span className="hidden items-center gap-2 text-sm text-ink-soft md:flex">
              <Chip icon="eye">Only to look at</Chip>
              changed {ago(shared.changed_at)}
            </span>
            <div className="ml-auto flex items-center gap-2">
              <Segments label="View" compact tabs={VIEWS} value={view} onChange={setView} />
              <Button kind="primary" size="sm" icon="play" className="h-8" onClick={() => setPresents(true)}>
                Present
              </Button>
            </div>
          </header>
          <main className="relative flex min-h-0 flex-1 flex-col" aria-label="Map">
            {view === "outline" ? (
              <Suspense fallback={<Busy />}>
                <OutlineView desk={desk} session={session} mapId="" close={() => setView("board")} />
              </Suspense>
            ) : (
              <Board desk={desk} />
            )}
          </main>
          {presents && (
            <Suspense fallback={null}>
              <PresentView map={map} pictures={pictures} close={() => setPresents(false)} />
            </Suspense>
          )}
        </div>
      </PicturesContext>
    </MapContext>
  );
}

/** What the board takes for an opened map: it stands still, and nothing goes anywhere. */
function still(map: MapDocument): MapSession {
  const state: SessionState = { ...BEGINNING, status: { line: "closed", says: "", unsaved: 0, changes: 0 } };
  const session: Partial<MapSession> = { map, getState: () => state, subscribe: () => () => undefined };
  return session as MapSession;
}
