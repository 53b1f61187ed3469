import type { Desk } from "~/commands/command";
import type { RoutesTaken } from "~/contract/api";
import { keyOfMove } from "~/overlay/flow/moves";
import { sayCount, sayValue } from "~/overlay/say";
import { Icon } from "../kit";
import { titleOn } from "./flow";
import { LONGEST, sayRoute } from "./RoutesDrawn";

interface Props {
  desk: Desk;
  /** Whose routes these are. */
  title: string;
  found: RoutesTaken;
  lit: number | undefined;
  light: (rank: number | undefined) => void;
  /** Routes whose steps are shown below, by rank. */
  chosen: readonly number[];
  choose: (rank: number) => void;
}

/** The same routes as rows: pointed at or focused, one is lit in the picture; chosen, its steps are counted below. */
export function RouteList({ desk, title, found, lit, light, chosen, choose }: Props) {
  const planned = new Set(found.planned.map(keyOfMove));
  return (
    <>
      <h3 className="mt-4 text-sm font-semibold">The routes</h3>
      <p className="text-sm text-ink-soft">
        Choose one to count how many customers come from step to step, or two to compare.
      </p>
      <ol
        aria-label={`The routes of ${title}`}
        className="mt-1 divide-y divide-line rounded-lg border border-line bg-sheet"
      >
        {found.rows.map(({ rank, route, customers, share }) => (
          <li key={rank}>
            <button
              type="button"
              aria-pressed={chosen.includes(rank)}
              data-tip={sayRoute(desk, found, rank)}
              onClick={() => choose(rank)}
              onFocus={() => light(rank)}
              onBlur={() => light(undefined)}
              onMouseEnter={() => light(rank)}
              onMouseLeave={() => light(undefined)}
              className={`flex w-full items-start gap-3 px-3 py-2 text-left text-sm aria-pressed:bg-spruce-soft ${lit === rank ? "bg-sunken" : ""}`}
            >
              <Icon
                name={chosen.includes(rank) ? "check" : "branch"}
                size={16}
                className="mt-0.5 shrink-0 text-ink-soft"
              />
              <span className="min-w-0 flex-1">
                <Way desk={desk} route={route} planned={planned} />
              </span>
              <span className="flex shrink-0 items-baseline gap-2 text-right tabular-nums">
                <b className="font-semibold">
                  {sayCount(customers)}
                  <span className="sr-only"> customers, </span>
                </b>
                <span className="w-14 text-ink-soft">{share === null ? "" : sayValue(share, "share")}</span>
              </span>
            </button>
          </li>
        ))}
        {found.other !== null && found.other > 0 && (
          <li className="flex items-start gap-3 px-3 py-2 text-sm text-ink-soft">
            <Icon name="more" size={16} className="mt-0.5 shrink-0" />
            <span className="min-w-0 flex-1">Other routes</span>
            <span className="flex shrink-0 items-baseline gap-2 text-right tabular-nums">
              <b className="font-semibold">{sayCount(found.other)}</b>
              <span className="w-14">{found.other_share === null ? "" : sayValue(found.other_share, "share")}</span>
            </span>
          </li>
        )}
      </ol>
    </>
  );
}

/** Touchpoints with arrows between; an arrow that the map does not plan is another one, in another colour. */
function Way({ desk, route, planned }: { desk: Desk; route: readonly string[]; planned: ReadonlySet<string> }) {
  const further = route.length - LONGEST;
  const steps = route.slice(0, LONGEST).map((id, at) => {
    const before = route[at - 1];
    const is = before === undefined || planned.has(keyOfMove({ before, after: id }));
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a route may come to a touchpoint twice
      <span key={at}>
        {at > 0 && (
          <span className={is ? "text-spruce" : "text-amber"}>
            {is ? " → " : " ⇢ "}
            {!is && <span className="sr-only">not planned: </span>}
          </span>
        )}
        {titleOn(desk.map, id)}
      </span>
    );
  });
  return (
    <>
      {steps}
      {further > 0 && <span className="text-ink-soft"> … {further} more</span>}
    </>
  );
}
