import type { ReactNode } from "react";
import { nameOf } from "~/maps/kinds";
import { useMap, useSection } from "../useMap";

/** All stages at the side, on wide screens; each goes there. */
export function StageList({ stages }: { stages: readonly string[] }): ReactNode {
  const map = useMap();
  useSection("stages");
  if (stages.length < 2) return null;
  return (
    <nav aria-label="Stages" className="sticky top-14 hidden w-48 shrink-0 pt-4 @5xl/outline:block">
      <ol className="flex max-h-[calc(100dvh-8rem)] flex-col gap-px overflow-auto">
        {stages.map((id, place) => (
          <li key={id}>
            <button
              type="button"
              className="flex min-h-8 w-full gap-2 rounded-md px-2 py-1 text-left text-sm text-ink-soft hover:bg-sunken hover:text-ink focus-visible:outline-offset-[-2px]"
              onClick={() =>
                document.getElementById(`stage-${id}`)?.scrollIntoView({ block: "start", behavior: "smooth" })
              }
            >
              <span className="w-5 shrink-0 text-right tabular-nums text-ink-faint">{place + 1}</span>
              <span className="min-w-0 flex-1">{nameOf(map.get(id))}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
