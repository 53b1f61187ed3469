import { memo, type ReactNode } from "react";
import type { Promise as Promised } from "~/contract/maps";
import { nameOf } from "~/maps/kinds";
import { sayPromise } from "../details/fields/PromiseField";
import { Icon } from "../kit/Icon";
import type { IconName } from "../kit/icons";
import { CardMark } from "../numbers/CardMark";
import { NumbersCell } from "../numbers/NumbersCell";
import { CardBadges } from "../together/CardBadges";
import { PresenceRing } from "../together/PresenceRing";
import { useMap, useRecord } from "../useMap";
import { usePicture } from "../usePicture";
import { CardLine } from "./CardLine";
import { AddCardMenu, LineMenu } from "./LineMenu";
import { LineText } from "./LineText";
import { useOutline } from "./outlineContext";

/** A touchpoint: its title, what is known of it in a line, and its cards. */
export const PointLine = memo(function PointLine({
  id,
  cards,
  number,
}: {
  id: string;
  cards: string;
  number: string;
}): ReactNode {
  const point = useRecord<"touchpoints">(id);
  const { mayEdit } = useOutline();
  const picture = usePicture(point?.image);
  if (!point) return null;
  const hidden = point.front === false;
  return (
    <li
      data-line={id}
      className={`relative rounded-lg border bg-sheet ${hidden ? "border-dashed border-line-strong" : "border-line"} px-2 py-1.5 @2xl/outline:px-3`}
    >
      <PresenceRing id={id} />
      <div className="group/line flex items-start gap-1">
        <span aria-hidden="true" className="w-8 shrink-0 pt-1 text-sm text-ink-faint tabular-nums">
          {number}
        </span>
        <h3 aria-label={nameOf(point)} className="m-0 min-w-0 flex-1 text-base">
          <LineText
            id={id}
            field="title"
            label={`Touchpoint ${number}`}
            placeholder="What happens here?"
            className="font-semibold"
          />
        </h3>
        <CardBadges id={id} />
        <LineMenu id={id} />
      </div>
      <div className="@2xl/outline:pl-9">
        <Known point={point} />
        <CardMark at={id} />
        <NumbersCell at={id} title={nameOf(point)} />
        {picture && (
          <img
            src={picture}
            alt={`Belongs to “${nameOf(point)}”`}
            loading="lazy"
            className="mt-2 mb-1 ml-1.5 max-h-40 rounded-md"
          />
        )}
        {cards && (
          <ul aria-label={`Cards at ${nameOf(point)}`} className="mt-1 flex flex-col gap-px">
            {cards.split(" ").map((card) => (
              <CardLine key={card} id={card} />
            ))}
          </ul>
        )}
        {mayEdit && <AddCardMenu at={id} />}
      </div>
    </li>
  );
});

type Point = NonNullable<ReturnType<typeof useRecord<"touchpoints">>>;

/** Marks, channels, team and promise, as far as there are any. */
function Known({ point }: { point: Point }): ReactNode {
  const map = useMap();
  const name = (id: string) => nameOf(map.get(id));
  const channels = (point.channels ?? []).map(name).join(", ");
  const promise = sayPromise(point.promise as Promised | undefined, name);
  const parts: [IconName, string, string][] = [];
  if (point.moment_of_truth) parts.push(["star", "Moment of truth", "font-semibold text-amber"]);
  if (point.front === false) parts.push(["eye-off", "Back stage", ""]);
  if (point.optional) parts.push(["optional", "Optional", ""]);
  if (point.repeatable) parts.push(["repeat", "Repeatable", ""]);
  if (channels) parts.push(["chat", channels, ""]);
  if (point.team) parts.push(["team", name(point.team), ""]);
  if (promise) parts.push(["promise", promise, ""]);
  if (parts.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-0.5 pl-1.5 text-sm text-ink-soft">
      {parts.map(([icon, says, looks]) => (
        <span key={icon} className={`inline-flex items-center gap-1 ${looks}`}>
          <Icon name={icon} size={14} />
          {says}
        </span>
      ))}
    </p>
  );
}
