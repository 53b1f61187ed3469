import { useRef } from "react";
import { Link } from "wouter";
import type { MapCard } from "~/contract/api";
import { Skeleton } from "~/view/kit";
import { ago, instant } from "~/view/together/when";
import { CardMenu } from "./CardMenu";
import { PreviewDrawing } from "./PreviewDrawing";
import { useMapPreview, useNear } from "./usePreview";

/** Maps as cards: a drawing of each, whose it is, and when it was changed. */
export function MapCards({ maps, label }: { maps: readonly MapCard[]; label: string }) {
  return (
    <ul aria-label={label} className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-5">
      {maps.map((one) => (
        <Card key={one.id} one={one} />
      ))}
    </ul>
  );
}

function Card({ one }: { one: MapCard }) {
  const ref = useRef<HTMLLIElement>(null);
  const preview = useMapPreview(one.id, one.changed_at, useNear(ref));
  return (
    <li
      ref={ref}
      className={`group relative flex flex-col overflow-hidden rounded-xl border border-line bg-sheet transition-[border-color,box-shadow] focus-within:border-spruce hover:border-spruce hover:shadow-card ${one.archived_at ? "opacity-75" : ""}`}
    >
      <div className="aspect-[5/2] border-b border-line bg-sunken px-4 pt-3">
        {preview ? <PreviewDrawing preview={preview} /> : <Skeleton className="h-full w-full" />}
      </div>
      <div className="flex items-start gap-1 py-3 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <h3 className="truncate font-semibold">
            <Link href={`/maps/${one.id}`} className="after:absolute after:inset-0 focus-visible:outline-none">
              {one.title || "Untitled map"}
            </Link>
          </h3>
          <p className="mt-0.5 truncate text-sm text-ink-soft">
            {one.owner && `${one.owner} · `}
            <time dateTime={one.changed_at} data-tip={instant(one.changed_at)}>
              changed {ago(one.changed_at)}
            </time>
          </p>
        </div>
        <span className="relative">
          <CardMenu one={one} />
        </span>
      </div>
    </li>
  );
}
