import { type Heading, headingOf, keyOfMove } from "~/overlay/flow/moves";
import { sayCount, sayValue } from "~/overlay/say";
import { Icon, type IconName } from "../kit";
import { moveOn } from "./flow";
import { Nowhere, TooFew } from "./Lacking";
import { type MovesShown, sayMove } from "./MovesDrawn";

const SIGNS: Record<Heading, { icon: IconName; says: string }> = {
  on: { icon: "arrow-down", says: "on" },
  back: { icon: "arrow-up", says: "back" },
  again: { icon: "repeat", says: "again" },
};

/** The moves as a table; one that is chosen is looked into. */
export function MoveList({ desk, title, found, rows, lit, light, chosen, choose }: MovesShown) {
  const planned = new Set(found.planned.map(keyOfMove));
  const order = found.places.map(({ id }) => id);
  if (!found.distinct) return <Nowhere desk={desk} />;
  if (!found.rows.length) return <TooFew desk={desk} what="move" />;
  if (!rows.length)
    return (
      <p className="text-sm text-ink-soft">
        {found.hidden ? "No move of these is shown." : "There are no such moves."}
      </p>
    );
  return (
    <section
      aria-label={`The moves of ${title}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
      tabIndex={0}
      className="max-h-[34rem] overflow-auto rounded-lg border border-line bg-sheet"
    >
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Moves from touchpoint to touchpoint</caption>
        <thead className="text-ink-soft">
          <tr>
            <th className="px-3 py-1.5 font-medium">Move</th>
            <th className="px-2 text-right font-medium">Moves</th>
            <th className="px-2 text-right font-medium">Share</th>
            <th className="px-3 text-right font-medium whitespace-nowrap">Median, directly</th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map((row) => {
            const [key, sign] = [keyOfMove(row), SIGNS[headingOf(row, order)]];
            return (
              <tr
                key={key}
                className={`border-t border-line ${lit === key ? "bg-sunken" : ""} ${chosen === key ? "bg-spruce-soft" : ""}`}
                onMouseEnter={() => light(key)}
                onMouseLeave={() => light(undefined)}
              >
                <th className="px-1 font-normal">
                  <button
                    type="button"
                    aria-pressed={chosen === key}
                    data-tip={sayMove(desk, row)}
                    onFocus={() => light(key)}
                    onBlur={() => light(undefined)}
                    onClick={() => choose(chosen === key ? undefined : key)}
                    className="flex min-h-7 w-full items-center gap-2 rounded px-2 text-left"
                  >
                    <Icon
                      name={sign.icon}
                      size={15}
                      className={`shrink-0 ${planned.has(key) ? "text-spruce" : "text-amber"}`}
                    />
                    <span className="sr-only">{sign.says}:</span>
                    <span className="min-w-0">
                      {moveOn(desk.map, row)}
                      {!planned.has(key) && row.before !== row.after && (
                        <span className="text-ink-soft"> · not planned</span>
                      )}
                    </span>
                  </button>
                </th>
                <td className="px-2 text-right">{sayCount(row.moves)}</td>
                <td className="px-2 text-right">{row.share === null ? "–" : sayValue(row.share, "share")}</td>
                <td className="px-3 text-right whitespace-nowrap">{sayValue(row.median_s, "s")}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
