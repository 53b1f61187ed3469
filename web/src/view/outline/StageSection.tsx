import { memo, type ReactNode, useId } from "react";
import { addTouchpoint } from "~/maps/edits";
import { nameOf } from "~/maps/kinds";
import type { ReadPlace } from "~/maps/reading";
import { Button, IconButton } from "../kit/Button";
import { CardBadges } from "../together/CardBadges";
import { PresenceRing } from "../together/PresenceRing";
import { useMap, useRecord } from "../useMap";
import { CardLine } from "./CardLine";
import { AddCardMenu, LineMenu } from "./LineMenu";
import { LineText } from "./LineText";
import { useOutline } from "./outlineContext";
import { PointLine } from "./PointLine";

interface Props {
  id: string;
  number: number;
  cards: string;
  /** Touchpoints and their cards as one text, so that nothing is drawn anew while it stays the same. */
  points: string;
  folded: boolean;
  onFold: (id: string) => void;
}

/** A stage with everything in it. */
export const StageSection = memo(function StageSection({
  id,
  number,
  cards,
  points,
  folded,
  onFold,
}: Props): ReactNode {
  const map = useMap();
  const stage = useRecord<"stages">(id);
  const { mayEdit, desk, goTo } = useOutline();
  const own = useId();
  if (!stage) return null;
  const all = JSON.parse(points) as ReadPlace[];
  const add = () => {
    let made = "";
    desk().edit("Add touchpoint", () => {
      made = addTouchpoint(map, id);
    });
    goTo(made);
  };
  const about = [stage.customer_goal, stage.team ? nameOf(map.get(stage.team)) : ""].filter(Boolean).join(" · ");
  return (
    <section
      data-line={id}
      id={`stage-${id}`}
      aria-labelledby={own}
      className="scroll-mt-14 [contain-intrinsic-size:auto_400px] [content-visibility:auto]"
    >
      <div className="group/line relative flex items-start gap-1 rounded-md">
        <PresenceRing id={id} />
        <IconButton
          size="sm"
          icon={folded ? "chevron-right" : "chevron-down"}
          label={folded ? `Unfold ${nameOf(stage)}` : `Fold ${nameOf(stage)}`}
          aria-expanded={!folded}
          onClick={() => onFold(id)}
        />
        <div className="min-w-0 flex-1">
          <h2 id={own} aria-label={`${number}. ${nameOf(stage)}`} className="m-0 text-lg">
            <LineText
              id={id}
              field="title"
              label={`Stage ${number}`}
              placeholder="Which part of the journey?"
              className="font-semibold"
            />
          </h2>
          {about && <p className="pl-1.5 text-sm text-ink-soft">{about}</p>}
        </div>
        <CardBadges id={id} />
        <LineMenu id={id} />
      </div>
      {!folded && (
        <div className="mt-2 flex flex-col gap-2 @2xl/outline:pl-8">
          {cards && (
            <ul aria-label={`Cards of the stage ${nameOf(stage)}`} className="flex flex-col gap-px px-3">
              {cards.split(" ").map((card) => (
                <CardLine key={card} id={card} />
              ))}
            </ul>
          )}
          <ol aria-label={`Touchpoints of ${nameOf(stage)}`} className="flex flex-col gap-2">
            {all.map((one, place) => (
              <PointLine key={one.id} id={one.id} cards={one.cards} number={`${number}.${place + 1}`} />
            ))}
          </ol>
          {mayEdit && (
            <div className="flex flex-wrap gap-1">
              <Button size="sm" kind="quiet" icon="plus" onClick={add}>
                Touchpoint<span className="sr-only"> in {nameOf(stage)}</span>
              </Button>
              <AddCardMenu at={id} />
            </div>
          )}
        </div>
      )}
    </section>
  );
});
