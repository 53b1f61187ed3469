import type { BoundPoint, UnmatchedEvent } from "~/contract/api";
import { type RuleData, sayRule } from "~/maps/rules";
import { sayCount } from "~/overlay/say";
import { Button, Icon } from "../kit";
import { NotMeasured } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { useRecord } from "../useMap";
import { DuePromise } from "./DuePromise";
import { RuleCounted } from "./RuleCounted";

interface Props extends PanelProps {
  points: readonly BoundPoint[];
  /** The event that was chosen, to be bound by a click. */
  event: UnmatchedEvent | undefined;
  bind: (id: string, rows: readonly UnmatchedEvent[]) => void;
  open: string | undefined;
  setOpen: (id: string | undefined) => void;
}

/** The touchpoints in the order of the map, each with its rule and what that takes. */
export function BoundPoints({ points, event, ...rest }: Props) {
  return (
    <section aria-labelledby="binding-points">
      <h2 id="binding-points" className="mb-1 font-semibold">
        Touchpoints
      </h2>
      <p className="mb-2 text-sm text-ink-soft">
        {event ? `Where does “${event.event}” belong?` : "An event stands on the first one whose rule holds."}
      </p>
      <ul className="space-y-1.5">
        {points.map((one) => (
          <Point key={one.id} point={one} event={event} {...rest} />
        ))}
      </ul>
    </section>
  );
}

function Point({ point, event, bind, open, setOpen, ...props }: Omit<Props, "points"> & { point: BoundPoint }) {
  const record = useRecord<"touchpoints">(point.id) as { title?: string; when?: RuleData } | undefined;
  if (!record) return null;
  const title = record.title || point.title || point.id;
  const opened = open === point.id;
  return (
    <li className="rounded-md border border-line bg-sheet">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
        <button
          type="button"
          aria-expanded={opened}
          onClick={() => setOpen(opened ? undefined : point.id)}
          className="flex min-h-6 min-w-0 flex-1 items-center gap-1.5 text-left"
        >
          <Icon name={opened ? "chevron-down" : "chevron-right"} size={16} className="shrink-0 text-ink-soft" />
          <span className="min-w-0 font-medium">{title}</span>
        </button>
        <span className="text-sm text-ink-soft tabular-nums">
          <Taken point={point} />
        </span>
        {event && (
          <Button
            size="sm"
            icon="link"
            aria-label={`Bind ${event.event} to ${title}`}
            onClick={() => bind(point.id, [event])}
          >
            Bind
          </Button>
        )}
      </div>
      {opened ? (
        <div className="border-t border-line px-3 py-3">
          <RuleCounted {...props} id={point.id} rule={record.when} />
        </div>
      ) : (
        record.when && <p className="px-3 pb-2 pl-9 text-sm break-words text-ink-soft">{sayRule(record.when)}</p>
      )}
      {point.due && <DuePromise id={point.id} title={title} desk={props.desk} />}
    </li>
  );
}

function Taken({ point }: { point: BoundPoint }) {
  if (!point.bound) return <NotMeasured why="No rule yet" />;
  if (point.customers === null || point.events === null) return <>fewer than 5 customers</>;
  if (point.events === 0) return <>no event</>;
  return (
    <>
      {sayCount(point.events)} events, {sayCount(point.customers)} customers
    </>
  );
}
