import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Desk } from "~/commands/command";
import { addRecord, KINDS, nameOf } from "~/maps/kinds";
import { mentionsOf, sayMentions } from "~/maps/links";
import type { Fields, Stored } from "~/maps/shape";
import type { MapSession } from "~/session/session";
import { LISTED, type Listed } from "../details/ListsHere";
import { pictureAddress } from "../details/pictures";
import { RecordDetails } from "../details/RecordDetails";
import { Button } from "../kit/Button";
import { BOX } from "../kit/Field";
import { Icon } from "../kit/Icon";
import { Panel } from "../kit/Panel";
import { Empty } from "../kit/States";
import { Tabs } from "../kit/Tabs";
import { SECTION_ICONS } from "../sectionIcons";
import { useAnything, useRecord, useSection } from "../useMap";

interface Props {
  desk: Desk;
  session: MapSession;
  mapId: string;
  close: () => void;
  /** Which list, or which record in one. */
  more?: unknown;
}

/** What the map lists beside its drawing: personas, teams, channels, systems, campaigns. */
export default function PeoplePanel({ desk, mapId, close, more }: Props): ReactNode {
  const [section, setSection] = useState<Listed>("personas");
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    if (typeof more !== "string") return;
    const record = desk.map.get(more);
    const wanted = (record?.section ?? more) as Listed;
    if (!LISTED.includes(wanted)) return;
    setSection(wanted);
    setOpen(record ? more : null);
  }, [more, desk.map]);
  const record = useRecord(open ?? "");
  const opened = record && !record.deleted ? record.id : null;
  if (opened)
    return (
      <Panel title={KINDS[section].one} close={close}>
        <div className="px-2 pt-2">
          <Button size="sm" kind="quiet" icon="arrow-left" onClick={() => setOpen(null)}>
            {KINDS[section].many}
          </Button>
        </div>
        <RecordDetails key={opened} desk={desk} id={opened} mapId={mapId} onGone={() => setOpen(null)} />
      </Panel>
    );
  return (
    <Panel title="People and lists" close={close}>
      <Tabs
        label="Lists"
        className="sticky top-0 z-1 bg-sheet px-2"
        tabs={LISTED.map((id) => ({ id, title: KINDS[id].many }))}
        value={section}
        onChange={setSection}
      >
        <List key={section} desk={desk} section={section} mapId={mapId} onOpen={setOpen} />
      </Tabs>
    </Panel>
  );
}

function List({
  desk,
  section,
  mapId,
  onOpen,
}: {
  desk: Desk;
  section: Listed;
  mapId: string;
  onOpen: (id: string) => void;
}): ReactNode {
  const all = useSection(section);
  useAnything();
  return (
    <div className="flex flex-col gap-2 p-3">
      {all.length === 0 && (
        <Empty icon={SECTION_ICONS[section]} title={`No ${KINDS[section].many.toLowerCase()} yet`}>
          {KINDS[section].about}
        </Empty>
      )}
      <ul className="flex flex-col gap-2">
        {all.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="flex min-h-14 w-full items-center gap-3 rounded-lg border border-line bg-raised px-3 py-2 text-left hover:border-line-strong"
              onClick={() => onOpen(one.id)}
            >
              <Face record={one} section={section} mapId={mapId} />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{nameOf(one)}</span>
                <span className="block truncate text-sm text-ink-soft">
                  {about(one) || used(sayMentions(mentionsOf(desk.map, one.id)))}
                </span>
              </span>
              <Icon name="chevron-right" size={16} className="text-ink-faint" />
            </button>
          </li>
        ))}
      </ul>
      {desk.mayEdit && <Add desk={desk} section={section} onOpen={onOpen} />}
    </div>
  );
}

function Face({ record, section, mapId }: { record: Stored; section: Listed; mapId: string }): ReactNode {
  const { image } = record as unknown as { image?: string };
  const address = image ? pictureAddress(mapId, image) : undefined;
  if (address) return <img src={address} alt="" className="size-9 shrink-0 rounded-full object-cover" />;
  return (
    <span className="grid size-9 shrink-0 place-items-center rounded-full bg-sunken text-ink-soft">
      <Icon name={SECTION_ICONS[section]} />
    </span>
  );
}

function about(record: Stored): string {
  const fields = record as unknown as Fields;
  return String(fields.quote ?? fields.about ?? fields.contact ?? "");
}

function used(named: string): string {
  return named ? `Used by ${named}` : "Not used yet";
}

/** A new one: a name and Enter; the next one can be typed at once. */
function Add({ desk, section, onOpen }: { desk: Desk; section: Listed; onOpen: (id: string) => void }): ReactNode {
  const [title, setTitle] = useState("");
  const ref = useRef<HTMLInputElement>(null);
  const kind = KINDS[section].one.toLowerCase();
  const add = (): string => {
    let made = "";
    desk.edit(`Add ${kind}`, (map) => {
      made = addRecord(map, section, { title: title.trim() });
    });
    setTitle("");
    desk.announce(`Added “${title.trim()}”.`);
    return made;
  };
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!title.trim()) return ref.current?.focus();
        const made = add();
        if (section === "personas") onOpen(made);
      }}
    >
      <input
        ref={ref}
        aria-label={`Name of a new ${kind}`}
        placeholder={`New ${kind}`}
        value={title}
        className={`${BOX} h-9`}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button type="submit" icon="plus">
        Add
      </Button>
    </form>
  );
}
