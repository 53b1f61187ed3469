import { Fragment } from "react";
import { commandOf, perform } from "~/commands/catalog";
import { cardCell } from "~/commands/subjects";
import type { Stored } from "~/maps/shape";
import { sayKeys } from "~/tools/keys";
import { ContextMenu, type IconName, MenuItem, MenuLine } from "../kit";
import { useMap } from "../useMap";
import { useParts } from "./boardContext";

type Entry = readonly [command: string, icon: IconName | undefined, title?: string];

const CARD: readonly (readonly Entry[])[] = [
  [
    ["edit.text", "edit"],
    ["go.details", "panel"],
    ["go.comments", "comment", "Comment"],
    ["vote.give", "vote"],
    ["vote.take", "minus"],
  ],
  [
    ["card.add", "plus", "Add card below"],
    ["edit.duplicate", "copy"],
  ],
  [
    ["move.up", "arrow-up"],
    ["move.down", "arrow-down"],
    ["move.left", "arrow-left"],
    ["move.right", "arrow-right"],
    ["move.to", "move"],
  ],
  [["edit.delete", "trash"]],
];

const TOUCHPOINT: readonly (readonly Entry[])[] = [
  [
    ["edit.text", "edit", "Rename"],
    ["go.details", "panel"],
    ["go.comments", "comment", "Comment"],
    ["vote.give", "vote"],
    ["vote.take", "minus"],
  ],
  [
    ["mark.moment_of_truth", undefined],
    ["mark.optional", undefined],
    ["mark.repeatable", undefined],
    ["mark.behind", undefined],
  ],
  [
    ["touchpoint.add", "plus", "Add touchpoint after"],
    ["edit.duplicate", "copy"],
    ["move.left", "arrow-left"],
    ["move.right", "arrow-right"],
    ["move.to", "move"],
  ],
  [["edit.delete", "trash"]],
];

const STAGE: readonly (readonly Entry[])[] = [
  [
    ["edit.text", "edit", "Rename"],
    ["go.details", "panel"],
    ["go.comments", "comment", "Comment"],
    ["vote.give", "vote"],
    ["vote.take", "minus"],
    ["stage.fold", undefined, "Fold or unfold"],
  ],
  [
    ["touchpoint.add", "touchpoint", "Add touchpoint"],
    ["stage.add", "plus", "Add stage after"],
    ["edit.duplicate", "copy"],
    ["move.left", "arrow-left"],
    ["move.right", "arrow-right"],
    ["move.to", "move"],
  ],
  [["edit.delete", "trash"]],
];

const MENUS: Partial<Record<Stored["section"], readonly (readonly Entry[])[]>> = {
  cards: CARD,
  touchpoints: TOUCHPOINT,
  stages: STAGE,
};

/** The menu of a record: everything that dragging and keys do, by single clicks. */
export function RecordMenu({ id, at, close }: { id: string; at: { x: number; y: number }; close: () => void }) {
  const map = useMap();
  const { desk } = useParts();
  const record = map.get(id);
  const menu = record && MENUS[record.section];
  if (!menu) return null;
  const now = desk();
  const shown = menu.map((group) => group.filter(([name]) => isShown(name, now))).filter((group) => group.length > 0);
  return (
    <ContextMenu label="What to do" at={at} onClose={close}>
      {shown.map((group, place) => (
        <Fragment key={group[0]![0]}>
          {place > 0 && <MenuLine />}
          {group.map(([name, icon, title]) => (
            <Item key={name} name={name} icon={icon} title={title} record={record} />
          ))}
        </Fragment>
      ))}
    </ContextMenu>
  );
}

function isShown(name: string, desk: ReturnType<ReturnType<typeof useParts>["desk"]>): boolean {
  if (name === "card.add") return desk.mayEdit && cardCell(desk) !== undefined;
  const { enabled } = commandOf(name);
  return !enabled || enabled(desk);
}

interface ItemProps {
  name: string;
  icon: IconName | undefined;
  title: string | undefined;
  record: Stored;
}

function Item({ name, icon, title, record }: ItemProps) {
  const { desk } = useParts();
  const one = commandOf(name);
  const checked = checkedOf(name, record);
  return (
    <MenuItem
      {...(icon && { icon })}
      {...(one.keys && { keys: sayKeys(one.keys) })}
      {...(checked !== undefined && { checked })}
      danger={name === "edit.delete"}
      onSelect={() => perform(one, desk())}
    >
      {title ?? one.title}
    </MenuItem>
  );
}

function checkedOf(name: string, record: Stored): boolean | undefined {
  if (record.section !== "touchpoints" || !name.startsWith("mark.")) return undefined;
  if (name === "mark.behind") return record.front === false;
  return Boolean(record[name.slice(5) as "moment_of_truth" | "optional" | "repeatable"]);
}
