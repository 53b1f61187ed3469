/** The kinds of records: what each is called, where its own fields are, and how a new one comes to be. */
import type { MapDocument } from "./document";
import { keyBetween } from "./order";
import type { Fields, Section, Stored } from "./shape";

export interface Kind {
  one: string;
  many: string;
  about: string;
}

export const KINDS: Record<Section, Kind> = {
  personas: { one: "Persona", many: "Personas", about: "Drawn kinds of customers: whose journey this is." },
  teams: { one: "Team", many: "Teams", about: "Groups of people who can be accountable for a touchpoint." },
  channels: { one: "Channel", many: "Channels", about: "Ways in which customers and company meet." },
  systems: { one: "System", many: "Systems", about: "Software and machinery behind touchpoints." },
  stages: { one: "Stage", many: "Stages", about: "Parts of the journey, in order." },
  touchpoints: { one: "Touchpoint", many: "Touchpoints", about: "Where customer and company meet." },
  links: { one: "Link", many: "Links", about: "How touchpoints hang together beyond their order." },
  campaigns: { one: "Campaign", many: "Campaigns", about: "Campaigns, nurtures and content that work at touchpoints." },
  cards: { one: "Card", many: "Cards", about: "One statement in a lane." },
};

export const LANE_NAMES: Record<Stored<"cards">["lane"], string> = {
  doing: "Doing",
  thinking: "Thinking",
  feeling: "Feeling",
  pain: "Pain",
  opportunity: "Opportunity",
  quote: "Quote",
  process: "Back stage",
  content: "Content",
  note: "Note",
};

/** What people call a record: its title, what it says, or that it has no name yet. */
export function nameOf(record: Fields | Stored | undefined): string {
  if (!record) return "Something that is gone";
  const { title, says, section } = record as { title?: string; says?: string; section?: Section };
  return title?.trim() || says?.trim() || (section ? `Untitled ${KINDS[section].one.toLowerCase()}` : "Untitled");
}

/** An id that nobody else makes at the same time: readable, with a random end, at most 80 long. */
export function newId(stem: string): string {
  const slug = stem
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "")
    .slice(0, 60);
  const letters = crypto.getRandomValues(new Uint8Array(6));
  const end = Array.from(letters, (one) => (one % 36).toString(36)).join("");
  return `${slug || "record"}-${end}`;
}

/** Adds a record at the end of its section and gives back its id. Call it inside of an edit. */
export function addRecord(map: MapDocument, section: Section, fields: Fields): string {
  const id = newId(String(fields.title || KINDS[section].one));
  const last = map.list(section).at(-1)?.order ?? null;
  map.add({ ...fields, id, section, order: keyBetween(last, null) });
  return id;
}
