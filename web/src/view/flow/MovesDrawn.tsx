import type { Desk } from "~/commands/command";
import type { Move, MovesMade } from "~/contract/api";
import { arcPath, keyOfMove, placeMoves } from "~/overlay/flow/moves";
import { sayCount, sayValue } from "~/overlay/say";
import { Scrolled } from "./Chart";
import { moveOn, shortened, titleOn } from "./flow";

const NAME = 132;
const LETTERS = 36;
const LETTER = 6.6; // pixels, about
const EDGE = 10;

export interface MovesShown {
  desk: Desk;
  /** Whose moves these are. */
  title: string;
  found: MovesMade;
  /** Those of the moves found that are shown. */
  rows: readonly Move[];
  lit: string | undefined;
  light: (key: string | undefined) => void;
  chosen: string | undefined;
  choose: (key: string | undefined) => void;
}

/** Touchpoints in the map's order with arcs between them: on the right to later ones, on the left back and again. */
export function MovesDrawn({
  desk,
  title,
  found,
  rows,
  lit,
  light,
  chosen,
  choose,
  largest,
}: MovesShown & { largest: number }) {
  const drawn = placeMoves(rows, found.places, largest);
  const planned = new Set(found.planned.map(keyOfMove));
  const left = drawn.reach + EDGE;
  const names = new Map(drawn.rows.map(({ id }) => [id, shortened(titleOn(desk.map, id), LETTERS)]));
  const name = Math.max(NAME, 16 + LETTER * Math.max(0, ...[...names.values()].map((one) => one.length)));
  const right = left + name;
  const width = right + drawn.reach + EDGE;
  const byKey = new Map(rows.map((row) => [keyOfMove(row), row]));
  const marked = lit ?? chosen;
  return (
    <Scrolled label={`The moves of ${title}, drawn`}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list beside does the same by keys */}
      <svg
        role="img"
        aria-label={`${rows.length} moves between ${drawn.rows.length} touchpoints. The list says the same.`}
        width={width}
        height={drawn.height + EDGE}
        viewBox={`0 0 ${width} ${drawn.height + EDGE}`}
        className="text-xs"
        onPointerLeave={() => light(undefined)}
        onPointerOver={(event) => light(keyAt(event.target))}
        onClick={(event) => {
          const key = keyAt(event.target);
          if (key) choose(key);
        }}
      >
        {drawn.arcs.map((arc) => {
          const is = planned.has(arc.key);
          const d = arcPath(arc, left, right);
          return (
            <g
              key={arc.key}
              data-key={arc.key}
              data-tip={sayMove(desk, byKey.get(arc.key)!)}
              className="cursor-pointer"
              fill="none"
            >
              <path d={d} stroke="transparent" strokeWidth={Math.max(12, arc.thick)} />
              <path
                d={d}
                strokeWidth={arc.thick}
                strokeDasharray={is ? undefined : "6 3"}
                className={`${is ? "stroke-spruce" : "stroke-amber"} ${marked === undefined ? "opacity-60" : marked === arc.key ? "" : "opacity-15"}`}
              />
            </g>
          );
        })}
        {drawn.rows.map(({ id, stage, y }) => {
          const title = titleOn(desk.map, id);
          const short = names.get(id)!;
          return (
            <g key={id}>
              {stage !== undefined && (
                <text x={left + name / 2} y={y - 19} textAnchor="middle" className="fill-ink-soft font-semibold">
                  {titleOn(desk.map, stage)}
                </text>
              )}
              <rect x={left} y={y - 10} width={name} height="20" rx="5" className="fill-sunken" />
              <text
                x={left + name / 2}
                y={y + 4}
                textAnchor="middle"
                className="fill-ink"
                data-tip={short === title ? undefined : title}
              >
                {short}
              </text>
            </g>
          );
        })}
      </svg>
      <p className="mt-1 text-center text-xs text-ink-soft">← back and again · on →</p>
    </Scrolled>
  );
}

function keyAt(target: EventTarget): string | undefined {
  const found = target instanceof Element ? target.closest("[data-key]")?.getAttribute("data-key") : undefined;
  return found ?? undefined;
}

/** "Home → Cart: 1,204 moves, 3.1 %, after 82 s in the median"; not `named`: what stands behind the colon. */
export function sayMove(desk: Desk, move: Move, named = true): string {
  const part = move.share === null ? "" : `, ${sayValue(move.share, "share")} of all moves`;
  return `${named ? `${moveOn(desk.map, move)}: ` : ""}${sayCount(move.moves)} moves${part}, after ${sayValue(move.median_s, "s")} in the median`;
}
