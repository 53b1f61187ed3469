/** What helps against a remark, in the words of the screen. The server says it in the words of the map's file. */
import type { Remark } from "~/session/session";

const WAYS: Record<string, string> = {
  "assumptions-only": "Bind touchpoints to events (Data and KPIs), and note on cards who observed what.",
  "cards-without-evidence": "Note in the details of the cards who observed it, or mark it as an assumption.",
  "campaign-nowhere": "Choose it at the touchpoints where customers meet it (Campaigns and influence).",
  "campaign-over": "Take it from the touchpoint, or correct its last day in the list of campaigns.",
  "cut-incomplete": "Say in About this map how journeys are told apart.",
  "failure-without-binding": "Say which events are visits, too: failures are among them.",
  "feeling-without-level": "Set how it feels, from −2 to +2, in the details of the card.",
  "kpi-unknown-measure": "Choose the measure from the list, under Data and KPIs.",
  "kpi-without-data": "Bring in the data, or bind the touchpoint to it under Data and KPIs.",
  "kpi-without-influence": "Put the target where something can be done, or change who can change it.",
  "kpi-without-target": "Say how much it shall be at least or at most, under Data and KPIs.",
  "moment-without-promise": "Promise something here: a time, an effort, a score or a feeling.",
  "never-reviewed": "Look at the map together, and note the day and who was there in About this map.",
  "no-emotions": "Draw the emotion curve, or add cards to the lane Feeling.",
  "no-owner": "Say in About this map who answers for it.",
  "no-persona": "Add two to four kinds of customers in the list of personas.",
  "no-success": "Choose in About this map what a journey that ends well comes to.",
  "pain-without-opportunity": "Add a card to the lane Opportunities in the same column.",
  "persona-nobody-matches": "Compare the rule of this persona with the customers in your data.",
  "persona-without-segment": "Say which customers belong to this persona, in its details.",
  "promise-unclear": "Say in the details what is promised: within what time, or how much at least or at most.",
  "promise-without-measure": "Bind the touchpoint to events, or name the question that is asked (Data and KPIs).",
  "review-overdue": "Look at the map together, and note today as the last review in About this map.",
  silo: "Name the other teams that serve customers on the way, and all channels by which they come.",
  "stage-without-kpi": "Add a measure with a target in the details of the stage.",
  "touchpoint-nobody-visits": "Compare its rule with the events in your data, or take it off the map.",
  "unbound-touchpoint": "Say which events are visits, under Data and KPIs.",
  "unowned-touchpoint": "Choose the team that answers for it.",
};

/** What helps, or nothing where nobody knows. */
export function wayOut({ check, way_out }: Pick<Remark, "check" | "way_out">): string | null | undefined {
  return WAYS[check] ?? way_out;
}
