/** The emotion curve of the open map; drawn anew only when a level, a promise or a persona is another one. */
import { useCallback, useRef, useSyncExternalStore } from "react";
import { type CurveLine, curveOf, type Voice } from "~/maps/curve";
import { useMap } from "../useMap";

export function useCurve(focus: Voice): readonly CurveLine[] {
  const map = useMap();
  const held = useRef<{ sign: string; lines: readonly CurveLine[] }>({ sign: "", lines: [] });
  const stale = useRef<unknown>(null);
  const subscribe = useCallback(
    (listener: () => void) => {
      stale.current = null;
      return map.subscribe("any", () => {
        stale.current = null;
        listener();
      });
    },
    [map],
  );
  const read = useCallback(() => {
    const key = `${focus}`;
    if (stale.current === key) return held.current.lines;
    stale.current = key;
    const lines = curveOf(map, focus);
    const sign = JSON.stringify(lines.map((one) => [one.voice, [...one.points]]));
    if (sign !== held.current.sign) held.current = { sign, lines };
    return held.current.lines;
  }, [map, focus]);
  return useSyncExternalStore(subscribe, read);
}
