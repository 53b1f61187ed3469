import { useEffect, useSyncExternalStore } from "react";
import type { MapSession } from "~/session/session";
import { announce, Button, Icon, type IconName } from "~/view/kit";

const ARCHIVED =
  "This map is in the archive: it can be read and copied, but not changed. An owner can take it out, in the list of maps.";

/** What stands in the way of saving this map, above it, with the way out. */
export function MapNotes({ session, again }: { session: MapSession; again: () => void }) {
  const { hello, status, trouble } = useSyncExternalStore(session.subscribe, session.getState);
  if (status.line === "closed")
    return (
      <Bar
        icon="error"
        tone="bg-coral-soft text-coral"
        says={`${status.says || "The server closed this map."} What you changed is kept in this browser.`}
      >
        <Button size="sm" icon="restore" onClick={again}>
          Open it again
        </Button>
      </Bar>
    );
  if (trouble) return <Bar icon="warning" tone="bg-amber-soft text-amber" says={trouble} />;
  if (hello?.archived) return <Bar icon="archive" tone="bg-sunken text-ink-soft" says={ARCHIVED} />;
  return null;
}

function Bar(bar: { icon: IconName; tone: string; says: string; children?: React.ReactNode }) {
  return (
    <div role="alert" className={`flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm ${bar.tone}`}>
      <Icon name={bar.icon} />
      <span className="min-w-0 flex-1 basis-60">{bar.says}</span>
      {bar.children}
    </div>
  );
}

/** Says what the server tells of the map as a whole. */
export function useTold(session: MapSession): void {
  useEffect(
    () =>
      session.onTold((told) => {
        if (told.kind === "role") announce(`Your role is now ${String(told.role)}.`);
        if (told.kind === "archived")
          announce(told.archived ? "This map was moved to the archive." : "This map is out of the archive.");
        if (told.kind === "closing") announce(String(told.says ?? "The server stops. Your changes are kept here."));
      }),
    [session],
  );
}
