import type { Section } from "~/maps/shape";
import type { IconName } from "./kit/icons";

/** The drawing beside a record, by what it is. */
export const SECTION_ICONS: Record<Section, IconName> = {
  stages: "stage",
  touchpoints: "touchpoint",
  cards: "note",
  personas: "persona",
  teams: "team",
  channels: "chat",
  systems: "system",
  campaigns: "campaign",
  links: "branch",
};
