import { useState, useSyncExternalStore } from "react";
import { counted } from "~/maps/words";
import { Chip, Empty, Icon, Panel, Segments } from "../kit";
import type { PanelProps } from "../panel";
import { goTo, placeOf } from "./places";
import { type Remark, remarksOf } from "./remarks";
import { wayOut } from "./ways";

type Which = "all" | Remark["severity"];

const SEVERITIES: readonly {
  id: Remark["severity"];
  title: string;
  about: string;
  tone: string;
  icon: "error" | "warning" | "info";
}[] = [
  { id: "error", title: "Errors", about: "Something on the map cannot work.", tone: "text-coral", icon: "error" },
  { id: "warning", title: "Warnings", about: "People will be misled.", tone: "text-amber", icon: "warning" },
  { id: "hint", title: "Hints", about: "The map could say more.", tone: "text-ink-soft", icon: "info" },
];

/** What the checks say about the map, as it is now. */
export default function RemarksPanel({ desk, session, close }: PanelProps) {
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const [which, setWhich] = useState<Which>("all");
  const { all } = remarksOf(state);
  const here = desk.selection.ids.at(-1);
  const shown = which === "all" ? all : all.filter((one) => one.severity === which);
  const near = shown.filter((one) => one.record === here);
  const far = shown.filter((one) => one.record !== here);
  return (
    <Panel title="Remarks" close={close}>
      <div className="space-y-4 p-3">
        <p className="text-sm text-ink-soft">
          Checks read the map after each edit. They remark on what is missing or cannot be; nothing is changed.
        </p>
        <Segments
          label="Which remarks"
          tabs={[{ id: "all", title: "All" }, ...SEVERITIES.map(({ id, title }) => ({ id, title }))]}
          value={which}
          onChange={setWhich}
        />
        {near.length > 0 && (
          <section className="space-y-2">
            <h3 className="truncate text-xs font-semibold text-ink-soft">On “{placeOf(desk.map, here!).name}”</h3>
            <Rows remarks={near} desk={desk} close={close} />
          </section>
        )}
        {SEVERITIES.map((one) => {
          const found = far.filter((remark) => remark.severity === one.id);
          if (!found.length) return null;
          return (
            <section key={one.id} className="space-y-2">
              <h3 className="flex items-center gap-1.5 text-sm font-semibold">
                <Icon name={one.icon} size={16} className={one.tone} />
                {one.title} <Chip>{found.length}</Chip>
                <span className="ml-auto text-xs font-normal text-ink-faint">{one.about}</span>
              </h3>
              <Rows remarks={found} desk={desk} close={close} />
            </section>
          );
        })}
        {shown.length === 0 && (
          <Empty icon="check" title={all.length ? "None of these" : "Nothing to remark"}>
            {all.length
              ? `${counted(all.length, "remark")} of another kind.`
              : "The checks find nothing amiss in this map."}
          </Empty>
        )}
      </div>
    </Panel>
  );
}

function Rows({ remarks, desk, close }: { remarks: readonly Remark[] } & Pick<PanelProps, "desk" | "close">) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
      {remarks.map((one) => {
        const { name, icon, gone } = placeOf(desk.map, one.record);
        const { tone, icon: sign, title } = SEVERITIES.find((kind) => kind.id === one.severity)!;
        return (
          <li key={`${one.check} ${one.record} ${one.says}`}>
            <button
              type="button"
              disabled={gone || !desk.map.get(one.record)}
              onClick={() => goTo(desk, one.record, close)}
              className="flex w-full gap-2.5 px-3 py-2.5 text-left hover:enabled:bg-sunken focus-visible:outline-offset-[-2px]"
            >
              <Icon name={sign} size={16} className={`mt-0.5 ${tone}`} />
              <span className="min-w-0 flex-1">
                <span className="sr-only">{title.slice(0, -1)}: </span>
                <span className="block text-base wrap-anywhere">{one.says}</span>
                {wayOut(one) && <span className="mt-0.5 block text-sm text-ink-soft">{wayOut(one)}</span>}
                <span className="mt-1 flex items-center gap-1 text-xs font-medium text-spruce">
                  <Icon name={icon} size={13} />
                  <span className="truncate">{name}</span>
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
