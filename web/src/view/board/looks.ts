/** How cards look by what they mean, and which drawing stands for which channel and lane. */
import type { Tone } from "~/layout/lanes";
import type { IconName } from "../kit";

/** The sheet of a card. The ink on it is always the same. */
export const SHEETS: Record<Tone, string> = {
  plain: "border-line bg-raised",
  sky: "border-transparent bg-sky-soft",
  amber: "border-transparent bg-amber-soft",
  coral: "border-transparent bg-coral-soft",
  leaf: "border-transparent bg-leaf-soft",
  quiet: "border-line border-dashed bg-sheet",
};

/** The drawing beside a lane's name. */
export const INKS: Record<Tone, string> = {
  plain: "text-ink-soft",
  sky: "text-sky",
  amber: "text-amber",
  coral: "text-coral",
  leaf: "text-leaf",
  quiet: "text-ink-soft",
};

export const LANE_ICONS: Record<string, IconName> = {
  touchpoints: "touchpoint",
  numbers: "chart",
  doing: "doing",
  thinking: "thinking",
  curve: "curve",
  feeling: "feeling",
  quote: "quote",
  pain: "pain",
  opportunity: "opportunity",
  content: "content",
  visibility: "eye-off",
  behind: "backstage",
  process: "process",
  note: "note",
};

const CHANNELS: readonly [RegExp, IconName][] = [
  [/mail|newsletter/, "mail"],
  [/phone|call|hotline|telephone/, "phone"],
  [/chat|messag|whatsapp|sms|bot/, "chat"],
  [/app\b|mobile|ios|android/, "mobile"],
  [/web|portal|online|internet|search|browser/, "web"],
  [/store|shop|branch|house|site\b|location|desk|counter|room/, "store"],
  [/letter|post|paper|print/, "letter"],
  [/meeting|visit|person|sales|agent|advis/, "meeting"],
  [/social|facebook|instagram|linkedin|community|ads?\b/, "social"],
];

/** The drawing of a channel, by what it is called. */
export function channelIcon(said: string): IconName {
  const words = said.toLowerCase();
  return CHANNELS.find(([pattern]) => pattern.test(words))?.[1] ?? "tag";
}
