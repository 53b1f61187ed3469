/** How records hang together: what mentions a record, links between touchpoints, and deleting without loose ends. */
import type { MapDocument } from "./document";
import { addRecord } from "./kinds";
import type { Fields, Section, Stored } from "./shape";

/** Fields that hold ids, by section, and which of them are lists. */
const SINGLE: Partial<Record<Section, readonly string[]>> = {
  systems: ["owner"],
  stages: ["team"],
  touchpoints: ["team"],
  links: ["from", "to"],
  campaigns: ["channel", "team"],
  cards: ["persona"],
};
const MANY: Partial<Record<Section, readonly string[]>> = {
  touchpoints: ["channels", "supporting", "systems", "campaigns"],
  links: ["among"],
};
const SECTIONS_THAT_MENTION = ["systems", "stages", "touchpoints", "links", "campaigns", "cards"] as const;

/** The live records (and the head, as null) that name this one, each once. What stands in it counts: cards, touchpoints. */
export function mentionsOf(map: MapDocument, id: string): (Stored | null)[] {
  const found: (Stored | null)[] = [];
  for (const section of SECTIONS_THAT_MENTION)
    for (const record of map.list(section)) if (record.id !== id && mentions(record, id)) found.push(record);
  const head = map.getHead();
  const journey = head.journey as { success?: string[] } | undefined;
  if (journey?.success?.includes(id) || promiseMentions(head.promise, id)) found.push(null);
  return found;
}

function mentions(record: Stored, id: string): boolean {
  const fields = record as unknown as Fields;
  const single = [...(SINGLE[record.section] ?? []), "at", "stage"].some((name) => fields[name] === id);
  const many = (MANY[record.section] ?? []).some((name) => (fields[name] as string[] | undefined)?.includes(id));
  return single || many || promiseMentions(fields.promise, id);
}

interface PromiseData {
  time?: { after?: string | null } | null;
  channels?: Record<string, unknown>;
}

function promiseMentions(promise: unknown, id: string): boolean {
  const said = promise as PromiseData | undefined;
  if (!said) return false;
  if (said.time?.after === id) return true;
  const channels = said.channels ?? {};
  return id in channels || Object.values(channels).some((one) => promiseMentions(one, id));
}

