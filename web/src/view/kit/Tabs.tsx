import { type KeyboardEvent, type ReactNode, useId } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

export interface Tab<V extends string = string> {
  id: V;
  title: string;
  icon?: IconName;
  count?: number;
}

function onArrows<V extends string>(event: KeyboardEvent, tabs: readonly Tab<V>[], now: V, go: (id: V) => void): void {
  const at = tabs.findIndex((one) => one.id === now);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const chosen = tabs.at(to % tabs.length)!;
  go(chosen.id);
  event.currentTarget.querySelector<HTMLElement>(`[data-tab="${CSS.escape(chosen.id)}"]`)?.focus();
}

/** Pages of one panel: arrows go from one to the next. The page of the chosen one is its child. */
export function Tabs<V extends string>({
  label,
  tabs,
  value,
  onChange,
  children,
  className = "",
  panel = "min-h-0",
}: {
  label: string;
  tabs: readonly Tab<V>[];
  value: V;
  onChange: (id: V) => void;
  children: ReactNode;
  className?: string;
  /** How the page stands below the tabs. */
  panel?: string;
}) {
  const id = useId();
  return (
    <>
      <div
        role="tablist"
        aria-label={label}
        className={`flex gap-1 overflow-x-auto overflow-y-hidden [scrollbar-width:none] border-b border-line ${className}`}
        onKeyDown={(event) => onArrows(event, tabs, value, onChange)}
      >
        {tabs.map((one) => (
          <button
            key={one.id}
            type="button"
            role="tab"
            id={`${id}-${one.id}`}
            data-tab={one.id}
            aria-selected={one.id === value}
            aria-controls={`${id}-page`}
            tabIndex={one.id === value ? 0 : -1}
            onClick={() => onChange(one.id)}
            className="flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm font-medium whitespace-nowrap text-ink-soft focus-visible:outline-offset-[-2px] hover:text-ink aria-selected:border-spruce aria-selected:text-ink"
          >
            {one.icon && <Icon name={one.icon} size={16} />}
            {one.title}
            {one.count ? <span className="rounded-full bg-sunken px-1.5 text-xs">{one.count}</span> : null}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-page`} aria-labelledby={`${id}-${value}`} className={panel}>
        {children}
      </div>
    </>
  );
}

/** One of two or three ways to see the same, side by side. `compact`: the words go where there is little room. */
export function Segments<V extends string>({
  label,
  tabs,
  value,
  onChange,
  compact = false,
}: {
  label: string;
  tabs: readonly Tab<V>[];
  value: V;
  onChange: (id: V) => void;
  compact?: boolean;
}) {
  // Where none is chosen the keyboard comes to the first.
  const stop = tabs.some((one) => one.id === value) ? value : tabs[0]?.id;
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex shrink-0 gap-0.5 rounded-lg bg-sunken p-0.5"
      onKeyDown={(event) => onArrows(event, tabs, value, onChange)}
    >
      {tabs.map((one) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio cannot hold a drawing
        <button
          key={one.id}
          type="button"
          role="radio"
          data-tab={one.id}
          aria-checked={one.id === value}
          aria-label={one.title}
          data-tip={compact ? one.title : undefined}
          tabIndex={one.id === stop ? 0 : -1}
          onClick={() => onChange(one.id)}
          className="flex h-7 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium text-ink-soft transition-colors hover:text-ink aria-checked:bg-raised aria-checked:text-ink aria-checked:shadow-card"
        >
          {one.icon && <Icon name={one.icon} size={16} />}
          <span className={compact ? "hidden lg:inline" : ""}>{one.title}</span>
        </button>
      ))}
    </div>
  );
}
