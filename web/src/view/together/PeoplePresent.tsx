import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { Person } from "~/session/presence";
import { Avatar, Icon, IconButton, Menu, MenuHeading, MenuItem, MenuLine } from "../kit";
import { LINES } from "./PresenceRing";
import { goTo, placeOf } from "./places";
import { useOthers, useTogether } from "./useTogether";

const MOST = 3;

/** Who else has the map open, where they are, and a way to go there or to go along with them. */
export function PeoplePresent() {
  const together = useTogether();
  const people = useOthers("any");
  const [followed, follow] = useState<string>();
  const leader = people.find((one) => one.client === followed);
  useFollow(leader, () => follow(undefined));
  if (!together || people.length === 0) return null;
  const { map } = together.desk();
  const rest = people.length - MOST;
  return (
    <>
      <Menu
        label="People here"
        button={(own) => (
          <button type="button" {...own} className="flex h-9 items-center -space-x-1 rounded-full px-1 hover:bg-sunken">
            <span className="sr-only">
              {people.length === 1 ? "1 other person is here: " : `${people.length} other people are here: `}
            </span>
            {people.slice(0, MOST).map((one, place) => (
              <span key={one.client} className={`rounded-full ring-2 ring-sheet ${place > 0 ? "max-sm:hidden" : ""}`}>
                <Avatar name={one.name} colour={one.where.colour} size="sm" note={noteOf(one)} />
              </span>
            ))}
            {people.length > 1 && (
              <span className="pl-2 text-xs font-semibold text-ink-soft sm:hidden">{people.length}</span>
            )}
            {rest > 0 && (
              <span className="flex size-6 items-center justify-center rounded-full bg-sunken text-xs max-sm:hidden font-semibold text-ink-soft ring-2 ring-sheet">
                +{rest}
              </span>
            )}
          </button>
        )}
      >
        {people.map((one, place) => (
          <div key={one.client}>
            {place > 0 && <MenuLine />}
            <MenuHeading>{whereOf(one) ? `${nameOf(one)}, ${whereOf(one)}` : nameOf(one)}</MenuHeading>
            <MenuItem
              icon="eye"
              checked={followed === one.client}
              onSelect={() => follow(followed === one.client ? undefined : one.client)}
            >
              Follow {one.name}
            </MenuItem>
            <MenuItem icon="arrow-right" disabled={!one.where.at} onSelect={() => goTo(together.desk(), one.where.at!)}>
              Go where {one.name} is
            </MenuItem>
          </div>
        ))}
      </Menu>
      {leader && <Following leader={leader} stop={() => follow(undefined)} />}
    </>
  );

  function noteOf(one: Person): string {
    return [one.own && "in another window", whereOf(one)].filter(Boolean).join(", ");
  }

  function whereOf(one: Person): string {
    return one.where.at ? `on “${placeOf(map, one.where.at).name}”` : "";
  }
}

function nameOf(one: Person): string {
  return one.own ? `${one.name} (another window)` : one.name;
}

/** What the other selects is selected here as well, until one does something of one's own. */
function useFollow(leader: Person | undefined, stop: () => void): void {
  const together = useTogether();
  const at = leader?.where.at;
  useEffect(() => {
    if (together && at) goTo(together.desk(), at);
  }, [together, at]);
  const follows = leader !== undefined;
  useEffect(() => {
    if (!follows) return;
    const away = (event: Event) => {
      if (event instanceof KeyboardEvent && ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
      if (event.target instanceof Element && event.target.closest("[data-following]")) return;
      stop();
    };
    document.addEventListener("pointerdown", away, true);
    document.addEventListener("keydown", away, true);
    return () => {
      document.removeEventListener("pointerdown", away, true);
      document.removeEventListener("keydown", away, true);
    };
  }, [follows, stop]);
}

/** A frame in the colour of whom one follows, and the way out. */
function Following({ leader, stop }: { leader: Person; stop: () => void }) {
  return createPortal(
    <>
      <div
        aria-hidden="true"
        className={`pointer-events-none fixed inset-0 z-50 border-3 ${LINES[leader.where.colour]!}`}
      />
      <div
        role="status"
        data-following=""
        className="fixed top-16 left-1/2 z-50 flex -translate-x-1/2 items-center gap-2 rounded-full border border-line bg-raised py-1 pr-1 pl-3 text-sm shadow-float"
      >
        <Icon name="eye" size={16} />
        You follow {leader.name}
        <IconButton icon="close" label={`Stop following ${leader.name}`} size="sm" onClick={stop} />
      </div>
    </>,
    document.body,
  );
}
