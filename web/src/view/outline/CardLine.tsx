import { memo, type ReactNode, useState } from "react";
import { feelingWord, signed } from "~/maps/curve";
import { LANE_NAMES, nameOf } from "~/maps/kinds";
import type { MapCard } from "~/maps/outline";
import { LevelSlider } from "../details/fields/LevelField";
import { Icon } from "../kit/Icon";
import type { IconName } from "../kit/icons";
import { useFocusBack } from "../kit/useFocusBack";
import { usePersonaFocus } from "../people/focus";
import { shortName } from "../people/PersonaFilter";
import { CardBadges } from "../together/CardBadges";
import { PresenceRing } from "../together/PresenceRing";
import { useMap, useRecord } from "../useMap";
import { usePicture } from "../usePicture";
import { LineMenu } from "./LineMenu";
import { LineText } from "./LineText";
import { useOutline } from "./outlineContext";

const TONES: Partial<Record<MapCard["lane"], string>> = {
  pain: "text-coral",
  opportunity: "text-leaf",
  feeling: "text-spruce",
};

/** One card: its lane, its words, and for a feeling its level. */
export const CardLine = memo(function CardLine({ id }: { id: string }): ReactNode {
  const map = useMap();
  const card = useRecord<"cards">(id);
  const persona = useRecord<"personas">(card?.persona ?? "");
  const [focus] = usePersonaFocus();
  const picture = usePicture(card?.image);
  if (!card) return null;
  const lane = LANE_NAMES[card.lane];
  const dim = focus !== null && card.persona && card.persona !== focus;
  return (
    <li data-line={id} className={`group/line relative rounded-md ${dim ? "opacity-45" : ""}`}>
      <PresenceRing id={id} />
      <div className="flex items-start gap-1">
        <span className="flex w-6 shrink-0 items-center gap-2 pt-1.5 pl-1.5 text-sm text-ink-soft @2xl/outline:w-30">
          <Icon name={card.lane as IconName} size={16} className={TONES[card.lane] ?? "text-ink-faint"} />
          <span className="@max-2xl/outline:sr-only">{lane}</span>
        </span>
        <div className="min-w-0 flex-1">
          <LineText
            id={id}
            field="says"
            label={`${lane} at ${nameOf(map.get(card.at))}`}
            placeholder={`${lane}…`}
            className={card.lane === "quote" ? "italic" : ""}
          />
          {picture && (
            <img
              src={picture}
              alt={`Belongs to “${nameOf(card)}”`}
              loading="lazy"
              className="mt-1 mb-1 ml-1.5 max-h-32 rounded-md"
            />
          )}
          <CardBadges id={id} />
        </div>
        <span className="mt-1 flex shrink-0 flex-wrap items-center justify-end gap-1 text-sm text-ink-soft">
          {persona && !persona.deleted && <span className="max-w-28 truncate">{shortName(nameOf(persona))}</span>}
          {card.severity && (
            <span className={card.severity === "high" ? "font-semibold text-coral" : ""}>{card.severity}</span>
          )}
        </span>
        {card.lane === "feeling" || typeof card.level === "number" ? <Level card={card} /> : null}
        <LineMenu id={id} />
      </div>
    </li>
  );
});

/** The level as a small button; pressed, it opens the slider below. */
function Level({ card }: { card: MapCard }): ReactNode {
  const { mayEdit, desk } = useOutline();
  const map = useMap();
  const [open, setOpen] = useState(false);
  const opener = useFocusBack<HTMLButtonElement>(open);
  const level = typeof card.level === "number" ? card.level : undefined;
  const says = level === undefined ? "Set" : signed(level);
  const tone =
    level === undefined ? "text-ink-soft" : level > 0.25 ? "text-leaf" : level < -0.25 ? "text-coral" : "text-ink-soft";
  if (!mayEdit) return level === undefined ? null : <span className={`mt-1 text-sm tabular-nums ${tone}`}>{says}</span>;
  const set = (next: number | undefined) => desk().edit("Set the feeling", () => map.change(card.id, { level: next }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and leaving close what the button opened
    <span
      className="relative"
      onKeyDown={(event) => {
        if (!open || event.key !== "Escape") return;
        event.stopPropagation();
        setOpen(false);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={opener}
        type="button"
        aria-expanded={open}
        aria-label={`Feeling at ${nameOf(map.get(card.at))}: ${level === undefined ? "not set" : `${says}, ${feelingWord(level)}`}`}
        data-tip={level === undefined ? "Set the feeling" : feelingWord(level)}
        className={`mt-0.5 h-6 min-w-11 rounded-full border border-line px-1.5 text-sm font-semibold tabular-nums hover:border-line-strong ${tone}`}
        onClick={() => setOpen(!open)}
      >
        {says}
      </button>
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: no form, only what belongs together
        <div
          role="group"
          tabIndex={-1}
          aria-label="Set the feeling"
          className="absolute top-8 right-0 z-20 w-72 max-w-[80vw] rounded-lg border border-line bg-raised p-3 shadow-float outline-none"
        >
          <LevelSlider
            label="Feeling"
            level={level}
            onSet={set}
            onSlide={(next) => map.editOn(() => map.change(card.id, { level: next }), "Set the feeling")}
          />
        </div>
      )}
    </span>
  );
}
