import type { ReactNode } from "react";
import { addCard, addTouchpoint, duplicate } from "~/maps/edits";
import { KINDS, LANE_NAMES, nameOf } from "~/maps/kinds";
import { removeRecord, sayConsequence } from "~/maps/links";
import type { Lane } from "~/maps/outline";
import { LANES_READ, moveStep } from "~/maps/reading";
import { announceUndoable } from "../details/undoable";
import { IconButton } from "../kit/Button";
import type { IconName } from "../kit/icons";
import { Menu, MenuHeading, MenuItem, MenuLine } from "../kit/Menu";
import { useMap, useRecord } from "../useMap";
import { useOutline } from "./outlineContext";

/** What can be done to a line, by clicks. */
export function LineMenu({ id }: { id: string }): ReactNode {
  const map = useMap();
  const { desk, mayEdit, goTo } = useOutline();
  const record = useRecord(id);
  if (!record) return null;
  const kind = KINDS[record.section].one.toLowerCase();
  const name = nameOf(record);
  const open = (what: string) => {
    desk().select([id]);
    desk().show(what, what === "comments" ? id : undefined);
  };
  const edit = (title: string, change: () => string | undefined) => {
    let next: string | undefined;
    desk().edit(title, () => {
      next = change();
    });
    if (next) goTo(next);
  };
  const remove = () => {
    const more = sayConsequence(map, id);
    edit(`Delete ${kind}`, () => {
      removeRecord(map, id);
      return undefined;
    });
    announceUndoable(desk(), `Deleted “${name}”. ${more.replace("It is", "It was")}`.trim());
  };
  return (
    <Menu
      label={`${KINDS[record.section].one}: ${name}`}
      button={(own) => (
        <IconButton
          {...own}
          icon="more"
          size="sm"
          label={`More for “${name}”`}
          className="group-focus-within/line:opacity-100 group-hover/line:opacity-100 pointer-fine:opacity-0 focus-visible:opacity-100 aria-expanded:opacity-100"
        />
      )}
    >
      <MenuItem icon="panel" keys="Ctrl+Enter" onSelect={() => open("details")}>
        Details
      </MenuItem>
      <MenuItem icon="comment" onSelect={() => open("comments")}>
        Comments
      </MenuItem>
      {mayEdit && (
        <>
          <MenuLine />
          {record.section === "stages" && (
            <MenuItem icon="touchpoint" onSelect={() => edit("Add touchpoint", () => addTouchpoint(map, id))}>
              Add a touchpoint
            </MenuItem>
          )}
          <MenuItem
            icon="arrow-up"
            keys="Alt+↑"
            onSelect={() => edit(`Move ${kind}`, () => (moveStep(map, id, -1) ? id : undefined))}
          >
            Move up
          </MenuItem>
          <MenuItem
            icon="arrow-down"
            keys="Alt+↓"
            onSelect={() => edit(`Move ${kind}`, () => (moveStep(map, id, 1) ? id : undefined))}
          >
            Move down
          </MenuItem>
          <MenuItem icon="copy" onSelect={() => edit(`Duplicate ${kind}`, () => duplicate(map, [id])[0])}>
            Duplicate
          </MenuItem>
          <MenuItem icon="trash" danger onSelect={remove}>
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** Adds a card in one of the lanes of a place. */
export function AddCardMenu({ at }: { at: string }): ReactNode {
  const map = useMap();
  const { desk, goTo } = useOutline();
  const record = useRecord(at);
  const add = (lane: Lane) => {
    let made = "";
    desk().edit("Add card", () => {
      made = addCard(map, { at, lane });
    });
    goTo(made);
  };
  return (
    <Menu
      label={`Add a card to ${nameOf(record)}`}
      button={(own) => (
        <button
          type="button"
          {...own}
          className="inline-flex min-h-7 items-center gap-1 rounded-md px-1.5 text-sm text-ink-soft hover:bg-sunken hover:text-ink"
        >
          <span aria-hidden="true">+</span> Card
          <span className="sr-only"> at “{nameOf(record)}”</span>
        </button>
      )}
    >
      <MenuHeading>In which lane?</MenuHeading>
      {LANES_READ.map((lane) => (
        <MenuItem key={lane} icon={lane as IconName} onSelect={() => add(lane)}>
          {LANE_NAMES[lane]}
        </MenuItem>
      ))}
    </Menu>
  );
}
