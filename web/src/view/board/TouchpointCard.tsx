import { memo } from "react";
import { newTouchpoint } from "~/commands/adding";
import { nameOf } from "~/maps/kinds";
import type { Touchpoint } from "~/maps/outline";
import { Icon, type IconName } from "../kit";
import { CardMark, useCardLook } from "../numbers/CardMark";
import { CardBadges } from "../together/CardBadges";
import { useRecord } from "../useMap";
import { useParts, useStanding } from "./boardContext";
import { channelIcon } from "./looks";
import { Picture } from "./Picture";
import { RecordShell } from "./RecordShell";
import { RecordWords } from "./RecordWords";
import { useAlternatives } from "./useAlternatives";

/** Where customer and company meet: the card that carries a column. */
export const TouchpointCard = memo(function TouchpointCard({
  id,
  row,
  where,
}: {
  id: string;
  row: string;
  where: string;
}) {
  const parts = useParts();
  const point = useRecord<"touchpoints">(id) as Touchpoint | undefined;
  const standing = useStanding(id, row);
  const others = useAlternatives(id);
  const look = useCardLook(id);
  if (!point) return null;
  const marks = marksOf(point, others);
  return (
    <RecordShell
      id={id}
      row={row}
      standing={standing}
      label={[point.title || "Untitled touchpoint", ...marks.map((mark) => mark.says.toLowerCase())].join(", ")}
      where={where}
      what="Touchpoint"
      className={`flex min-h-16 flex-col rounded-lg border px-2.5 py-2 shadow-card ${
        point.moment_of_truth ? "border-amber" : "border-line"
      } ${point.optional ? "border-dashed" : ""} ${point.front === false ? "bg-sunken" : "bg-raised"} ${look}`}
    >
      <Picture image={point.image} />
      <span className="board-title block pr-4 font-semibold">
        <RecordWords
          id={id}
          field="title"
          label="Touchpoint"
          says={point.title}
          empty="Untitled touchpoint"
          standing={standing}
          more={() => newTouchpoint(parts.desk(), point.stage, id)}
        />
      </span>
      <CardMark at={id} />
      <span className="board-foot mt-auto flex min-h-7 items-center gap-1.5 pt-1 text-xs text-ink-soft">
        {point.channels?.slice(0, MOST).map((channel) => (
          <Channel key={channel} id={channel} />
        ))}
        {(point.channels?.length ?? 0) > MOST && <span>+{point.channels!.length - MOST}</span>}
        {point.team && <Team id={point.team} />}
        <span className="ml-auto inline-flex shrink-0 items-center gap-1 [&>div]:mt-0">
          <CardBadges id={id} />
          {marks.map((mark) => (
            <span key={mark.says} data-tip={mark.says} className={mark.lit ? "text-amber" : ""}>
              {mark.icon === "diamond" ? <Diamond /> : <Icon name={mark.icon} size={14} />}
            </span>
          ))}
        </span>
      </span>
    </RecordShell>
  );
});

/** So many channels are drawn; of the others only how many they are. */
const MOST = 3;

interface Mark {
  says: string;
  icon: IconName | "diamond";
  lit?: boolean;
}

function marksOf(point: Touchpoint, others: string): Mark[] {
  const marks: (Mark | "" | false | null | undefined)[] = [
    point.moment_of_truth && { says: "Moment of truth", icon: "diamond", lit: true },
    point.optional && { says: "Optional", icon: "optional" },
    others && { says: `Alternative: ${others}`, icon: "branch" },
    point.repeatable && { says: "May be repeated", icon: "repeat" },
    point.acts === "company" && { says: "The company acts", icon: "building" },
    point.promise && { says: "Has a promise", icon: "promise" },
  ];
  return marks.filter((one): one is Mark => Boolean(one));
}

function Diamond() {
  return (
    <svg aria-hidden="true" viewBox="0 0 14 14" width="14" height="14">
      <path d="M7 0.500L13.500 7L7 13.500L0.500 7Z" fill="currentColor" />
    </svg>
  );
}

function Channel({ id }: { id: string }) {
  const channel = useRecord<"channels">(id);
  const title = channel ? nameOf(channel) : id;
  return (
    <span data-tip={title} className="inline-flex shrink-0">
      <Icon name={channelIcon(`${id} ${title}`)} size={15} />
      <span className="sr-only">{title}</span>
    </span>
  );
}

function Team({ id }: { id: string }) {
  const team = useRecord<"teams">(id);
  if (!team) return null;
  return (
    <span className="min-w-0 truncate before:mr-1.5 before:text-line-strong before:content-['·']">{nameOf(team)}</span>
  );
}
