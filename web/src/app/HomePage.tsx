import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { ask } from "~/session/api";
import { Empty, Fault, Icon, Skeleton } from "~/view/kit";
import { Frame } from "./Frame";
import { type Door, DoorDialog, Doors } from "./home/Doors";
import { Journey } from "./home/Journey";
import { MapCards } from "./home/MapCards";
import { useMay } from "./useMe";

/** All maps, and the ways to begin one. What was opened stays open when the page around it becomes another. */
export function HomePage() {
  const [door, open] = useState<Door>();
  return (
    <>
      <Maps open={open} />
      {door && <DoorDialog door={door} onClose={() => open(undefined)} />}
    </>
  );
}

function Maps({ open }: { open: (door: Door) => void }) {
  const edits = useMay("edit");
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const maps = useMaps(search, false);
  const archived = useMaps(search, true);
  const empty = maps.data?.length === 0;
  // That there is none is known when this very question is answered; and whether others were put away.
  const asked = search ? [maps] : [maps, archived];
  const waits = maps.isPending || (empty && asked.some((one) => one.isPending || one.isPlaceholderData));
  const none = empty && !waits;
  const bare = none && !search && archived.data?.length === 0;
  if (bare) return <FirstRun edits={edits} open={open} />;
  return (
    <Frame title="Maps" bare width="wide">
      <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="mr-auto text-xl font-semibold tracking-tight">Maps</h1>
        <Search value={typed} onChange={setTyped} />
      </div>
      {maps.isError && <Fault says={maps.error.message} retry={() => maps.refetch()} />}
      {waits && <Loading />}
      {maps.data && !empty && <MapCards maps={maps.data} label="Maps" />}
      {none && search && (
        <Empty icon="search" title={`No map here has “${search}”`}>
          Titles, owners, stages and personas were searched. To search inside of a map, open it and press Ctrl+F.
        </Empty>
      )}
      {none && !search && archived.data && (
        <Empty icon="archive" title="All maps are archived">
          Take one out of the archive below, or begin another.
        </Empty>
      )}
      {edits && !search && maps.isSuccess && !waits && (
        <section aria-label="Begin another" className="mt-12">
          <h2 className="mb-4 text-lg font-semibold">Begin another</h2>
          <Doors open={open} />
        </section>
      )}
      {archived.isError && !maps.isError && <Fault says={archived.error.message} retry={() => archived.refetch()} />}
      {archived.data && archived.data.length > 0 && (
        <details className="mt-12" open={Boolean(search)}>
          <summary className="mb-4 w-fit cursor-pointer text-lg font-semibold">
            Archived ({archived.data.length})
          </summary>
          <MapCards maps={archived.data} label="Archived maps" />
        </details>
      )}
    </Frame>
  );
}

function useMaps(search: string, archived: boolean) {
  return useQuery({
    queryKey: ["maps", archived, search],
    queryFn: () =>
      ask("GET /api/maps", { query: { ...(search && { search }), ...(archived && { archived: "true" }) } }),
    placeholderData: keepPreviousData,
    staleTime: 0, // whoever comes back from a map may just have renamed it
    refetchInterval: 30_000,
  });
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

function FirstRun({ edits, open }: { edits: boolean; open: (door: Door) => void }) {
  return (
    <Frame title="Maps" bare width="wide">
      <div className="relative overflow-hidden rounded-2xl border border-line bg-paper">
        <Journey className="h-40 w-full sm:h-64" />
      </div>
      <div className="mx-auto mt-10 max-w-4xl text-center">
        <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl">
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
          <Doors large open={open} />
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
