import { useMemo } from "react";
import type { Desk } from "~/commands/command";
import { nameOf } from "~/maps/kinds";
import { explainDeviation, sayDeviation } from "~/overlay/deviations";
import { goTo } from "../together/places";
import { useLens } from "../useLens";
import { useMap, useSection } from "../useMap";
import { BarButton } from "./BarButton";
import { KIND_ICONS } from "./kinds";
import { useMeasured } from "./useMeasured";

const WHY =
  "The single departure from the plan that costs most, for everybody. Findings also weighs groups, causes and time, so another may stand first there.";

/** Where customers part most from the plan, as everybody's numbers say; a click brings that touchpoint into sight. */
export function WorstChip({ desk, mapId }: { desk: Desk; mapId: string }) {
  const map = useMap();
  const lens = useLens(desk);
  const points = useSection("touchpoints");
  const places = useMemo(() => new Set(points.map(({ id }) => id)), [points]);
  const everybody = !lens.group && !lens.beside && !lens.period;
  const { measured } = useMeasured(mapId, lens, everybody);
  const worst = everybody ? measured?.worstOf(places) : undefined;
  if (!worst) return null;
  const [first = "", ...rest] = sayDeviation(worst);
  return (
    <BarButton
      icon={KIND_ICONS[worst.kind] ?? "warning"}
      tone="coral"
      tip={`${explainDeviation(worst)}\n${WHY}\nGo there`}
      onClick={() => goTo(desk, worst.place)}
      className="max-sm:-order-1"
    >
      Worst: {first.toLowerCase()}
      {rest.join("")} at “
      <span className="inline-block max-w-48 truncate align-bottom">{nameOf(map.get(worst.place))}</span>”
    </BarButton>
  );
}
