import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { Suspense, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { MapSession } from "~/session/session";
import { Board } from "~/view/Board";
import { announce, Busy, ButtonLink } from "~/view/kit";
import { Ghosts } from "~/view/numbers/Ghosts";
import { NumbersProvider } from "~/view/numbers/NumbersProvider";
import { DIALOGS, OutlineView, PANELS, VIEWS } from "~/view/panel";
import { TogetherProvider } from "~/view/together/TogetherProvider";
import { AnswersContext } from "~/view/useAnswer";
import { useDesk } from "~/view/useDesk";
import { MapContext, useHead } from "~/view/useMap";
import { PicturesContext } from "~/view/usePicture";
import { Alone } from "./Alone";
import { useFits, useTitle } from "./browser";
import { LensBar } from "./LensBar";
import { MapBar } from "./MapBar";
import { MapNotes, useTold } from "./MapNotes";
import { Above, Looked, Presenting, type Shown, Side, viewStopped } from "./MapSide";
import { MapSkeleton } from "./MapSkeleton";
import { Safe } from "./Safe";
import { useLensAddress } from "./useLensAddress";
import { useMe } from "./useMe";
import { useShown } from "./useShown";

/** One map, open for editing together. */
export default function MapPage({ id }: { id: string }) {
  const [session, setSession] = useState<MapSession>();
  useMe(); // whoever is not signed in is asked to, and comes back
  const client = useQueryClient();
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another session
  useEffect(() => {
    const opened = new MapSession(id);
    setSession(opened);
    return () => void leave(opened, client);
  }, [id, tries]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  return session ? <Opened key={session.number} session={session} id={id} again={again} /> : <MapSkeleton />;
}

/** The list of maps may have been read before the last change was saved. */
async function leave(session: MapSession, client: QueryClient): Promise<void> {
  if (!(await session.close())) return;
  const maps = { queryKey: ["maps"] };
  await client.cancelQueries(maps); // an answer that is on its way is from before
  await client.invalidateQueries(maps);
}

function Opened({ session, id, again }: { session: MapSession; id: string; again: () => void }) {
  const { status, hello, over } = useSyncExternalStore(session.subscribe, session.getState);
  const { view, panel, dialog, presents, show, setPanel, setDialog, setPresents } = useShown(mentioned);
  const pictures = `/api/maps/${id}/pictures`;
  const covered = useFits("(max-width: 1023px)") && panel !== undefined;
  const desk = useDesk(session, { show, announce, offers });
  useLensAddress(desk.lens);
  // The bar and the board read nothing of the selection from it: the arrow keys do not draw them anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what else a desk holds stays as long as its map
  const still = useMemo(() => desk, [desk.map, desk.mayEdit, desk.mayComment, desk.me]);
  const what = panel?.what;
  const toggle = useCallback((to: string) => (what === to ? setPanel(undefined) : show(to)), [what, show, setPanel]);
  useEffect(() => {
    if (over) again();
  }, [over, again]);
  useTold(session);
  if (!hello && status.line === "closed") return <Closed says={status.says} />;
  if (!hello && status.line === "connecting") return <MapSkeleton />;
  return (
    <MapContext value={session.map}>
      <PicturesContext value={pictures}>
        <AnswersContext value={session.answers}>
          <TogetherProvider desk={desk} session={session} mapId={id}>
            <WindowTitle />
            <div className="flex h-dvh flex-col overflow-hidden">
              <div inert={covered}>
                <MapBar desk={still} session={session} view={view.what} panel={what} toggle={toggle} />
                <LensBar desk={still} view={view.what} mapId={id} />
                <MapNotes session={session} again={again} />
              </div>
              <div className="flex min-h-0 flex-1">
                <main
                  inert={covered}
                  tabIndex={-1}
                  className="relative flex min-w-0 flex-1 flex-col outline-none"
                  aria-label="Map"
                >
                  {view.what in VIEWS ? (
                    <Looked shown={view} desk={desk} session={session} mapId={id} close={() => show("map")} />
                  ) : (
                    <NumbersProvider desk={still} mapId={id}>
                      {view.what === "outline" ? (
                        <Safe instead={viewStopped}>
                          <Suspense fallback={<Busy />}>
                            <OutlineView desk={desk} session={session} mapId={id} close={() => show("board")} />
                          </Suspense>
                        </Safe>
                      ) : (
                        <Board desk={still} />
                      )}
                      <div data-foot="" className="flex shrink-0 flex-col">
                        <Ghosts desk={still} />
                      </div>
                    </NumbersProvider>
                  )}
                </main>
                {panel && (
                  <Side
                    shown={panel}
                    covers={covered}
                    desk={desk}
                    session={session}
                    mapId={id}
                    close={() => setPanel(undefined)}
                  />
                )}
              </div>
            </div>
            {dialog && (
              <Above shown={dialog} desk={desk} session={session} mapId={id} close={() => setDialog(undefined)} />
            )}
            {presents && <Presenting map={session.map} pictures={pictures} close={() => setPresents(false)} />}
          </TogetherProvider>
        </AnswersContext>
      </PicturesContext>
    </MapContext>
  );
}

/** Whoever comes from a mention finds its comment open. */
function mentioned(): Shown | undefined {
  const more = new URLSearchParams(location.search).get("comment");
  return more ? { what: "comments", more: { tab: "comments", comment: more } } : undefined;
}

/** What this page can open. */
function offers(what: string): boolean {
  return (
    ["map", "board", "outline", "present", "find", "numbers"].includes(what) ||
    what in VIEWS ||
    what in PANELS ||
    what in DIALOGS
  );
}

function Closed({ says }: { says: string }) {
  return (
    <Alone title="This map cannot be opened" about={says}>
      <ButtonLink href="/" kind="primary">
        All maps
      </ButtonLink>
    </Alone>
  );
}

function WindowTitle() {
  useTitle(String(useHead().title ?? "Map"));
  return null;
}
