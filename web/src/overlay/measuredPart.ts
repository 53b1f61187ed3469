/** Tells when a change of the map is one that its numbers depend on: places, rules, segments, how journeys are cut; not what cards say. */
import type { MapDocument } from "~/maps/document";

const SECTIONS = ["stages", "touchpoints", "links", "personas", "channels", "teams"] as const;
const PROSE = new Set(["about", "image", "goals", "needs", "motivations", "frustrations", "quote", "customer_goal"]);
const SETTLED_MS = 1_500;

/** Calls back some time after such a change, once for many in a row. */
export function onMeasuredPart(map: MapDocument, changed: () => void, wait = SETTLED_MS): () => void {
  let known = partOf(map);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const now = partOf(map);
    if (now !== known) changed();
    known = now;
  };
  const stop = map.subscribe("any", () => {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function partOf(map: MapDocument): string {
  const { journey, feedback, promise, kpis, currency } = map.getHead();
  return JSON.stringify(
    [...SECTIONS.map((section) => map.list(section)), { journey, feedback, promise, kpis, currency }],
    (key, value: unknown) => (PROSE.has(key) ? undefined : value),
  );
}
