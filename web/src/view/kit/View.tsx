import type { ReactNode } from "react";
import { type Tab, Tabs } from "./Tabs";

/** The gutters of a view: the same for its head and for what stands below. */
export const GUTTERS = "px-4 sm:px-6";

interface Pages<V extends string> {
  label: string;
  tabs: readonly Tab<V>[];
  value: V;
  onChange: (id: V) => void;
}

/**
 * What is looked at in the place of the map: its title, one line of what it is, what can be done, and its pages.
 *
 * A view scrolls as a whole, as wide as numbers and charts need it. `fill`: what is below the head has all the room
 * that is left and scrolls by itself, as a board does. `yields`: where there is little room the head makes way.
 */
export function View<V extends string = string>({
  title,
  about,
  actions,
  pages,
  fill = false,
  yields = false,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  pages?: Pages<V>;
  fill?: boolean;
  yields?: boolean;
  children: ReactNode;
}) {
  const paged = pages !== undefined;
  const body = fill ? "relative flex min-h-0 flex-1 flex-col" : `max-w-7xl ${GUTTERS} pt-4 pb-12`;
  return (
    <section aria-label={title} className={`flex min-h-0 flex-1 flex-col bg-paper ${fill ? "" : "overflow-auto"}`}>
      <header
        className={`flex shrink-0 flex-wrap items-start justify-between gap-x-6 gap-y-2 bg-sheet pt-3 ${GUTTERS} ${paged ? "pb-1.5" : "border-b border-line pb-3"} ${yields ? "max-lg:hidden" : ""}`}
      >
        <div className="min-w-0">
          <h1 className="text-lg leading-7 font-semibold tracking-tight">{title}</h1>
          {about && <p className="max-w-3xl text-sm text-ink-soft">{about}</p>}
        </div>
        {actions && <div className="flex max-w-full flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {pages ? (
        <Tabs {...pages} className={`shrink-0 bg-sheet ${GUTTERS}`} panel={body}>
          {children}
        </Tabs>
      ) : (
        <div className={body}>{children}</div>
      )}
    </section>
  );
}
