import { useId, useMemo, useRef, useState } from "react";
import { COMMANDS, perform } from "~/commands/catalog";
import type { Command, Desk } from "~/commands/command";
import { goTo } from "~/commands/subjects";
import { KINDS, LANE_NAMES, nameOf } from "~/maps/kinds";
import type { Stored } from "~/maps/shape";
import { sayKeys } from "~/tools/keys";
import { closeness } from "~/tools/search";
import { Dialog, Icon } from "../kit";

interface Entry {
  id: string;
  title: string;
  group: string;
  keys?: string | undefined;
  run: (desk: Desk) => void;
}

const MOST = 40;

/** All commands that can be done now, and everything on the map, by a few letters. */
export default function PaletteDialog({ desk, close }: { desk: Desk; close: () => void }) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const all = useMemo(() => [...commandsOf(desk), ...recordsOf(desk)], [desk]);
  const shown = useMemo(() => ranked(all, query), [all, query]);
  const go = (to: number) => {
    const next = (to + shown.length) % Math.max(1, shown.length);
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (one: Entry | undefined) => {
    if (!one) return;
    close();
    // After the dialog has given the focus back, so that the command has the last word about it.
    requestAnimationFrame(() => one.run(desk.now()));
  };
  return (
    <Dialog title="All commands" bare top size="md" onClose={close}>
      <div className="flex items-center gap-2 border-b border-line px-4">
        <Icon name="search" className="text-ink-faint" />
        <input
          autoFocus
          role="combobox"
          aria-label="What do you want to do?"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
          placeholder="What do you want to do, or find?"
          className="h-12 flex-1 bg-transparent text-base outline-none placeholder:text-ink-faint"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") go(at + 1);
            else if (event.key === "ArrowUp") go(at - 1);
            else if (event.key === "Enter") choose(shown[at]);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Commands" className="max-h-96 overflow-auto p-1.5">
        {shown.map((one, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above hears the keys
          <div
            key={one.id}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === at}
            className={`flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 ${place === at ? "bg-spruce-soft" : ""}`}
            onPointerMove={() => setAt(place)}
            onClick={() => choose(one)}
          >
            <span className="min-w-0 flex-1 truncate">{one.title}</span>
            <span className="text-xs text-ink-faint">{one.group}</span>
            {one.keys && (
              <kbd className="rounded border border-line bg-sheet px-1.5 font-sans text-xs text-ink-soft">
                {one.keys}
              </kbd>
            )}
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <p className="px-4 pb-4 text-sm text-ink-soft">Nothing is called that. Try fewer letters.</p>
      )}
    </Dialog>
  );
}

function commandsOf(desk: Desk): Entry[] {
  return COMMANDS.filter((one) => one.id !== "go.palette" && (!one.enabled || one.enabled(desk))).map(
    (one: Command) => ({
      id: one.id,
      title: one.title,
      group: one.group,
      keys: one.keys && sayKeys(one.keys),
      run: (now) => perform(one, now),
    }),
  );
}

/** Everything that stands on the map: choosing it goes there. */
function recordsOf(desk: Desk): Entry[] {
  const { map } = desk;
  const records: Stored[] = [...map.list("stages"), ...map.list("touchpoints"), ...map.list("cards")];
  return records.map((one) => ({
    id: `record ${one.id}`,
    title: nameOf(one),
    group: one.section === "cards" ? LANE_NAMES[one.lane] : KINDS[one.section].one,
    run: (now) => goTo(now, one.id),
  }));
}

function ranked(all: readonly Entry[], query: string): Entry[] {
  if (!query.trim()) return all.filter((one) => !one.id.startsWith("record ")).slice(0, MOST);
  return all
    .map((one, place) => ({ one, place, near: closeness(one.title, query) }))
    .filter((found) => found.near > 0)
    .sort((a, b) => b.near - a.near || a.place - b.place)
    .slice(0, MOST)
    .map((found) => found.one);
}
