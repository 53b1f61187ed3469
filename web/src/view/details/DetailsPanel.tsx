import { type ReactNode, useEffect, useRef } from "react";
import type { Desk } from "~/commands/command";
import { KINDS, nameOf } from "~/maps/kinds";
import type { Section } from "~/maps/shape";
import type { MapSession } from "~/session/session";
import { IconButton } from "../kit/Button";
import { Panel } from "../kit/Panel";
import { useRecord } from "../useMap";
import { RecordDetails } from "./RecordDetails";
import { Trail } from "./Trail";

interface Props {
  desk: Desk;
  session: MapSession;
  mapId: string;
  close: () => void;
}

/** Everything about what is selected; about the map as a whole when nothing is. */
export default function DetailsPanel({ desk, mapId, close }: Props): ReactNode {
  const id = desk.selection.ids.at(-1) ?? null;
  const record = useRecord(id ?? "");
  const live = record && !record.deleted ? record.id : null;
  const body = useRef<HTMLDivElement>(null);
  const was = useRef(live);
  useEffect(() => {
    body.current?.parentElement?.scrollTo(0, 0);
    // After what was shown is deleted, the keyboard goes on from here.
    if (was.current !== live && document.activeElement === document.body) body.current?.focus({ preventScroll: true });
    was.current = live;
  }, [live]);
  const many = desk.selection.ids.length;
  const section = (record?.section ?? "touchpoints") as Section;
  return (
    <Panel
      title={live ? KINDS[section].one : "This map"}
      close={close}
      actions={
        live && (
          <>
            <IconButton
              size="sm"
              icon="comment"
              label={`Comments on ${nameOf(record)}`}
              onClick={() => desk.show("comments", live)}
            />
            <IconButton size="sm" icon="flag" label="About the map as a whole" onClick={() => desk.select([])} />
          </>
        )
      }
    >
      <div ref={body} tabIndex={-1} className="outline-none">
        {many > 1 && (
          <p className="border-b border-line bg-sunken px-4 py-2 text-sm text-ink-soft">
            {many} are selected. These are the details of the last one.
          </p>
        )}
        {live && <Trail desk={desk} id={live} />}
        <RecordDetails key={live} desk={desk} id={live} mapId={mapId} onGone={() => desk.select([])} />
      </div>
    </Panel>
  );
}
