/**
 * What stands beside a map: `desk.show("share")` opens the default export of `view/<folder>/SharePanel.tsx`,
 * `desk.show("help")` that of `HelpDialog.tsx`. A new panel is a new file.
 */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Desk } from "~/commands/command";
import type { MapSession } from "~/session/session";

export interface PanelProps {
  desk: Desk;
  session: MapSession;
  mapId: string;
  close: () => void;
  /** What was given to `desk.show(name, more)`. */
  more?: unknown;
}

type Loaded = Record<string, LazyExoticComponent<ComponentType<PanelProps>>>;
type Files = Record<string, () => Promise<{ default: ComponentType<PanelProps> }>>;

function named(files: Files, ending: string): Loaded {
  const found: Loaded = {};
  for (const [file, load] of Object.entries(files)) {
    const name = file.split("/").at(-1)!.replace(`${ending}.tsx`, "").toLowerCase();
    found[name] = lazy(load);
  }
  return found;
}

export const PANELS = named(import.meta.glob(["./*/*Panel.tsx", "!./kit/*"]) as Files, "Panel");
export const DIALOGS = named(import.meta.glob(["./*/*Dialog.tsx", "!./kit/*"]) as Files, "Dialog");

/** What the data say, over the whole width: `desk.show("findings")` opens `view/<folder>/FindingsView.tsx`. */
export const VIEWS = named(
  import.meta.glob(["./*/*View.tsx", "!./kit/*", "!./outline/*", "!./present/*", "!./board/*"]) as Files,
  "View",
);

const OUTLINE = import.meta.glob("./outline/OutlineView.tsx") as Files;

/** The same map as headings and lists; `close` goes back to the board. */
export const OutlineView = lazy(
  Object.values(OUTLINE)[0] ?? (() => Promise.reject(new Error("The outline was not built."))),
);
