import { useQuery } from "@tanstack/react-query";
import { Suspense, useMemo } from "react";
import { useParams } from "wouter";
import type { SharedMap } from "~/contract/api";
import type { MapDocument } from "~/maps/document";
import { ask } from "~/session/api";
import { BEGINNING, type MapSession, type SessionState } from "~/session/session";
import { Board } from "~/view/Board";
import { announce, Busy, Button, Chip, Segments } from "~/view/kit";
import { OutlineView } from "~/view/panel";
import { mapFrom } from "~/view/present/mapFrom";
import { useDesk } from "~/view/useDesk";
import { MapContext } from "~/view/useMap";
import { PicturesContext } from "~/view/usePicture";
import { ago } from "~/view/when";
import { Alone } from "./Alone";
import { useTitle } from "./browser";
import { Mark } from "./Logo";
import { VIEWS, type View } from "./MapBar";
import { Above, Presenting } from "./MapSide";
import { MapSkeleton } from "./MapSkeleton";
import { useShown } from "./useShown";

/** What whoever only looks can open; everything else is about people, rights and changes. */
const OFFERED: readonly string[] = ["board", "outline", "present", "find", "palette", "help"];

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
  const { view, dialog, presents, show, setDialog, setPresents } = useShown();
  const desk = useDesk(session, { show, announce, offers: (what) => OFFERED.includes(what) });
  useTitle(shared.title);
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
              <Segments label="View" compact tabs={VIEWS} value={view.what as View} onChange={show} />
              <Button kind="primary" size="sm" icon="play" className="h-8" onClick={() => show("present")}>
                Present
              </Button>
            </div>
          </header>
          <main className="relative flex min-h-0 flex-1 flex-col" aria-label="Map">
            {view.what === "outline" ? (
              <Suspense fallback={<Busy />}>
                <OutlineView desk={desk} session={session} mapId="" close={() => show("board")} />
              </Suspense>
            ) : (
              <Board desk={desk} />
            )}
          </main>
          {dialog && <Above shown={dialog} desk={desk} session={session} mapId="" close={() => setDialog(undefined)} />}
          {presents && <Presenting map={map} pictures={pictures} close={() => setPresents(false)} />}
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
