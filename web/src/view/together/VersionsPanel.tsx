import { type FormEvent, useState } from "react";
import type { VersionCard } from "~/contract/api";
import {
  announce,
  Button,
  Chip,
  Empty,
  Fault,
  Field,
  Icon,
  IconButton,
  Menu,
  MenuItem,
  Panel,
  Skeleton,
  useFocusBack,
} from "../kit";
import type { PanelProps } from "../panel";
import { dayOf, instant, timeOfDay } from "../when";
import { RestoreQuestion } from "./RestoreQuestion";
import { useKeepVersion, useRenameVersion, useVersions } from "./useVersions";

/** Why there is a version that nobody asked for. */
const KINDS: Readonly<Record<string, string>> = {
  "before-restore": "Before a restore",
  restored: "Restored",
  "before-import": "Before an import",
  imported: "Imported",
  daily: "Kept daily",
};

/** The map as it was: keep it under a name, compare, bring it back. */
export default function VersionsPanel({ desk, session, mapId, close }: PanelProps) {
  const versions = useVersions(session, mapId);
  const [restoring, setRestoring] = useState<VersionCard>();
  const all = versions.data ?? [];
  const days = new Map<string, VersionCard[]>();
  for (const one of all) days.set(dayOf(one.at), [...(days.get(dayOf(one.at)) ?? []), one]);
  return (
    <Panel title="Versions" close={close}>
      {desk.mayEdit && <Keep mapId={mapId} />}
      <div className="space-y-5 p-4">
        {versions.isError && <Fault says={versions.error.message} retry={() => void versions.refetch()} />}
        {versions.isPending && (
          <>
            <Skeleton className="h-16 w-full" />
            <Skeleton className="h-16 w-full" />
          </>
        )}
        {versions.data && all.length === 0 && (
          <Empty icon="history" title="No versions yet">
            {desk.mayEdit
              ? "Keep one before a workshop or a review. You can compare it with any other and bring it back."
              : "Whoever may edit the map can keep it under a name."}
          </Empty>
        )}
        {[...days].map(([day, some]) => (
          <section key={day} className="space-y-1.5">
            <h3 className="text-xs font-semibold text-ink-soft">{day}</h3>
            <ol className="relative space-y-1 before:absolute before:top-3 before:bottom-3 before:left-[0.6875rem] before:w-px before:bg-line">
              {some.map((one) => (
                <Row
                  key={one.id}
                  one={one}
                  older={all[all.indexOf(one) + 1]}
                  {...{ desk, mapId }}
                  restore={() => setRestoring(one)}
                />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {restoring && <RestoreQuestion mapId={mapId} version={restoring} close={() => setRestoring(undefined)} />}
    </Panel>
  );
}

function Keep({ mapId }: { mapId: string }) {
  const keep = useKeepVersion(mapId);
  const [title, setTitle] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    const said = title.trim();
    if (!said) return;
    keep.mutate(said, {
      onSuccess: () => {
        setTitle("");
        announce(`“${said}” is kept.`);
      },
    });
  };
  return (
    <form onSubmit={send} className="flex items-end gap-2 border-b border-line p-4">
      <Field
        label="Keep the map as it is now"
        placeholder="Such as “Agreed in the review”"
        value={title}
        maxLength={200}
        onChange={setTitle}
        error={keep.error?.message}
        className="min-w-0 flex-1"
      />
      <Button type="submit" kind="primary" busy={keep.isPending} disabled={!title.trim()}>
        Keep
      </Button>
    </form>
  );
}

interface RowGiven {
  one: VersionCard;
  older: VersionCard | undefined;
  desk: PanelProps["desk"];
  mapId: string;
  restore: () => void;
}

function Row({ one, older, desk, mapId, restore }: RowGiven) {
  const [naming, setNaming] = useState(false);
  const more = useFocusBack<HTMLSpanElement>(naming);
  const compare = (from: string, to: string) => desk.show("compare", { from, to });
  return (
    <li className="relative flex gap-3">
      <span className="relative mt-2 flex size-6 shrink-0 items-center justify-center rounded-full border border-line bg-sheet text-ink-soft">
        <Icon name={one.kind === "named" ? "flag" : "history"} size={13} />
      </span>
      <div className="min-w-0 flex-1 rounded-lg px-2 py-1.5 hover:bg-sunken">
        <div className="flex items-start gap-1">
          {naming ? (
            <Rename one={one} mapId={mapId} done={() => setNaming(false)} />
          ) : (
            <p className="min-w-0 flex-1 pt-0.5 font-medium wrap-anywhere">{one.title}</p>
          )}
          <Menu
            label={`Version ${one.title}`}
            button={(own) => (
              <span ref={more} className="flex">
                <IconButton {...own} icon="more" label={`More about “${one.title}”`} size="sm" />
              </span>
            )}
          >
            <MenuItem icon="eye" onSelect={() => compare(one.id, "now")}>
              Compare with now
            </MenuItem>
            {older && (
              <MenuItem icon="history" onSelect={() => compare(older.id, one.id)}>
                Compare with the one before
              </MenuItem>
            )}
            {desk.mayEdit && (
              <>
                <MenuItem icon="edit" onSelect={() => setNaming(true)}>
                  Rename
                </MenuItem>
                <MenuItem icon="restore" onSelect={restore}>
                  Restore
                </MenuItem>
              </>
            )}
          </Menu>
        </div>
        <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-ink-soft">
          <time dateTime={one.at} data-tip={instant(one.at)}>
            {timeOfDay(one.at)}
          </time>
          {one.made_by && <span>· {one.made_by}</span>}
          {KINDS[one.kind] && <Chip>{KINDS[one.kind]}</Chip>}
        </p>
        <div className="-ml-2.5 flex flex-wrap">
          <Button kind="quiet" size="sm" onClick={() => compare(one.id, "now")}>
            Compare with now
          </Button>
          {desk.mayEdit && (
            <Button kind="quiet" size="sm" onClick={restore}>
              Restore
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

function Rename({ one, mapId, done }: { one: VersionCard; mapId: string; done: () => void }) {
  const rename = useRenameVersion(mapId);
  const [title, setTitle] = useState(one.title);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const said = title.trim();
    if (rename.isPending) return;
    if (!said || said === one.title) done();
    else rename.mutate({ id: one.id, title: said }, { onSuccess: done });
  };
  return (
    <form onSubmit={send} className="min-w-0 flex-1">
      <Field
        label="Name of the version"
        hideLabel
        value={title}
        maxLength={200}
        onChange={setTitle}
        error={rename.error?.message}
        autoFocus
        onBlur={send}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          done();
        }}
      />
    </form>
  );
}
