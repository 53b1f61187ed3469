/** Tells when a change of the map is one that its numbers depend on: places, rules, segments, how journeys are cut; not what cards say. */
import type { MapDocument } from "~/maps/document";

const SECTIONS = ["stages", "touchpoints", "links", "personas", "channels", "teams"] as const;
const PROSE = new Set(["about", "image", "goals", "needs", "motivations", "frustrations", "quote", "customer_goal"]);
const SETTLED_MS = 1_500;

/** Calls back some time after such a change, once for many in a row. That a map comes from the server is none. */
export function onMeasuredPart(map: MapDocument, changed: () => void, wait = SETTLED_MS): () => void {
  let known = isHere(map) ? partOf(map) : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const now = partOf(map);
    if (known !== undefined && now !== known) changed();
    known = now;
  };
  const note = () => {
    if (!isHere(map)) return;
    clearTimeout(timer);
    timer = setTimeout(look, known === undefined ? 0 : wait);
  };
  const stops = [map.subscribe("any", note), map.subscribe("head", note)];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

function isHere(map: MapDocument): boolean {
  return map.getHead().id !== undefined;
}

function partOf(map: MapDocument): string {
  const { journey, feedback, promise, kpis, currency } = map.getHead();
  return JSON.stringify(
    [...SECTIONS.map((section) => map.list(section)), { journey, feedback, promise, kpis, currency }],
    (key, value: unknown) => (PROSE.has(key) ? undefined : value),
  );
}
