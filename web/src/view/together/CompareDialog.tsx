import { useState } from "react";
import type { MapChange } from "~/contract/api";
import type { MapData } from "~/maps/compare";
import { counted } from "~/maps/words";
import { Busy, Button, Dialog, Empty, Fault, Icon, Select, Tabs } from "../kit";
import type { PanelProps } from "../panel";
import { ago } from "../when";
import { DiffBoard, FATES } from "./DiffBoard";
import { goTo, placeOf } from "./places";
import { RestoreQuestion } from "./RestoreQuestion";
import { useCompared, useVersions } from "./useVersions";

const NOW = "now";

/** `desk.show("compare", { from, to })`: two states of the map, as one board and as a list of sentences. */
export default function CompareDialog({ desk, session, mapId, close, more }: PanelProps) {
  const given = (more ?? {}) as { from?: string; to?: string };
  const versions = useVersions(session, mapId);
  const [from, setFrom] = useState(given.from ?? "");
  const [to, setTo] = useState(given.to ?? NOW);
  const [tab, setTab] = useState<"board" | "list">(() => (matchMedia("(min-width: 640px)").matches ? "board" : "list"));
  const [restoring, setRestoring] = useState(false);
  const compared = useCompared(mapId, from, to);
  const all = versions.data ?? [];
  const options = all.map((one) => ({ value: one.id, title: `${one.title} · ${ago(one.at)}` }));
  const older = all.find((one) => one.id === from);
  const changes = compared.data?.changes ?? [];
  return (
    <Dialog
      title="Compare versions"
      size="lg"
      onClose={close}
      footer={
        <>
          {desk.mayEdit && older && (
            <Button icon="restore" onClick={() => setRestoring(true)}>
              Restore “{older.title}”
            </Button>
          )}
          <Button kind="primary" onClick={close}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex min-h-0 flex-col gap-3">
        <div className="flex flex-wrap items-end gap-2">
          <Select label="From" value={from} options={options} onChange={setFrom} className="min-w-0 flex-1 basis-52" />
          <Icon name="arrow-right" className="mb-2.5 text-ink-faint max-sm:hidden" />
          <Select
            label="To"
            value={to}
            options={[{ value: NOW, title: "The map as it is now" }, ...options]}
            onChange={setTo}
            className="min-w-0 flex-1 basis-52"
          />
        </div>
        {compared.isError && <Fault says={compared.error.message} retry={() => void compared.refetch()} />}
        {from === to && <Empty icon="history" title="That is the same version twice" />}
        {compared.isFetching && !compared.data && <Busy label="Comparing…" />}
        {compared.data && changes.length === 0 && (
          <Empty icon="check" title="No difference">
            Both say the same.
          </Empty>
        )}
        {compared.data && changes.length > 0 && (
          <Tabs
            label="How to look at the changes"
            tabs={[
              { id: "board", title: "Board", icon: "board" },
              { id: "list", title: "List", icon: "outline", count: changes.length },
            ]}
            value={tab}
            onChange={setTab}
          >
            <div className="pt-3">
              {tab === "board" ? (
                <DiffBoard was={compared.data.before as MapData} is={compared.data.after as MapData} />
              ) : (
                <ChangeList
                  changes={changes}
                  desk={desk}
                  go={(id) => {
                    goTo(desk, id);
                    close();
                  }}
                />
              )}
            </div>
          </Tabs>
        )}
      </div>
      {restoring && older && (
        <RestoreQuestion mapId={mapId} version={older} close={() => setRestoring(false)} done={close} />
      )}
    </Dialog>
  );
}

const ORDER = ["added", "changed", "renamed", "moved", "removed"];

/** The changes in words, by what happened. */
function ChangeList({
  changes,
  desk,
  go,
}: {
  changes: readonly MapChange[];
  desk: PanelProps["desk"];
  go?: (id: string) => void;
}) {
  return (
    <div className="space-y-4">
      {ORDER.map((kind) => {
        const some = changes.filter((one) => one.kind === kind);
        if (!some.length) return null;
        const looks = FATES[kind === "renamed" ? "changed" : (kind as keyof typeof FATES)];
        return (
          <section key={kind} aria-label={`${counted(some.length, "change")}: ${kind}`}>
            <h3 className={`mb-1 flex items-center gap-1.5 text-sm font-semibold ${looks.tone}`}>
              <Icon name={looks.icon} size={15} />
              {kind === "renamed" ? "Renamed" : looks.title}
              <span className="font-normal text-ink-soft">{some.length}</span>
            </h3>
            <ul className="divide-y divide-line rounded-lg border border-line">
              {some.map((one) => (
                <li key={`${one.id} ${one.field} ${one.says}`} className="flex items-center gap-2 px-3 py-2">
                  <span className="min-w-0 flex-1 wrap-anywhere">{one.says}</span>
                  {go && desk.map.get(one.id) && !placeOf(desk.map, one.id).gone && (
                    <Button kind="quiet" size="sm" onClick={() => go(one.id)}>
                      Show
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
