import { useEffect, useState, useSyncExternalStore } from "react";
import { Link } from "wouter";
import { MapSession } from "~/session/session";
import { Board } from "~/view/Board";
import { useDesk } from "~/view/useDesk";
import { MapContext, useHead } from "~/view/useMap";

/** One map, open for editing together. */
export default function MapPage({ id }: { id: string }) {
  const [session, setSession] = useState<MapSession>();
  useEffect(() => {
    const opened = new MapSession(id);
    setSession(opened);
    return () => opened.close();
  }, [id]);
  return session ? <Opened session={session} /> : <p className="p-8 text-ink-soft">Loading…</p>;
}

function Opened({ session }: { session: MapSession }) {
  const { status, hello } = useSyncExternalStore(session.subscribe, session.getState);
  const desk = useDesk(session, { show: () => undefined, announce: () => undefined });
  return (
    <MapContext value={session.map}>
      <div className="flex h-dvh flex-col">
        <header className="flex items-center gap-4 border-b border-line bg-sheet px-4 py-2">
          <Link href="/" className="text-sm underline">
            Maps
          </Link>
          <Title />
          <span role="status" className="ml-auto text-sm text-ink-soft">
            {status.line === "online" ? (status.unsaved ? "Saving…" : "Saved") : status.line} {hello?.role}
          </span>
        </header>
        <Board desk={desk} />
      </div>
    </MapContext>
  );
}

function Title() {
  const head = useHead();
  return <h1 className="text-base font-semibold">{String(head.title ?? "")}</h1>;
}
