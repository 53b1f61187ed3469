import { lazy, Suspense, useCallback, useEffect, useRef } from "react";
import type { Desk } from "~/commands/command";
import type { MapDocument } from "~/maps/document";
import { isUnfetched } from "~/session/release";
import type { MapSession } from "~/session/session";
import { Busy, Dialog, Panel } from "~/view/kit";
import { DIALOGS, PANELS, VIEWS } from "~/view/panel";
import { useTogether } from "~/view/together/useTogether";
import { Safe } from "./Safe";
import { Broken } from "./Unfetched";

const PresentView = lazy(() => import("~/view/present/PresentView"));

/** A panel or a dialog by its name, and what was given to it. */
export interface Shown {
  what: string;
  more: unknown;
}

interface Given {
  shown: Shown;
  desk: Desk;
  session: MapSession;
  mapId: string;
  close: () => void;
}

/** The one place for panels: beside the map, or over it where there is little room; then it has the focus. */
export function Side({ shown, covers, close, ...given }: Given & { covers: boolean }) {
  const Shown = PANELS[shown.what]!;
  const ref = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    const panel = ref.current!;
    before.current = document.activeElement;
    if (covers && !panel.contains(document.activeElement)) panel.focus();
  }, [covers]);
  const leave = () => {
    close();
    const back = before.current;
    if (ref.current?.contains(document.activeElement) && back instanceof HTMLElement)
      requestAnimationFrame(() => back.isConnected && back.focus());
  };
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-label="Beside the map"
      className="fixed inset-0 z-40 border-line bg-sheet outline-none lg:static lg:w-[23rem] lg:shrink-0 lg:border-l"
      onKeyDown={(event) => {
        const above = (event.target as Element).closest("dialog"); // it closes itself, and only itself
        if (event.key === "Escape" && !event.defaultPrevented && !above) leave();
      }}
    >
      <Safe key={shown.what} instead={(fault) => <Stopped fault={fault} close={leave} />}>
        <Suspense fallback={<Busy />}>
          <Shown {...given} close={leave} more={shown.more} />
        </Suspense>
      </Safe>
    </aside>
  );
}

/** A panel broke; the map beside it did not. */
function Stopped({ fault, close }: { fault: Error; close: () => void }) {
  return (
    <Panel title={isUnfetched(fault) ? "This panel is missing" : "This panel has stopped"} close={close}>
      <div className="flex flex-col gap-3 p-4">
        <p className="text-ink-soft">The map goes on, and nothing of it is lost.</p>
        <Broken fault={fault} says={fault.message} />
      </div>
    </Panel>
  );
}

/** What the data say, in the place of the map. */
export function Looked({ shown, ...given }: Given) {
  const Shown = VIEWS[shown.what]!;
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody goes there, and what had the focus may be gone
  useEffect(() => {
    const at = document.activeElement;
    if (at === document.body || at?.closest("aside")) document.querySelector("main")?.focus();
  }, [shown]);
  return (
    <Safe key={shown.what} instead={viewStopped}>
      <Suspense fallback={<Busy />}>
        <Shown {...given} more={shown.more} />
      </Suspense>
    </Safe>
  );
}

/** A view broke, or did not come. */
export function viewStopped(fault: Error) {
  return (
    <div className="p-4">
      <Broken fault={fault} says="This view has stopped: the program made a mistake. Nothing is lost." />
    </div>
  );
}

/** Something above the map broke, or did not come. */
function AboveStopped({ fault, close }: { fault: Error; close: () => void }) {
  const title = isUnfetched(fault) ? "This is missing" : "This has stopped";
  return (
    <Dialog title={title} about="The map goes on, and nothing of it is lost." onClose={close}>
      <Broken fault={fault} says={fault.message} />
    </Dialog>
  );
}

/** A dialog above the map. */
export function Above({ shown, ...given }: Given) {
  const Asked = DIALOGS[shown.what]!;
  return (
    <Safe key={shown.what} instead={(fault) => <AboveStopped fault={fault} close={given.close} />}>
      <Suspense fallback={null}>
        <Asked {...given} more={shown.more} />
      </Suspense>
    </Safe>
  );
}

/** Present mode; the others in the map see which stage is spoken of. */
export function Presenting({ map, pictures, close }: { map: MapDocument; pictures: string; close: () => void }) {
  const people = useTogether()?.people;
  const onStage = useCallback((stage: string | null) => people?.go({ stage }), [people]);
  return (
    <Safe instead={(fault) => <AboveStopped fault={fault} close={close} />}>
      <Suspense fallback={null}>
        <PresentView map={map} pictures={pictures} close={close} onStage={onStage} />
      </Suspense>
    </Safe>
  );
}
