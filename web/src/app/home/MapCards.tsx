import { Link } from "wouter";
import type { MapCard } from "~/contract/api";
import { Avatars, Chip } from "~/view/kit";
import { ago, instant } from "~/view/when";
import { CardMenu } from "./CardMenu";
import { PreviewDrawing } from "./PreviewDrawing";

/** Maps as cards: a drawing of each, whose it is, when it was changed, and who is in it now. */
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
  const people = one.here.map((name) => ({ id: name, name, note: "is in this map" }));
  return (
    <li className="group relative flex flex-col rounded-xl border border-line bg-sheet transition-[border-color,box-shadow] focus-within:border-spruce hover:border-spruce hover:shadow-card">
      <div
        className={`aspect-[5/2] overflow-hidden rounded-t-xl border-b border-line bg-sunken ${one.archived_at ? "opacity-50 grayscale" : ""}`}
      >
        {one.sketch && <PreviewDrawing sketch={one.sketch} />}
      </div>
      <div className="flex flex-1 items-start gap-1 py-3 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <h2 className="line-clamp-2 font-semibold break-words">
            <Link
              href={`/maps/${one.id}`}
              className="after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-focus"
            >
              {one.title || "Untitled map"}
            </Link>
          </h2>
          <p className="mt-0.5 text-sm text-ink-soft">
            {one.owner && `${one.owner} · `}
            <time dateTime={one.changed_at} className="relative" data-tip={instant(one.changed_at)}>
              {one.archived_at ? `archived ${ago(one.archived_at)}` : `changed ${ago(one.changed_at)}`}
            </time>
          </p>
          <Remarks one={one} />
        </div>
        <span className="relative flex items-center gap-1">
          {people.length > 0 && <Avatars people={people} most={3} />}
          <CardMenu one={one} />
        </span>
      </div>
    </li>
  );
}

/** What the map still lacks, where that is worth a look. */
function Remarks({ one: { sketch } }: { one: MapCard }) {
  if (!sketch?.remarks.errors) return null;
  const { errors, warnings } = sketch.remarks;
  return (
    <p className="mt-2">
      <Chip tone="amber" icon="warning" tip={`${errors} to mend, ${warnings} to think about`}>
        {errors === 1 ? "1 remark to mend" : `${errors} remarks to mend`}
      </Chip>
    </p>
  );
}
