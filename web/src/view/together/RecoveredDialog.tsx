import { useMemo, useState, useSyncExternalStore } from "react";
import * as Y from "yjs";
import type { Comment, Comments } from "~/maps/comments";
import { MapDocument } from "~/maps/document";
import { type Difference, differences, lostComments, putBack } from "~/maps/recover";
import type { Writer } from "~/maps/said";
import { counted } from "~/maps/words";
import type { RecoveredCopy } from "~/session/store";
import { saveAs } from "../exchange/download";
import { announce, Button, Chip, Dialog, Empty, Icon, Tick } from "../kit";
import type { PanelProps } from "../panel";
import { instant } from "../when";
import { FATES } from "./DiffBoard";
import { fieldWord } from "./edits";
import { placeOf } from "./places";
import { besideOf } from "./shared";
import { useMe } from "./useTogether";
import { WasIs } from "./WasIs";

/** `desk.show("recovered")`: changes that the server would not take, kept in this browser until somebody decides. */
export default function RecoveredDialog({ desk, session, close }: PanelProps) {
  const { recovered } = useSyncExternalStore(session.subscribe, session.getState);
  const [chosen, setChosen] = useState(0);
  const copy = recovered[Math.min(chosen, recovered.length - 1)];
  return (
    <Dialog
      title="Recovered copy"
      size="md"
      onClose={close}
      about="Some of your changes were not taken. They are kept in this browser, and nothing is lost."
    >
      {!copy && (
        <Empty icon="check" title="Nothing is left to recover">
          The map holds what you decided to put back.
        </Empty>
      )}
      {recovered.length > 1 && (
        <div className="mb-3 flex flex-wrap gap-2">
          {recovered.map((one, place) => (
            <Button key={one.key} size="sm" aria-pressed={one === copy} onClick={() => setChosen(place)}>
              {instant(one.at)}
            </Button>
          ))}
        </div>
      )}
      {copy && <Copy key={copy.key} copy={copy} desk={desk} session={session} />}
    </Dialog>
  );
}

function Copy({ copy, desk, session }: { copy: RecoveredCopy } & Pick<PanelProps, "desk" | "session">) {
  const me = useMe(session);
  const held = useMemo(() => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, copy.update);
    return new MapDocument(doc);
  }, [copy]);
  const all = useMemo(() => differences(held, session.map), [held, session]);
  const comments = useMemo(
    () => (me ? lostComments(besideOf(held).comments, besideOf(session.map).comments, me) : []),
    [held, session, me],
  );
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(all.filter((one) => one.kind !== "removed").map((one) => one.id)),
  );
  const mayPut = desk.mayEdit && ticked.size > 0;
  const put = () => {
    const some = all.filter((one) => ticked.has(one.id));
    if (desk.mayEdit) putBack(session.map, held, some);
    if (me?.mayComment) for (const one of comments) sayAgain(besideOf(session.map).comments, one, me);
    void session.drop(copy);
    announce(`${counted(some.length, "change")} put back. Undo takes them out again.`);
  };
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  };
  return (
    <div className="space-y-4">
      <p className="flex items-start gap-2 rounded-lg bg-amber-soft px-3 py-2 text-amber">
        <Icon name="warning" className="mt-0.5" />
        <span>
          {copy.says} <span className="whitespace-nowrap">({instant(copy.at)})</span>
        </span>
      </p>
      {all.length + comments.length === 0 ? (
        <p>The map says the same as this copy now. You can let go of the copy.</p>
      ) : (
        <fieldset>
          <legend className="mb-2 text-sm font-medium">Put back into the map as it is now</legend>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {all.map((one) => (
              <li key={one.id || "head"} className="px-3 py-1.5">
                <Tick
                  checked={ticked.has(one.id)}
                  disabled={!desk.mayEdit}
                  onChange={(on) => tick(one.id, on)}
                  label={<Name one={one} />}
                />
                <Fields one={one} />
              </li>
            ))}
            {comments.map((one) => (
              <li key={one.id} className="flex items-start gap-2 px-3 py-2">
                <Icon name="comment" size={16} className="mt-0.5 text-sky" />
                <span>
                  Your comment on {placeOf(session.map, one.at).name}: {one.says}
                </span>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button kind="danger" icon="trash" onClick={() => void session.drop(copy)}>
          Let go of the copy
        </Button>
        <Button icon="download" onClick={() => save(held, copy)}>
          Save as a file
        </Button>
        <Button kind="primary" icon="restore" disabled={!mayPut && !comments.length} onClick={put}>
          Put back {ticked.size > 0 && counted(ticked.size, "change")}
        </Button>
      </div>
    </div>
  );
}

/** In its thread, where that is there. */
function sayAgain(comments: Comments, { at, thread, says, mentions }: Comment, me: Writer): void {
  const first = thread ? comments.get(thread) : undefined;
  if (first) comments.reply(first, { says, mentions }, me);
  else comments.begin(at, { says, mentions }, me);
}

function Name({ one }: { one: Difference }) {
  const looks = FATES[one.kind];
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-2">
      <span className="font-medium wrap-anywhere">{one.title}</span>
      <Chip icon={looks.icon} tone={one.kind === "added" ? "leaf" : one.kind === "removed" ? "coral" : "amber"}>
        {one.kind === "added"
          ? "Only in the copy"
          : one.kind === "removed"
            ? "Deleted in the copy"
            : "Other in the copy"}
      </Chip>
    </span>
  );
}

function Fields({ one }: { one: Difference }) {
  if (!one.fields.length) return null;
  return (
    <dl className="mb-1 ml-7 space-y-1 text-sm">
      {one.fields.map(({ name, now, copy }) => (
        <div key={name}>
          <dt className="text-xs text-ink-soft">{fieldWord(name)}</dt>
          <dd>
            {typeof (now ?? copy) === "string" ? (
              <WasIs was={String(now ?? "")} is={String(copy ?? "")} />
            ) : (
              <WasIs
                was={now === undefined ? "" : JSON.stringify(now)}
                is={copy === undefined ? "" : JSON.stringify(copy)}
              />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The copy as a file, for whoever wants to look at it elsewhere. */
function save(held: MapDocument, copy: RecoveredCopy): void {
  const records = [...held.doc.getMap("records").keys()].map((id) => held.get(id));
  const text = JSON.stringify({ at: copy.at, says: copy.says, map: held.getHead(), records }, null, 2);
  saveAs(`${copy.title || "map"} (recovered).json`, new Blob([text], { type: "application/json" }));
}
