import { useState } from "react";
import type { MovesMade } from "~/contract/api";
import { type Heading, headingOf, keyOfMove } from "~/overlay/flow/moves";
import { partOf } from "~/overlay/flow/whose";
import { sayGroup } from "~/overlay/groups";
import { MOVES, moreMoves, type Top } from "~/overlay/more";
import { sayCount, sayMany } from "~/overlay/say";
import { Segments, type Tab } from "../kit";
import { More } from "../More";
import { Waiting } from "../numbers/Waiting";
import { Column, Columns, Legend } from "./Chart";
import type { FlowPage } from "./flow";
import { MoveList } from "./MoveList";
import { MovePart } from "./MovePart";
import { MovesDrawn } from "./MovesDrawn";
import { NotSo } from "./RoutesPage";
import { usePaths } from "./usePaths";

const MADE = "GET /api/maps/{map_id}/paths/edges";

type Which = "all" | Heading;

const WHICH: readonly Tab<Which>[] = [
  { id: "all", title: "All moves" },
  { id: "on", title: "On" },
  { id: "back", title: "Back" },
  { id: "again", title: "Again" },
];

/** Which touchpoint follows which: moves on, moves back and repeats; of two groups side by side. */
export function LoopsPage(page: FlowPage) {
  const { groups } = page;
  const [which, setWhich] = useState<Which>("all");
  const [chosen, setChosen] = useState<string>();
  const [top, setTop] = useState<Top>({ before: MOVES, now: MOVES });
  const first = usePaths(MADE, page, groups[0], top);
  const second = usePaths(MADE, page, groups[1], top);
  const largest = Math.max(
    0,
    ...[first, second].flatMap(({ answer }) => answer?.rows ?? []).map((row) => row.share ?? 0),
  );
  return (
    <>
      <div className="mb-3 max-w-full overflow-x-auto">
        <Segments label="Which moves" tabs={WHICH} value={which} onChange={setWhich} />
      </div>
      <Columns two={groups.length > 1}>
        {groups.map((group, at) => (
          <MovesOf
            key={group}
            page={page}
            group={group}
            asked={at ? second : first}
            {...{ largest, which, chosen, choose: setChosen, top, more: setTop }}
          />
        ))}
      </Columns>
      {largest > 0 && <Legend />}
    </>
  );
}

interface Shown {
  page: FlowPage;
  group: string;
  asked: ReturnType<typeof usePaths<typeof MADE>>;
  /** The share of the move that is drawn thickest, in all pictures. */
  largest: number;
  which: Which;
  /** The move that is looked into, as "a>b". */
  chosen: string | undefined;
  choose: (key: string | undefined) => void;
  top: Top;
  more: (next: Top) => void;
}

function MovesOf({ page, group, asked, largest, which, chosen, choose, top, more }: Shown) {
  const { desk, period } = page;
  const [lit, setLit] = useState<string>();
  const title = sayGroup(desk.map, group);
  if (!partOf(group, period)) return <NotSo title={title} />;
  return (
    <Waiting asked={asked} what="moves" bring={() => desk.show("data")}>
      {(found) => {
        const order = found.places.map(({ id }) => id);
        const rows = found.rows.filter((row) => which === "all" || headingOf(row, order) === which);
        const move = rows.find((row) => keyOfMove(row) === chosen);
        const shared = { desk, title, found, rows, lit, light: setLit, chosen, choose };
        return (
          <Column title={title} says={sayMoves(found)}>
            <div
              className={`grid items-start gap-4 ${page.groups.length > 1 ? "" : "lg:grid-cols-[auto_minmax(0,1fr)]"}`}
            >
              {rows.length > 0 && <MovesDrawn {...shared} largest={largest} />}
              <div className="min-w-0 space-y-4">
                {move && (
                  <MovePart
                    key={chosen}
                    page={page}
                    group={group}
                    move={move}
                    close={() => choose(undefined)}
                    found={found}
                  />
                )}
                <MoveList {...shared} />
                <More next={moreMoves(found, top)} says="More moves" show={more} />
              </div>
            </div>
          </Column>
        );
      }}
    </Waiting>
  );
}

/** "125,267 moves of 114 kinds. …" */
function sayMoves(found: MovesMade): string {
  if (!found.distinct) return "Nobody made a second step on the map.";
  const kinds = sayMany(found.distinct, "kind");
  const parts = [found.moves === null ? `Moves of ${kinds} were made.` : `${sayCount(found.moves)} moves of ${kinds}.`];
  if (found.rows.length === 1) parts.push("This is the most frequent.");
  else if (found.rows.length) parts.push(`These are the ${sayCount(found.rows.length)} most frequent.`);
  if (found.other) parts.push(`${sayCount(found.other)} moves were of other kinds.`);
  if (found.hidden)
    parts.push(`${found.hidden === 1 ? "1 kind is" : `${sayCount(found.hidden)} kinds are`} not shown: ${found.note}.`);
  return parts.join(" ");
}
