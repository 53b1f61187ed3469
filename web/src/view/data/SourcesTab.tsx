import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DataHeld, ImportMade, SourceHeld } from "~/contract/api";
import { sayCount, sayMany } from "~/overlay/say";
import type { Asked } from "~/session/answers";
import { ask } from "~/session/api";
import { announce, Button, Chip, Dialog, Fault, Icon } from "../kit";
import { Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { ago, instant } from "../when";
import type { DataTab } from "./DataView";
import { Grid } from "./Grid";
import { NoData } from "./NoData";

interface Props extends PanelProps {
  asked: Asked<DataHeld> & { again: () => void };
  go: (tab: DataTab) => void;
}

/** Which sources there are, how fresh each is, what fell silent; and every import, of which the last can be undone. */
export function SourcesTab({ asked, desk, go }: Props) {
  const nothing = asked.fault?.code === "no-data" || asked.answer?.counts.imports === 0;
  if (nothing) return <NoData mayEdit={desk.mayEdit} go={go} />;
  return (
    <Waiting asked={asked} what="the data" bring={() => go("bring")}>
      {(held) => (
        <div className="space-y-8">
          <Silences held={held} />
          <section aria-labelledby="data-sources">
            <h2 id="data-sources" className="mb-2 font-semibold">
              Sources
            </h2>
            <Grid
              label="Rows of each source"
              heads={["Source", "Rows#", "First day", "Last day", "State"]}
              rows={held.sources.map((one) => ({ key: one.source, cells: sourceCells(one, held.usual_days) }))}
            />
          </section>
          <section aria-labelledby="data-imports">
            <h2 id="data-imports" className="mb-2 font-semibold">
              Imports
            </h2>
            <ul className="space-y-2">
              {held.imports.map((one) => (
                <Made key={one.id} made={one} mayEdit={desk.mayEdit} again={asked.again} go={go} />
              ))}
            </ul>
          </section>
        </div>
      )}
    </Waiting>
  );
}

function Silences({ held }: { held: DataHeld }) {
  const now = held.silences.filter((one) => one.until === null);
  const past = held.silences.filter((one) => one.until !== null);
  return (
    <>
      {now.map((one) => (
        <p
          key={`${one.source} ${one.since}`}
          className="flex items-start gap-2.5 rounded-lg bg-coral-soft px-3.5 py-2.5 text-coral"
        >
          <Icon name="warning" className="mt-0.5" />
          <span>
            <strong>{one.kind === "thin" ? "Runs thin" : "Silent"}:</strong> {one.says} Check its export; until it comes
            again, what it feeds is not judged.
          </span>
        </p>
      ))}
      {past.length > 0 && (
        <details>
          <summary className="min-h-6 cursor-pointer text-sm text-ink-soft">Gaps that are over ({past.length})</summary>
          <ul className="mt-2 list-disc space-y-1 pl-5 text-sm">
            {past.map((one) => (
              <li key={`${one.source} ${one.since}`}>{one.says}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function sourceCells(one: SourceHeld, usual: number) {
  return [
    <details key="source">
      <summary className="min-h-6 cursor-pointer font-medium">{one.source}</summary>
      <ul className="mt-1 space-y-0.5 pl-4 text-sm text-ink-soft">
        {one.events.map((each) => (
          <li key={each.event ?? ""}>
            {each.event ?? "answers"}: {sayMany(each.rows, "row")}, the last on {each.last}
          </li>
        ))}
      </ul>
    </details>,
    sayCount(one.rows),
    <span key="first" className="whitespace-nowrap">
      {one.first}
    </span>,
    <span key="last" className="whitespace-nowrap">
      {one.last}
    </span>,
    <State key="state" one={one} usual={usual} />,
  ];
}

/** What there is to say of a source; so many days without a row are `usual`. */
function State({ one: { silence, last }, usual }: { one: SourceHeld; usual: number }) {
  if (silence)
    return (
      <Chip tone="coral" icon="warning" tip={silence.says}>
        {silence.kind === "thin" ? "Thin" : "Silent"} since {silence.since}
      </Chip>
    );
  const days = Math.floor((Date.now() - Date.parse(last)) / 86_400_000);
  if (days > usual)
    return (
      <Chip tone="amber" icon="timer" tip="Until then it came as usual.">
        Ended {sayCount(days)} days ago
      </Chip>
    );
  return (
    <Chip tone="leaf" icon="check">
      As usual
    </Chip>
  );
}

function Made({
  made,
  mayEdit,
  again,
  go,
}: {
  made: ImportMade;
  mayEdit: boolean;
  again: () => void;
  go: (tab: DataTab) => void;
}) {
  const [asks, setAsks] = useState(false);
  const names = made.files.map((one) => one.name).join(", ");
  return (
    <li className="rounded-lg border border-line bg-sheet px-3.5 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="font-medium" data-tip={instant(made.at)}>
          {ago(made.at)}
        </span>
        <span className="text-sm text-ink-soft">recipe {made.recipe}</span>
        {made.replayed && <Chip icon="repeat">Refused rows taken up again</Chip>}
        <span className="ml-auto flex items-center gap-1.5">
          {made.refused > 0 && !made.replayed && (
            <Button size="sm" kind="quiet" icon="warning" onClick={() => go("refused")}>
              {sayCount(made.refused)} refused
            </Button>
          )}
          {mayEdit && made.undoable && (
            <Button size="sm" icon="undo" onClick={() => setAsks(true)}>
              Undo
            </Button>
          )}
        </span>
      </div>
      <p className="mt-1 text-sm text-ink-soft">
        {sayMany(made.read, "row")} read: {sayCount(made.accepted)} accepted, {sayCount(made.refused)} refused,{" "}
        {sayCount(made.duplicates)} known already. New: {sayMany(made.events, "event")},{" "}
        {sayMany(made.feedback, "answer")}, {sayMany(made.customers, "customer")}.
      </p>
      <details className="mt-1 text-sm text-ink-soft">
        <summary className="min-h-6 cursor-pointer">
          {made.files.length === 1 ? names : `${made.files.length} files`}
        </summary>
        <ul className="mt-1 pl-4">
          {made.files.map((one) => (
            <li key={`${one.name} ${one.sha256}`} className="break-all">
              {one.name}: {sayMany(one.rows, "row")}
            </li>
          ))}
        </ul>
      </details>
      {asks && <UndoDialog made={made} again={again} close={() => setAsks(false)} />}
    </li>
  );
}

function UndoDialog({ made, again, close }: { made: ImportMade; again: () => void; close: () => void }) {
  const undo = useMutation({
    mutationFn: () => ask("POST /api/data/imports/{import_id}/undo", { path: { import_id: made.id } }),
    onSuccess: () => {
      close();
      again();
      announce("The import is undone.");
    },
  });
  return (
    <Dialog
      title="Undo this import?"
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button kind="danger" icon="undo" busy={undo.isPending} onClick={() => undo.mutate()}>
            Undo the import
          </Button>
        </>
      }
    >
      <p>
        {sayMany(made.events, "event")}, {sayMany(made.feedback, "answer")} and {sayMany(made.customers, "customer")}{" "}
        that came with it go. All numbers are then as they were before it, for everybody. To have it again, import its
        files again.
      </p>
      {undo.error && (
        <div className="mt-3">
          <Fault says={undo.error.message} />
        </div>
      )}
    </Dialog>
  );
}
