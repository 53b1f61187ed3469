import type { Move, MovesMade } from "~/contract/api";
import { keyOfMove } from "~/overlay/flow/moves";
import { sayGroup } from "~/overlay/groups";
import { grainOf, groupingOf } from "~/overlay/lens";
import { Readings } from "~/overlay/readings";
import { reveal } from "../customers/reveal";
import { Button, Chip, IconButton } from "../kit";
import { Figure } from "../numbers/Figure";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { type FlowPage, moveOn } from "./flow";
import { sayMove } from "./MovesDrawn";
import { Steps } from "./RouteSteps";

const MEASURES = [
  ["customers", "Customers"],
  ["journeys", "Journeys"],
  ["conversion", "Go on to the second"],
  ["time_median", "Median time"],
] as const;

interface Props {
  page: FlowPage;
  group: string;
  move: Move;
  found: MovesMade;
  close: () => void;
}

/** One move, looked into: who makes it directly, who gets there by other ways, and how it goes on for them. */
export function MovePart({ page, group, move, found, close }: Props) {
  const { desk, period } = page;
  const at = keyOfMove(move);
  const planned = found.planned.some((one) => keyOfMove(one) === at);
  const again = move.before === move.after;
  const open = (measure: string) => desk.show("customers", { measure, at, group, period });
  return (
    <section
      aria-label={`${moveOn(desk.map, move)}: ${sayGroup(desk.map, group)}`}
      className="rounded-lg border border-line-strong bg-sheet p-3"
    >
      <div className="flex items-start gap-2">
        <h3 className="min-w-0 flex-1 text-base font-semibold">{moveOn(desk.map, move)}</h3>
        <IconButton icon="close" label="Close this move" size="sm" onClick={close} />
      </div>
      <p className="mt-0.5 mb-2 text-sm text-ink-soft">Directly after each other: {sayMove(desk, move, false)}.</p>
      <Chip tone={planned ? "spruce" : "amber"} icon={planned ? "check" : "branch"}>
        {planned ? "Planned on the map" : again ? "A repeat" : "Not planned on the map"}
      </Chip>
      {!again && <Directly page={page} group={group} at={at} open={open} />}
      {!again && (
        <div className="mt-3">
          <Steps page={page} group={group} title="Over all journeys of a customer" steps={[move.before, move.after]} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" icon="users" onClick={() => open("customers")}>
          Customers
        </Button>
        <Button size="sm" icon="board" onClick={() => reveal(desk, move.after)}>
          Show on the map
        </Button>
      </div>
    </section>
  );
}

/** The readings of the move itself, with their intervals. */
function Directly({
  page,
  group,
  at,
  open,
}: {
  page: FlowPage;
  group: string;
  at: string;
  open: (measure: string) => void;
}) {
  const { desk, mapId, period } = page;
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/measured",
    path: { map_id: mapId },
    query: {
      measure: MEASURES.map(([measure]) => measure),
      edge: [at],
      ...(group && { by: [groupingOf(group)] }),
      ...(period && { period: grainOf(period) }),
    },
  });
  return (
    <Waiting asked={asked} what="the numbers of this move" bring={() => desk.show("data")}>
      {(answer) => {
        const readings = new Readings(answer.readings);
        return (
          <>
            <h4 className="mt-3 text-sm font-semibold">Within one journey, whatever lies between</h4>
            <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-1 text-sm">
              {MEASURES.map(([measure, title]) => (
                <div key={measure}>
                  <dt className="px-1 text-ink-soft">{title}</dt>
                  <dd className="font-semibold">
                    <Figure
                      title={title}
                      reading={readings.get({ measure, at, group, period })}
                      open={() => open(measure)}
                    />
                  </dd>
                </div>
              ))}
            </dl>
          </>
        );
      }}
    </Waiting>
  );
}
