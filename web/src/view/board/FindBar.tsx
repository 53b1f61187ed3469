import { useEffect, useMemo, useRef, useState } from "react";
import { goTo } from "~/commands/subjects";
import { cellAt, layBoard } from "~/layout/rows";
import type { Stored } from "~/maps/shape";
import { has } from "~/tools/search";
import { Icon, IconButton } from "../kit";
import { useMap, usePlaces } from "../useMap";
import { useParts } from "./boardContext";

/** Finds cards, touchpoints and stages by their words, and goes from one to the next. */
export function FindBar({ close }: { close: () => void }) {
  const map = useMap();
  const places = usePlaces();
  const { desk, board } = useParts();
  const [query, setQuery] = useState("");
  const [now, setNow] = useState(0);
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => ref.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `places` says when something came or went
  const found = useMemo(() => {
    // Folded stages are looked through as well.
    const { grid, rows, items } = layBoard(map);
    const all = new Set<string>();
    for (const place of grid.places)
      for (const row of rows) for (const id of items(row, cellAt(row, place))) all.add(id);
    return [...all].filter((id) => has(wordsOf(map.get(id)), query));
  }, [query, places, map]);
  const go = (to: number) => {
    const at = (to + found.length) % found.length;
    const id = found[at];
    if (!id) return;
    setNow(at);
    goTo(desk(), id, { focus: false });
    requestAnimationFrame(() =>
      document
        .querySelector(`.board [data-record="${CSS.escape(id)}"]`)
        ?.scrollIntoView({ block: "center", inline: "center" }),
    );
  };
  const leave = () => {
    close();
    board.ask("focus");
  };
  const said = query ? (found.length ? `${Math.min(now + 1, found.length)} of ${found.length}` : "Nothing found") : "";
  return (
    <search
      className="absolute top-3 right-4 z-40 flex items-center gap-1 rounded-xl border border-line bg-raised py-1 pr-1 pl-3 shadow-float"
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          leave();
        }
      }}
    >
      <Icon name="search" size={16} className="text-ink-faint" />
      <input
        ref={ref}
        type="search"
        aria-label="Find on this map"
        placeholder="Find on this map"
        value={query}
        className="h-8 w-44 bg-transparent px-1 text-base outline-none placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden"
        onChange={(event) => {
          setQuery(event.target.value);
          setNow(-1);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          go(now + (event.shiftKey ? -1 : 1));
        }}
      />
      <span role="status" className="min-w-16 text-right text-sm text-ink-soft tabular-nums">
        {now < 0 && found.length ? `${found.length} found` : said}
      </span>
      <IconButton icon="chevron-up" label="Previous" keys="Shift+Enter" size="sm" onClick={() => go(now - 1)} />
      <IconButton icon="chevron-down" label="Next" keys="Enter" size="sm" onClick={() => go(now + 1)} />
      <IconButton icon="close" label="Close find" keys="Esc" size="sm" onClick={leave} />
    </search>
  );
}

function wordsOf(record: Stored | undefined): string {
  const { title, says, about } = (record ?? {}) as { title?: string; says?: string; about?: string };
  return [title, says, about].filter(Boolean).join(" ");
}
