import type { ReactNode } from "react";
import { KINDS, nameOf } from "~/maps/kinds";
import { Icon } from "../kit/Icon";
import { SECTION_ICONS } from "../sectionIcons";
import { useSection } from "../useMap";
import { usePlace } from "./fields/place";

export const LISTED = ["personas", "teams", "channels", "systems", "campaigns"] as const;
export type Listed = (typeof LISTED)[number];

/** What the map lists beside its drawing; each list opens. */
export function ListsHere(): ReactNode {
  return (
    <ul className="border-t border-line py-1.5">
      {LISTED.map((section) => (
        <ListLine key={section} section={section} />
      ))}
    </ul>
  );
}

function ListLine({ section }: { section: Listed }): ReactNode {
  const { desk } = usePlace();
  const all = useSection(section);
  return (
    <li>
      <button
        type="button"
        className="flex min-h-9 w-full items-center gap-2.5 px-4 text-left hover:bg-sunken focus-visible:outline-offset-[-2px]"
        onClick={() => desk.show("people", section)}
      >
        <Icon name={SECTION_ICONS[section]} size={16} className="text-ink-soft" />
        <span className="shrink-0 text-sm font-semibold">{KINDS[section].many}</span>
        <span className="min-w-0 flex-1 truncate text-right text-sm text-ink-soft">{all.map(nameOf).join(", ")}</span>
        <Icon name="chevron-right" size={16} className="text-ink-faint" />
      </button>
    </li>
  );
}
