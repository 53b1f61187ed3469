import { useCallback, useEffect, useState } from "react";
import type { DataHeld } from "~/contract/api";
import { sayMany } from "~/overlay/say";
import { Chip, View } from "../kit";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { instant, sayFresh } from "../when";
import { BindingTab } from "./BindingTab";
import { BringTab } from "./BringTab";
import { RefusedTab } from "./RefusedTab";
import { SourcesTab } from "./SourcesTab";

const TABS = [
  { id: "sources", title: "Sources", icon: "table" },
  { id: "bring", title: "Bring in", icon: "upload" },
  { id: "refused", title: "Refused rows", icon: "warning" },
  { id: "binding", title: "Binding", icon: "link" },
] as const;

export type DataTab = (typeof TABS)[number]["id"];

/** The workspace's data: what is there, files brought in, what was refused, and how the map is bound to it. */
export default function WorkspaceData(props: PanelProps) {
  const { more } = props;
  const [tab, setTab] = useState<DataTab>("sources");
  const wanted = TABS.find(({ id }) => id === (more as { tab?: DataTab } | undefined)?.tab)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same tab may be wanted once more
  useEffect(() => {
    if (wanted) setTab(wanted);
  }, [more]);
  const onFound = useCallback(() => setTab(wanted ?? "bring"), [wanted]);
  const asked = useAnswer({ operation: "GET /api/data" });
  return (
    <View
      title="Data"
      about={asked.answer && <Held held={asked.answer} />}
      pages={{ label: "Data", tabs: TABS, value: tab, onChange: setTab }}
    >
      {tab === "sources" && <SourcesTab {...props} asked={asked} go={setTab} />}
      <div hidden={tab !== "bring"}>
        <BringTab {...props} onDone={asked.again} onFound={onFound} go={setTab} />
      </div>
      {tab === "refused" && <RefusedTab {...props} asked={asked} go={setTab} />}
      {tab === "binding" && <BindingTab {...props} go={setTab} />}
    </View>
  );
}

/** How much there is, and until when. */
function Held({ held: { counts, first, last, tier, silences } }: { held: DataHeld }) {
  const silent = silences.some((one) => one.until === null);
  return (
    <span className="flex flex-wrap gap-1.5 pt-1">
      <Chip>{sayMany(counts.events, "event")}</Chip>
      <Chip>{sayMany(counts.customers, "customer")}</Chip>
      <Chip>{sayMany(counts.feedback, "answer")}</Chip>
      {first && last && (
        <Chip icon="history" tip={`${instant(first)} to ${instant(last)}`}>
          {sayFresh(last)}
        </Chip>
      )}
      <Chip tip="How texts are read: by the tier of this name">Texts: {tier}</Chip>
      {silent && (
        <Chip tone="coral" icon="warning">
          A source is silent
        </Chip>
      )}
    </span>
  );
}
