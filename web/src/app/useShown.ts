import { useCallback, useEffect, useState } from "react";
import { DIALOGS, PANELS, VIEWS } from "~/view/panel";
import { useFits } from "./browser";
import type { Shown } from "./MapSide";

/** The map itself: as a board, as an outline, or as it was last looked at. */
const DRAWN: readonly string[] = ["board", "outline", "map"];

/** What a map's page shows: the view, a panel beside it, a dialog above it, the presentation; and how to show another. */
export function useShown(begin?: () => Shown | undefined) {
  const wide = useFits("(min-width: 640px)");
  const [chosen, setView] = useState<Shown | undefined>(inAddress);
  const [drawn, setDrawn] = useState<"board" | "outline">();
  const [panel, setPanel] = useState<Shown | undefined>(begin);
  const [dialog, setDialog] = useState<Shown>();
  const [presents, setPresents] = useState(false);
  const show = useCallback((what: string, more?: unknown) => {
    if (what === "board" || what === "outline") setDrawn(what);
    if (DRAWN.includes(what) || what in VIEWS) {
      setView(what in VIEWS ? { what, more } : undefined);
      if (!matchMedia("(min-width: 1024px)").matches) setPanel(undefined); // it would stand over what is to be seen
      if (addressOf({ what, more }) !== location.search)
        history.pushState(null, "", location.pathname + addressOf({ what, more }) + location.hash);
    } else if (what === "present") setPresents(true);
    else if (what in DIALOGS) setDialog({ what, more });
    else if (what in PANELS) setPanel({ what, more });
  }, []);
  useEffect(() => {
    const back = () => setView(inAddress());
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);
  const view: Shown = chosen ?? { what: drawn ?? (wide ? "board" : "outline"), more: undefined };
  return { view, panel, dialog, presents, show, setPanel, setDialog, setPresents };
}

/** The view that the address names, with what is opened in it: "?view=findings&finding=b1f003fbff09". */
function inAddress(): Shown | undefined {
  const { view, ...more } = Object.fromEntries(new URLSearchParams(location.search));
  return view && view in VIEWS ? { what: view, more: Object.keys(more).length ? more : undefined } : undefined;
}

/** The board and the outline stand at the address of the map itself. */
function addressOf({ what, more }: Shown): string {
  if (!(what in VIEWS)) return "";
  const plain = Object.entries(typeof more === "object" && more ? more : {}).filter(
    ([, said]) => typeof said === "string" && said !== "",
  );
  return `?${new URLSearchParams([["view", what], ...(plain as [string, string][])])}`;
}
