import { useCallback, useState } from "react";
import { DIALOGS, PANELS, VIEWS } from "~/view/panel";
import { useFits } from "./browser";
import type { Shown } from "./MapSide";

/** What a map's page shows: the view, a panel beside it, a dialog above it, the presentation; and how to show another. */
export function useShown(begin?: () => Shown | undefined) {
  const wide = useFits("(min-width: 640px)");
  const [chosen, setView] = useState<Shown>();
  const [panel, setPanel] = useState<Shown | undefined>(begin);
  const [dialog, setDialog] = useState<Shown>();
  const [presents, setPresents] = useState(false);
  const show = useCallback((what: string, more?: unknown) => {
    if (what === "board" || what === "outline" || what in VIEWS) setView({ what, more });
    else if (what === "present") setPresents(true);
    else if (what in DIALOGS) setDialog({ what, more });
    else if (what in PANELS) setPanel({ what, more });
  }, []);
  const view: Shown = chosen ?? { what: wide ? "board" : "outline", more: undefined };
  return { view, panel, dialog, presents, show, setPanel, setDialog, setPresents };
}
