import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { MapCard } from "~/contract/api";
import { ask } from "~/session/api";
import { Empty, Fault, Icon, Skeleton } from "~/view/kit";
import { Frame } from "./Frame";
import { Doors } from "./home/Doors";
import { Journey } from "./home/Journey";
import { MapCards } from "./home/MapCards";
import { useMay } from "./useMe";

/** All maps, and the ways to begin one. */
export function HomePage() {
  const edits = useMay("edit");
  const maps = useQuery({ queryKey: ["maps"], queryFn: () => ask("GET /api/maps") });
  if (maps.isSuccess && maps.data.length === 0) return <FirstRun edits={edits} />;
  return (
    <Frame title="Maps" bare width="wide">
      {maps.isError && <Fault says={maps.error.message} retry={() => maps.refetch()} />}
      {maps.isPending && <Loading />}
      {maps.data && <AllMaps maps={maps.data} edits={edits} />}
    </Frame>
  );
}

function AllMaps({ maps, edits }: { maps: readonly MapCard[]; edits: boolean }) {
  const [typed, setTyped] = useState("");
  const words = useDeferredValue(typed).trim().toLowerCase();
  const found = maps.filter((one) => `${one.title} ${one.owner}`.toLowerCase().includes(words));
  const live = found.filter((one) => !one.archived_at);
  const archived = found.filter((one) => one.archived_at);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="mr-auto text-xl font-semibold tracking-tight">Maps</h1>
        <Search value={typed} onChange={setTyped} />
      </div>
      {live.length > 0 && <MapCards maps={live} label="Maps" />}
      {found.length === 0 && (
        <Empty icon="search" title={`No map has “${typed.trim()}” in its title or owner`}>
          To search inside of a map, open it and press Ctrl+F.
        </Empty>
      )}
      {edits && !words && (
        <section aria-label="Begin another" className="mt-12">
          <h2 className="mb-4 text-lg font-semibold">Begin another</h2>
          <Doors />
        </section>
      )}
      {archived.length > 0 && (
        <details className="mt-12" open={Boolean(words)}>
          <summary className="mb-4 cursor-pointer text-lg font-semibold">Archived ({archived.length})</summary>
          <MapCards maps={archived} label="Archived maps" />
        </details>
      )}
    </>
  );
}

function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <label className="relative block w-full sm:w-72">
      <span className="sr-only">Search maps</span>
      <Icon name="search" className="absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" />
      <input
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder="Search maps"
        className="h-9 w-full rounded-md border border-line-strong/70 bg-sheet pr-2 pl-9 placeholder:text-ink-faint focus-visible:outline-offset-0"
      />
    </label>
  );
}

function FirstRun({ edits }: { edits: boolean }) {
  return (
    <Frame title="Maps" bare width="wide">
      <div className="relative overflow-hidden rounded-2xl border border-line bg-paper">
        <Journey className="h-40 w-full sm:h-64" />
      </div>
      <div className="mx-auto mt-10 max-w-3xl text-center">
        <h1 className="text-2xl font-semibold tracking-tight text-balance">
          Draw the journey you intend. Then see the one people take.
        </h1>
        <p className="mx-auto mt-3 max-w-xl text-lg text-ink-soft text-balance">
          {edits
            ? "A map holds stages, touchpoints and promises. Your team draws it together, live."
            : "There is no map yet. As soon as an editor begins one, you find it here."}
        </p>
      </div>
      {edits && (
        <div className="mt-10">
          <Doors large />
        </div>
      )}
    </Frame>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading maps" className="kit-late">
      <Skeleton className="mb-6 h-9 w-32" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-5">
        {["a", "b", "c"].map((one) => (
          <Skeleton key={one} className="h-52 w-full" />
        ))}
      </div>
    </div>
  );
}
