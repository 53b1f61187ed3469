import { useState } from "react";
import { groupsShown } from "~/overlay/lens";
import { type Tab, View } from "../kit";
import { LensFilters } from "../numbers/LensFilters";
import type { PanelProps } from "../panel";
import { useLens } from "../useLens";
import { useAnything } from "../useMap";
import { LoopsPage } from "./LoopsPage";
import { RoutesPage } from "./RoutesPage";
import { StagesPage } from "./StagesPage";
import { TimesPage } from "./TimesPage";

type Page = "routes" | "loops" | "stages" | "times";

const TABS: readonly Tab<Page>[] = [
  { id: "routes", title: "Routes", icon: "branch" },
  { id: "loops", title: "Loops", icon: "repeat" },
  { id: "stages", title: "Stages", icon: "stage" },
  { id: "times", title: "Time between", icon: "timer" },
];

const PAGES = { routes: RoutesPage, loops: LoopsPage, stages: StagesPage, times: TimesPage };

/** The ways that customers take: their routes, where they turn back, how far they come and how long it takes. */
export default function FlowView({ desk, mapId, more }: PanelProps) {
  const [page, setPage] = useState<Page>(() => TABS.find(({ id }) => id === more)?.id ?? "routes");
  const lens = useLens(desk);
  useAnything(); // titles are those of the map as it is now
  const Shown = PAGES[page];
  return (
    <View
      title="Flow"
      about="The ways that customers take through the map: where they go, turn back, stop, and how long it takes."
      actions={
        <div className="-m-1 max-w-full overflow-x-auto p-1">
          <LensFilters desk={desk} />
        </div>
      }
      pages={{ label: "What of the flow", tabs: TABS, value: page, onChange: setPage }}
    >
      <Shown desk={desk} mapId={mapId} groups={groupsShown(lens)} period={lens.period} />
    </View>
  );
}
