import { useCallback, useState } from "react";
import { DIALOGS, PANELS } from "~/view/panel";
import { useFits } from "./browser";
import type { View } from "./MapBar";
import type { Shown } from "./MapSide";

/** What a map's page shows: the view, a panel beside it, a dialog above it, the presentation; and how to show another. */
export function useShown(begin?: () => Shown | undefined) {
  const wide = useFits("(min-width: 640px)");
  const [chosen, setView] = useState<View>();
  const [panel, setPanel] = useState<Shown | undefined>(begin);
  const [dialog, setDialog] = useState<Shown>();
  const [presents, setPresents] = useState(false);
  const show = useCallback((what: string, more?: unknown) => {
    if (what === "board" || what === "outline") setView(what);
    else if (what === "present") setPresents(true);
    else if (what in DIALOGS) setDialog({ what, more });
    else if (what in PANELS) setPanel({ what, more });
  }, []);
  const view: View = chosen ?? (wide ? "board" : "outline");
  return { view, panel, dialog, presents, show, setPanel, setDialog, setPresents };
}
