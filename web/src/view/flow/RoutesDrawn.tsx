import type { Desk } from "~/commands/command";
import type { RoutesTaken } from "~/contract/api";
import { keyOfMove } from "~/overlay/flow/moves";
import { type Band, placeRoutes, ribbon, type Sankey } from "~/overlay/flow/sankey";
import { sayCount, sayValue } from "~/overlay/say";
import { Scrolled } from "./Chart";
import { inTwo, titleOn } from "./flow";

const WIDE = 148;
const NODE = 8;
const LETTERS = 20;
const LINE = 12; // pixels between the two lines of a name
/** Steps of a route that are written out. */
export const LONGEST = 12;

interface Props {
  desk: Desk;
  /** Whose routes these are. */
  title: string;
  found: RoutesTaken;
  perShare: number;
  /** The route that is pointed at, by rank. */
  lit: number | undefined;
  light: (rank: number | undefined) => void;
  choose: (rank: number) => void;
}

/** The routes as bands from step to step, as thick as the customers who take them. */
export function RoutesDrawn({ desk, title, found, perShare, lit, light, choose }: Props) {
  const drawn = placeRoutes(
    found.rows,
    found.places.map(({ id }) => id),
    perShare,
  );
  const planned = new Set(found.planned.map(keyOfMove));
  const [width, height] = [drawn.columns * WIDE + 8, drawn.height + 6];
  const says = `${found.rows.length} routes over up to ${drawn.columns} steps. The list below says the same.`;
  return (
    <Scrolled label={`The routes of ${title}, drawn`}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list below does the same by keys */}
      <svg
        role="img"
        aria-label={says}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className="text-xs"
        onPointerLeave={() => light(undefined)}
        onPointerOver={(event) => light(rankAt(event.target))}
        onClick={(event) => {
          const rank = rankAt(event.target);
          if (rank !== undefined) choose(rank);
        }}
      >
        {drawn.bands.map((band) => (
          <g
            key={band.rank}
            data-rank={band.rank}
            data-tip={sayRoute(desk, found, band.rank)}
            className={shade(lit, band.rank)}
          >
            <Stretches band={band} planned={planned} />
          </g>
        ))}
        <Stops desk={desk} drawn={drawn} />
      </svg>
    </Scrolled>
  );
}

function Stretches({ band, planned }: { band: Band; planned: ReadonlySet<string> }) {
  return band.stretches.map(({ step, from, to, before, after }) => {
    const x = step * WIDE + NODE;
    if (to === undefined || after === undefined)
      return (
        <g key={step}>
          <path d={ribbon(x, from, x + 22, from, band.thick)} className="fill-line-strong opacity-50" />
          {band.further > 0 && (
            <text x={x + 26} y={from + band.thick / 2 + 4} className="fill-ink-soft">
              +{band.further}
            </text>
          )}
        </g>
      );
    const is = planned.has(keyOfMove({ before, after }));
    return (
      <path
        key={step}
        d={ribbon(x, from, (step + 1) * WIDE, to, band.thick)}
        strokeDasharray={is ? undefined : "6 3"}
        strokeWidth="1"
        className={is ? "fill-spruce/35 stroke-spruce" : "fill-amber/25 stroke-amber"}
      />
    );
  });
}

function Stops({ desk, drawn }: { desk: Desk; drawn: Sankey }) {
  return drawn.stops.map(({ place, step, y, height }) => {
    const name = titleOn(desk.map, place);
    const lines = inTwo(name, LETTERS);
    return (
      <g key={`${step} ${place}`}>
        <rect x={step * WIDE} y={y} width={NODE} height={Math.max(1, height)} className="fill-ink" />
        <text
          className="fill-ink stroke-3 stroke-sheet [paint-order:stroke]"
          data-tip={lines.join(" ") === name ? undefined : name}
        >
          {lines.map((line, at) => (
            <tspan key={line} x={step * WIDE} y={y - 6 - LINE * (lines.length - 1 - at)}>
              {line}
            </tspan>
          ))}
        </text>
      </g>
    );
  });
}

function rankAt(target: EventTarget): number | undefined {
  const found = target instanceof Element ? target.closest("[data-rank]")?.getAttribute("data-rank") : undefined;
  return found ? Number(found) : undefined;
}

function shade(lit: number | undefined, rank: number): string {
  return `cursor-pointer transition-opacity ${lit !== undefined && lit !== rank ? "opacity-20" : ""}`;
}

/** How much of all customers the routes are that are drawn: each as its share, and the rest. */
export function Whole({ found }: { found: RoutesTaken }) {
  let x = 0;
  return (
    <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none" className="mb-3 block h-2.5 w-full rounded">
      <rect width="100" height="10" className="fill-line-strong/40" />
      {found.rows.map(({ rank, share }) => {
        const [from, wide] = [x, 100 * (share ?? 0)];
        x += wide;
        return (
          <rect key={rank} x={from} width={wide} height="10" className="fill-spruce stroke-sheet" strokeWidth="0.05" />
        );
      })}
    </svg>
  );
}

/** "Home → Cart: 39 customers, 0.98 %". */
export function sayRoute(desk: Desk, found: RoutesTaken, rank: number): string {
  const row = found.rows.find((one) => one.rank === rank);
  if (!row) return "";
  const way = row.route.slice(0, LONGEST).map((id) => titleOn(desk.map, id));
  if (row.route.length > LONGEST) way.push(`${row.route.length - LONGEST} more`);
  const part = row.share === null ? "" : `, ${sayValue(row.share, "share")}`;
  return `${way.join(" → ")}: ${sayCount(row.customers)} customers${part}`;
}
