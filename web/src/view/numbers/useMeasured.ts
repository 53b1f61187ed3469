import { useMemo } from "react";
import { grainOf, groupings, type LensNow } from "~/overlay/lens";
import { Measured } from "~/overlay/readings";
import { useAnswer } from "../useAnswer";

/** The map's numbers as the lens asks for them; nothing is asked where they are not `wanted`. */
export function useMeasured(mapId: string, lens: LensNow, wanted = true) {
  const by = groupings(lens);
  const period = grainOf(lens.period);
  const asked = useAnswer(
    wanted
      ? {
          operation: "GET /api/maps/{map_id}/measured",
          path: { map_id: mapId },
          query: { ...(by.length && { by }), ...(period && { period }) },
        }
      : undefined,
  );
  const measured = useMemo(() => asked.answer && new Measured(asked.answer), [asked.answer]);
  return { asked, measured };
}
