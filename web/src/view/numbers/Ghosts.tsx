import { newFromEvent } from "~/commands/adding";
import type { Desk } from "~/commands/command";
import { sayCount, sayFirst } from "~/overlay/say";
import { Button, Icon } from "../kit";
import { useNumbers } from "./numbersContext";

const MOST = 6;

/** What customers do that stands on no touchpoint: ghosts below the map, which a click puts on it. */
export function Ghosts({ desk }: { desk: Desk }) {
  const numbers = useNumbers();
  const met = numbers?.measured?.told.coverage.off_map ?? [];
  if (met.length === 0) return null;
  const byEvent = new Map<string, { channels: string[]; customers: number }>();
  for (const { event, channel, customers } of met) {
    const known = byEvent.get(event) ?? { channels: [], customers: 0 };
    byEvent.set(event, {
      channels: channel ? [...known.channels, channel] : known.channels,
      customers: Math.max(known.customers, customers),
    });
  }
  const add = (event: string) => {
    const title = titled(event);
    if (newFromEvent(desk, event, title)) desk.announce(`“${title}” is on the map. Move it to where it belongs.`);
  };
  return (
    <section
      aria-label="Not on the map"
      className="flex shrink-0 items-center gap-2 overflow-x-auto border-t border-line bg-sheet px-3 py-1.5 text-sm"
    >
      <span className="flex shrink-0 items-center gap-1.5 font-medium text-ink-soft">
        <Icon name="eye-off" size={15} />
        Not on the map
      </span>
      {[...byEvent].slice(0, MOST).map(([event, { channels, customers }]) => (
        <span
          key={event}
          className="flex shrink-0 items-center gap-2 rounded-md border border-dashed border-line-strong py-0.5 pr-0.5 pl-2"
        >
          <span className="font-medium">{titled(event)}</span>
          <span className="text-xs text-ink-soft">
            {channels.length ? `${channels.join(", ")} · ` : ""}at least {sayCount(customers)} customers
          </span>
          {desk.mayEdit && (
            <Button
              size="sm"
              kind="quiet"
              icon="plus"
              aria-label={`Add ${titled(event)} to the map`}
              onClick={() => add(event)}
            >
              Add
            </Button>
          )}
        </span>
      ))}
      {byEvent.size > MOST && <span className="shrink-0 text-ink-soft">{byEvent.size - MOST} more</span>}
    </section>
  );
}

/** "Parcel tracking view" for "parcel_tracking_view". */
function titled(event: string): string {
  return sayFirst(event.replaceAll(/[_-]+/g, " ").trim()) || event;
}
