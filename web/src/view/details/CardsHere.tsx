import { type ReactNode, useMemo } from "react";
import { feelingWord, signed } from "~/maps/curve";
import { LANE_NAMES, nameOf } from "~/maps/kinds";
import { LANES_READ } from "~/maps/reading";
import { Icon } from "../kit/Icon";
import type { IconName } from "../kit/icons";
import { useMap, useSection } from "../useMap";
import { usePlace } from "./fields/place";
import { Group } from "./Group";

/** The cards that stand at this place, lane by lane; each opens. */
export function CardsHere(): ReactNode {
  const { id, desk } = usePlace();
  const cards = useSection("cards");
  const map = useMap();
  const here = useMemo(() => cards.filter((card) => card.at === id), [cards, id]);
  if (here.length === 0) return null;
  const sorted = LANES_READ.flatMap((lane) => here.filter((card) => card.lane === lane));
  return (
    <Group name="cards" title="Cards here" icon="note" digest={String(here.length)} open>
      <ul className="-mx-2 flex flex-col">
        {sorted.map((card) => (
          <li key={card.id}>
            <button
              type="button"
              className="flex min-h-8 w-full items-start gap-2 rounded-md px-2 py-1 text-left hover:bg-sunken"
              onClick={() => desk.select([card.id])}
            >
              <Icon name={card.lane as IconName} size={16} className="mt-1 text-ink-soft" />
              <span className="sr-only">{LANE_NAMES[card.lane]}: </span>
              <span className="min-w-0 flex-1">
                {card.says?.trim() || (card.level == null ? "Says nothing yet" : feelingWord(card.level))}
              </span>
              <span className="shrink-0 text-sm text-ink-soft">
                {[
                  typeof card.level === "number" && signed(card.level),
                  card.severity,
                  card.persona && nameOf(map.get(card.persona)),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Group>
  );
}
