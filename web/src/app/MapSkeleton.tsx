import { Skeleton } from "~/view/kit";

const COLUMNS = ["a", "b", "c", "d", "e"];

/** The shape of a map, until the map is there. */
export function MapSkeleton() {
  return (
    <div role="status" aria-label="Opening the map" className="kit-late flex h-dvh flex-col">
      <div className="flex h-13 items-center gap-3 border-b border-line bg-sheet px-4">
        <Skeleton className="size-7" />
        <Skeleton className="h-4 w-48" />
        <Skeleton className="ml-auto h-7 w-28" />
      </div>
      <div className="grid flex-1 grid-cols-[9rem_repeat(5,minmax(9rem,1fr))] content-start gap-3 overflow-hidden p-4">
        {[1, 2, 3, 4].map((row) =>
          ["lane", ...COLUMNS].map((column) => (
            <Skeleton key={`${row}${column}`} className={row === 1 ? "h-8" : column === "lane" ? "h-5 w-24" : "h-20"} />
          )),
        )}
      </div>
    </div>
  );
}
