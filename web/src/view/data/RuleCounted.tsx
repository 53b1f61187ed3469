import { useEffect, useState } from "react";
import type { RuleTally } from "~/contract/api";
import type { RuleData } from "~/maps/rules";
import { sayCount } from "~/overlay/say";
import { RuleText } from "../details/fields/RuleField";
import { Spinner } from "../kit";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { useMap } from "../useMap";

const PAUSE_MS = 250;

/** A touchpoint's rule, and what it takes: counted as it is typed, before it is kept. */
export function RuleCounted({ desk, mapId, id, rule }: PanelProps & { id: string; rule: RuleData | undefined }) {
  const map = useMap();
  const [typed, setTyped] = useState(rule);
  if (!desk.mayEdit)
    return rule ? <Count mapId={mapId} id={id} rule={rule} /> : <p className="text-sm">No rule yet.</p>;
  return (
    <div className="space-y-2">
      <RuleText
        label="Events of this touchpoint"
        hint="Such as event: pay. Enter keeps it."
        rule={rule}
        onTyped={setTyped}
        onTake={(when) => desk.edit("Change “Events”", () => map.change(id, { when }))}
      />
      {typed && <Count mapId={mapId} id={id} rule={typed} />}
    </div>
  );
}

function Count({ mapId, id, rule }: { mapId: string; id: string; rule: RuleData }) {
  const when = usePaused(JSON.stringify(rule));
  const { answer, asking, fault } = useAnswer({
    operation: "GET /api/maps/{map_id}/binding/count",
    path: { map_id: mapId },
    query: { when, touchpoint: id },
  });
  const behind = asking || when !== JSON.stringify(rule);
  return (
    <p role="status" className="flex min-h-6 items-start gap-2 text-sm">
      {behind && <Spinner />}
      <span>
        {fault && !behind && <span className="text-coral">{fault.message}</span>}
        {answer && (
          <>
            Takes {told(answer.here)}.
            {answer.first.map((one) => (
              <span key={one.touchpoint} className="block text-ink-soft">
                {told(one)} more that it means go to “{one.title}”, which stands before it.
              </span>
            ))}
          </>
        )}
        {!answer && !fault && "Counting…"}
      </span>
    </p>
  );
}

function told({ events, customers }: RuleTally): string {
  if (events === null || customers === null) return "events of fewer than 5 customers";
  return events === 0 ? "no event" : `${sayCount(events)} events of ${sayCount(customers)} customers`;
}

/** The text as it was when nothing had been typed for a moment: what comes after cancels what waits. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
