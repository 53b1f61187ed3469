import type { MapMeasured } from "~/contract/api";
import { grainOf, groupings, type LensNow } from "~/overlay/lens";
import { Measured } from "~/overlay/readings";
import { useAnswer } from "../useAnswer";

const READY = new WeakMap<MapMeasured, Measured>();

/** The answer, ready to be looked up in: made once, whoever asks. */
function readied(answer: MapMeasured): Measured {
  const had = READY.get(answer);
  if (had) return had;
  const made = new Measured(answer);
  READY.set(answer, made);
  return made;
}

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
  return { asked, measured: asked.answer && readied(asked.answer) };
}
