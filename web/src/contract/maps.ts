// Written by `python web/contract.py` from the Python models. Do not edit.

/** A campaign, nurture or piece of content that works at touchpoints. */
export interface Campaign {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  kind?: "campaign" | "nurture" | "content";
  channel?: string | null;
  team?: string | null;
  starts?: string | null;
  ends?: string | null;
  /** Events that show that it reached somebody. */
  when?: Rule | null;
}

/** One statement in a lane at a touchpoint or stage, with its evidence; `level` draws the intended feeling curve. */
export interface Card {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  at: string;
  lane: "doing" | "thinking" | "feeling" | "pain" | "opportunity" | "quote" | "process" | "content" | "note";
  says?: string;
  /** Feeling from −2 (awful) to +2 (delighted). */
  level?: number | null;
  /** Whose; everybody's when missing. */
  persona?: string | null;
  severity?: "low" | "medium" | "high" | null;
  evidence?: Evidence | null;
  image?: string | null;
}

/** A way customers and company meet. `names` are what sources call it; the id itself always counts. */
export interface Channel {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  names?: string[];
}

/** How customers' events are cut into journeys. */
export interface Cut {
  by?: "case" | "rules" | "silence" | "life";
  start?: Rule | null;
  end?: Rule | null;
  silence?: string | null;
  patience?: string | null;
  /** Touchpoints of which one must be reached; if missing, the last one, optional and back stage apart. */
  success?: string[];
}

/** Why a statement is believed: an assumption, an observation (by whom, when), or a link to a measure. */
export interface Evidence {
  kind?: "assumption" | "observation" | "measure";
  by?: string | null;
  on?: string | null;
  measure?: string | null;
  /** Place whose reading of `measure` is the evidence; this record if missing. */
  at?: string | null;
  note?: string | null;
}

/** A measure with a target. */
export interface Kpi {
  measure: string;
  at_least?: number | null;
  at_most?: number | null;
  title?: string | null;
}

/** How touchpoints hang together beyond the order in which they stand. */
export interface Link {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  kind: "then" | "alternative" | "any order";
  from?: string | null;
  to?: string | null;
  among?: string[];
}

/** What the map is, whose it is, and how journeys are cut. */
export interface MapHead {
  id: string;
  title: string;
  purpose?: string | null;
  scope?: string | null;
  owner?: string | null;
  review?: Review | null;
  currency?: string | null;
  journey?: Cut;
  /** Promise about the whole journey. */
  promise?: Promise | null;
  kpis?: Kpi[];
  /** Which answers speak about the whole journey. */
  feedback?: Rule | null;
  template?: string | null;
}

/** A drawn kind of customer, and the segment rule that assigns real customers to it. */
export interface Persona {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  goals?: string[];
  needs?: string[];
  motivations?: string[];
  frustrations?: string[];
  quote?: string | null;
  /** Rule over customer properties. */
  segment?: Rule | null;
  evidence?: Evidence | null;
  image?: string | null;
}

/** The level that a map intends at a place: time, effort, score, feeling; overall or per channel. */
export interface Promise {
  time?: TimePromise | null;
  effort?: ScorePromise | null;
  score?: ScorePromise | null;
  feeling?: number | null;
  /** Promises that hold in one channel instead. */
  channels?: Record<string, unknown>;
  /** The promise in the words a customer hears. */
  says?: string | null;
}

/** When people look at the map again. */
export interface Review {
  every_days?: number | null;
  last?: string | null;
  by?: string | null;
}

/** A condition on an event, an answer or a customer. All that is said must hold. */
export interface Rule {
  event?: Test | null;
  channel?: Test | null;
  status?: Test | null;
  kind?: Test | null;
  question?: Test | null;
  topic?: Test | null;
  property?: Record<string, Test> | null;
  any?: Rule[] | null;
  all?: Rule[] | null;
  not?: Rule | null;
}

/** What is promised about a score or an effort, such as CSAT at least 0.8. */
export interface ScorePromise {
  measure: "nps" | "csat" | "ces" | "score" | "feeling";
  at_least?: number | null;
  at_most?: number | null;
}

/** A part of the journey, in order. */
export interface Stage {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  customer_goal?: string | null;
  business_focus?: string | null;
  /** Events that also count as being in this stage's beginning. */
  entry?: Rule | null;
  /** Events that also count as having left this stage. */
  exit?: Rule | null;
  kpis?: Kpi[];
  promise?: Promise | null;
  team?: string | null;
  /** Its touchpoints may come in any order (at most 16). */
  any_order?: boolean;
  /** Which answers speak about this stage. */
  feedback?: Rule | null;
}

/** Software or machinery behind touchpoints. */
export interface System {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  /** Team. */
  owner?: string | null;
}

/** A group of people who can be accountable for touchpoints. */
export interface Team {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  contact?: string | null;
}

/** What must hold for one field. Several entries must all hold. */
export interface Test {
  equals?: string | null;
  any_of?: string[] | null;
  glob?: string | null;
  regex?: string | null;
  above?: number | string | null;
  at_least?: number | string | null;
  below?: number | string | null;
  at_most?: number | string | null;
  absent?: boolean | null;
}

/** What is promised about time. Exactly one of the three forms. */
export interface TimePromise {
  within?: string | null;
  after?: string | null;
  by_due?: boolean;
  kept_when?: Rule | null;
}

/** One meeting of customer and company. */
export interface Touchpoint {
  id: string;
  /** Fractional key; the order in the file when missing. */
  order?: string | null;
  deleted?: boolean;
  title?: string;
  about?: string | null;
  stage: string;
  /** Channels it is meant to happen in; empty: any. */
  channels?: string[];
  /** Accountable team. */
  team?: string | null;
  supporting?: string[];
  systems?: string[];
  /** False: back stage, behind the line of visibility. */
  front?: boolean;
  /** Who has to act for it to happen. */
  acts?: "customer" | "company";
  moment_of_truth?: boolean;
  optional?: boolean;
  repeatable?: boolean;
  /** Binding rule: which events are visits to this touchpoint. */
  when?: Rule | null;
  /** Which of those events failed; those with status 'failed' if missing. */
  failed_when?: Rule | null;
  /** Which answers speak about this touchpoint. */
  feedback?: Rule | null;
  promise?: Promise | null;
  kpis?: Kpi[];
  campaigns?: string[];
  influence?: "yes" | "partly" | "no";
  image?: string | null;
}

export interface Sections {
  personas: Persona;
  teams: Team;
  channels: Channel;
  systems: System;
  stages: Stage;
  touchpoints: Touchpoint;
  links: Link;
  campaigns: Campaign;
  cards: Card;
}

export const SECTIONS = ["personas", "teams", "channels", "systems", "stages", "touchpoints", "links", "campaigns", "cards"] as const satisfies readonly (keyof Sections)[];
