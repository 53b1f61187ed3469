import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { MapDocument } from "~/maps/document";
import { onMeasuredPart } from "~/overlay/measuredPart";

const SETTLED = 100;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function drawn(): MapDocument {
  const map = new MapDocument();
  map.edit(() => {
    map.changeHead({ id: "shop", title: "Shop" });
    map.add({ id: "buy", section: "stages", order: "a", title: "Buying" });
    map.add({ id: "pay", section: "touchpoints", order: "a", stage: "buy", title: "Pays" });
    map.add({ id: "dear", section: "cards", order: "a", at: "pay", lane: "pain", says: "Dear" });
  });
  return map;
}

/** How often it was told, after this change and once all is quiet. */
function told(map: MapDocument, change: () => void): number {
  const heard = vi.fn();
  const stop = onMeasuredPart(map, heard, SETTLED);
  change();
  vi.advanceTimersByTime(2 * SETTLED);
  stop();
  return heard.mock.calls.length;
}

test("a rule, a place, and how journeys are cut are told; what cards and descriptions say is not", () => {
  const map = drawn();
  expect(told(map, () => map.edit(() => map.change("pay", { when: { event: "pay" } })))).toBe(1);
  expect(told(map, () => map.edit(() => map.change("buy", { deleted: true })))).toBe(1);
  expect(told(map, () => map.edit(() => map.changeHead({ journey: { silence: "P7D" } })))).toBe(1);
  expect(told(map, () => map.edit(() => map.change("dear", { says: "Too dear" })))).toBe(0);
  expect(told(map, () => map.edit(() => map.changeHead({ about: "Of the shop" })))).toBe(0);
});

test("many changes in a row are told once, and one that is taken back not at all", () => {
  const map = drawn();
  const bind = (event: string | undefined) => map.edit(() => map.change("pay", { when: event && { event } }));
  expect(told(map, () => ["a", "b", "c"].forEach(bind))).toBe(1);
  expect(told(map, () => ["d", "c"].forEach(bind))).toBe(0);
});

test("a map that comes from the server is no change; what happens to it then is", () => {
  const map = new MapDocument();
  expect(map.list("touchpoints")).toEqual([]);
  const heard = vi.fn();
  onMeasuredPart(map, heard, SETTLED);
  Y.applyUpdate(map.doc, Y.encodeStateAsUpdate(drawn().doc), "remote");
  vi.advanceTimersByTime(SETTLED);
  expect(heard).not.toHaveBeenCalled();
  map.edit(() => map.change("pay", { when: { event: "pay" } }));
  vi.advanceTimersByTime(SETTLED);
  expect(heard).toHaveBeenCalledOnce();
});

test("whoever stopped listening hears nothing of a change that was just made", () => {
  const map = drawn();
  const heard = vi.fn();
  const stop = onMeasuredPart(map, heard, SETTLED);
  map.edit(() => map.change("pay", { when: { event: "pay" } }));
  stop();
  vi.advanceTimersByTime(2 * SETTLED);
  expect(heard).not.toHaveBeenCalled();
});
