import { memo, useEffect, useRef } from "react";
import type { Desk } from "~/commands/command";
import { WAYS } from "~/commands/looking";
import { Icon, type IconName, Segments } from "~/view/kit";
import { DeparturesNote } from "~/view/numbers/DeparturesNote";
import { FreshChip } from "~/view/numbers/FreshChip";
import { LensFilters } from "~/view/numbers/LensFilters";
import { WorstChip } from "~/view/numbers/WorstChip";
import { TruthChip } from "~/view/truth/TruthChip";
import { useLens } from "~/view/useLens";
import { useFits } from "./browser";

/** What can be looked at in a map's page beside the map itself. */
const PLACES: readonly { id: string; title: string; icon: IconName }[] = [
  { id: "map", title: "Map", icon: "board" },
  { id: "findings", title: "Findings", icon: "flag" },
  { id: "flow", title: "Flow", icon: "branch" },
  { id: "customers", title: "Customers", icon: "users" },
  { id: "voice", title: "Voice", icon: "quote" },
  { id: "decisions", title: "Decisions", icon: "goal" },
  { id: "data", title: "Data", icon: "table" },
];

const ROW = "relative flex items-center gap-2 overflow-x-auto px-2 [scrollbar-width:none] sm:px-3";

/** The bar below the map's own: from the map to what its data say, which journey the map shows, and whose. */
export const LensBar = memo(function LensBar({ desk, view, mapId }: { desk: Desk; view: string; mapId: string }) {
  const { way } = useLens(desk);
  const wide = useFits("(min-width: 1024px)");
  const here = view === "board" || view === "outline" ? "map" : view;
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is chosen
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [here]);
  const measured = here === "map" && way !== "intended";
  const ways = here === "map" && (
    <Segments label="Journey" tabs={WAYS} value={way} onChange={(to) => desk.lens.set({ way: to })} />
  );
  return (
    <section aria-label="How to look at the map" className="relative shrink-0 border-b border-line bg-sheet">
      <div className={`h-11 ${ROW}`}>
        <nav ref={nav} aria-label="What to look at" className="flex items-center gap-0.5">
          {PLACES.filter(({ id }) => desk.offers(id)).map(({ id, title, icon }) => (
            <button
              key={id}
              type="button"
              aria-current={id === here ? "page" : undefined}
              onClick={() => desk.show(id)}
              className="flex h-8 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:text-ink"
            >
              <Icon name={icon} size={16} />
              {title}
            </button>
          ))}
        </nav>
        {ways && wide && <span className="ml-auto flex shrink-0">{ways}</span>}
      </div>
      {ways && !wide && <div className={`h-10 border-t border-line ${ROW}`}>{ways}</div>}
      {measured && (
        <div className={`h-10 border-t border-line ${ROW}`}>
          <LensFilters desk={desk} />
          {wide && <DeparturesNote desk={desk} />}
          <span className="ml-auto flex shrink-0 items-center gap-1.5 max-sm:contents">
            <WorstChip desk={desk} mapId={mapId} />
            <FreshChip desk={desk} />
            <TruthChip desk={desk} mapId={mapId} />
          </span>
        </div>
      )}
      {measured && !wide && <DeparturesNote desk={desk} className="px-3 pb-1.5" />}
    </section>
  );
});
