import { useState } from "react";
import { type Tab, View } from "../kit";
import type { PanelProps } from "../panel";
import { ChannelsTab } from "./ChannelsTab";
import { DriversTab } from "./DriversTab";
import { EffortTab } from "./EffortTab";
import { ScoresTab } from "./ScoresTab";
import { TopicsTab } from "./TopicsTab";

type Page = "topics" | "scores" | "drivers" | "channels" | "effort";

const TABS: readonly Tab<Page>[] = [
  { id: "topics", title: "Topics", icon: "tag" },
  { id: "scores", title: "Scores", icon: "chart" },
  { id: "drivers", title: "Drivers", icon: "star" },
  { id: "channels", title: "Channels", icon: "branch" },
  { id: "effort", title: "Effort", icon: "pain" },
];

const PAGES = { topics: TopicsTab, scores: ScoresTab, drivers: DriversTab, channels: ChannelsTab, effort: EffortTab };

/** What customers say: of what, how well they like it and since when, what moves them, and how hard it was for them. */
export default function VoiceView({ desk, session, mapId, more }: PanelProps) {
  const [page, setPage] = useState<Page>(() => TABS.find(({ id }) => id === more)?.id ?? "topics");
  const Shown = PAGES[page];
  return (
    <View
      title="Voice"
      about="What customers say: of what, how well they like it, what moves them, and how hard it was for them."
      pages={{ label: "What of the voice", tabs: TABS, value: page, onChange: setPage }}
    >
      <Shown desk={desk} session={session} mapId={mapId} />
    </View>
  );
}