/** “2 stages and 3 touchpoints name it.” Empty when nothing does. */
export function sayMentions(records: readonly (Stored | null)[]): string {
  const counts = new Map<string, number>();
  for (const record of records) {
    const name = record === null ? "map" : record.section.slice(0, -1);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const parts = [...counts].map(([name, count]) =>
    name === "map" ? "the map" : `${count} ${name}${count > 1 ? "s" : ""}`,
  );
  if (!parts.length) return "";
  const last = parts.pop();
  return parts.length ? `${parts.join(", ")} and ${last}` : String(last);
}

/** What deleting the record does to others, in sentences: what goes with it, and what names it no more. "" for nothing. */
export function sayConsequence(map: MapDocument, id: string): string {
  const gone = contentsOf(map, id);
  const going = new Set([id, ...gone.map((one) => one.id)]);
  const left = new Map<string, Stored | null>();
  for (const one of going) for (const record of mentionsOf(map, one)) left.set(record?.id ?? "", record);
  for (const one of going) left.delete(one);
  const lost = [...left.values()].filter((one) => one?.section === "links");
  const named = [...left.values()].filter((one) => one?.section !== "links");
  const goes = sayMentions([...gone, ...lost]);
  const names = sayMentions(named);
  const many = gone.length + lost.length > 1;
  return [
    goes && `${goes} ${many ? "go" : "goes"} with it.`,
    names && `It is named by ${names}; those stay and name it no more.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** What stands in a stage or a touchpoint, touchpoints with their cards. */
function contentsOf(map: MapDocument, id: string): Stored[] {
  const own = mentionsOf(map, id).filter((one): one is Stored => one !== null && standsIn(one, id));
  return own.flatMap((one) => [one, ...contentsOf(map, one.id)]);
}

/** The record counts as deleted; what stands in it goes with it, and nobody names it any more. Call it inside of an edit. */
export function removeRecord(map: MapDocument, id: string): void {
  for (const record of mentionsOf(map, id)) {
    if (record === null) forgetInHead(map, id);
    else if (standsIn(record, id)) removeRecord(map, record.id);
    else forget(map, record, id);
  }
  map.change(id, { deleted: true });
}

/** The fields of a record from elsewhere, without the names of what this map does not have: the server would refuse them. */
export function knownHere(map: MapDocument, section: Section, fields: Fields): Fields {
  const kept = { ...fields };
  const stranger = (id: unknown) => typeof id !== "string" || (map.get(id)?.deleted ?? true);
  for (const name of SINGLE[section] ?? []) if (name in kept && stranger(kept[name])) delete kept[name];
  for (const name of MANY[section] ?? []) {
    const ids = Array.isArray(kept[name]) ? (kept[name] as unknown[]) : [];
    if (name in kept) kept[name] = ids.filter((id) => !stranger(id));
  }
  const { time, channels } = (kept.promise ?? {}) as PromiseData;
  for (const id of [time?.after, ...Object.keys(channels ?? {})])
    if (id && kept.promise && stranger(id)) kept.promise = withoutMention(kept.promise, id);
  return kept;
}

function standsIn(record: Stored, id: string): boolean {
  const { at, stage } = record as { at?: string; stage?: string };
  return at === id || stage === id;
}

function forget(map: MapDocument, record: Stored, id: string): void {
  const fields = record as unknown as Fields;
  const changed: Fields = {};
  for (const name of SINGLE[record.section] ?? []) if (fields[name] === id) changed[name] = undefined;
  for (const name of MANY[record.section] ?? []) {
    const ids = fields[name] as string[] | undefined;
    if (ids?.includes(id)) changed[name] = ids.filter((one) => one !== id);
  }
  if (promiseMentions(fields.promise, id)) changed.promise = withoutMention(fields.promise, id);
  if (record.section === "links" && isEmptyLink(record, changed)) changed.deleted = true;
  map.change(record.id, changed);
}

function isEmptyLink(record: Stored<"links">, changed: Fields): boolean {
  if (record.kind === "then") return "from" in changed || "to" in changed;
  return ((changed.among as string[] | undefined) ?? record.among ?? []).length < 2;
}

function withoutMention(promise: unknown, id: string): Fields | undefined {
  const { time, channels, ...rest } = promise as PromiseData & Fields;
  const kept: Fields = { ...rest };
  if (time) kept.time = time.after === id ? { ...time, after: undefined } : time;
  const others = Object.entries(channels ?? {}).filter(([name]) => name !== id);
  if (others.length) kept.channels = Object.fromEntries(others.map(([name, one]) => [name, withoutMention(one, id)]));
  return JSON.parse(JSON.stringify(kept)) as Fields;
}

function forgetInHead(map: MapDocument, id: string): void {
  const head = map.getHead();
  const journey = head.journey as { success?: string[] } | undefined;
  const changed: Fields = {};
  if (journey?.success?.includes(id))
    changed.journey = { ...journey, success: journey.success.filter((one) => one !== id) };
  if (promiseMentions(head.promise, id)) changed.promise = withoutMention(head.promise, id);
  map.changeHead(changed);
}

export type LinkKind = Stored<"links">["kind"];

/** The live links that this touchpoint takes part in. */
export function linksOf(map: MapDocument, id: string): Stored<"links">[] {
  return map.list("links").filter((one) => one.from === id || one.to === id || one.among?.includes(id));
}

/** After `from`, `to` may follow. Once only. */
export function linkThen(map: MapDocument, from: string, to: string): void {
  const there = map.list("links").some((one) => one.kind === "then" && one.from === from && one.to === to);
  if (!there && from !== to) addRecord(map, "links", { kind: "then", from, to });
}

/** Both are in one group of that kind: a new one, or the one that the first is in already. */
export function linkGroup(map: MapDocument, kind: "alternative" | "any order", id: string, other: string): void {
  const there = map.list("links").find((one) => one.kind === kind && one.among?.includes(id));
  if (there) map.change(there.id, { among: [...new Set([...(there.among ?? []), other])] });
  else addRecord(map, "links", { kind, among: [id, other] });
}

/** The touchpoint leaves the group; a group of one is none. */
export function leaveGroup(map: MapDocument, link: Stored<"links">, id: string): void {
  const among = (link.among ?? []).filter((one) => one !== id);
  map.change(link.id, among.length < 2 ? { among, deleted: true } : { among });
}
