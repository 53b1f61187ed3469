import { type ReactNode, useState } from "react";
import { duplicate } from "~/maps/edits";
import { KINDS, nameOf } from "~/maps/kinds";
import { removeRecord, sayConsequence } from "~/maps/links";
import type { Section } from "~/maps/shape";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { useMap } from "../useMap";
import { usePlace } from "./fields/place";
import { announceUndoable } from "./undoable";

/** What can be done to the record as a whole. Deleting asks first when something else goes or changes with it. */
export function Foot({ onGone }: { onGone: () => void }): ReactNode {
  const { id, desk, fields, mayEdit } = usePlace();
  const [asks, setAsks] = useState(false);
  const map = useMap();
  if (id === null) return null;
  if (!mayEdit)
    return desk.mayComment ? (
      <div className="border-t border-line px-4 py-4">
        <Button size="sm" icon="suggest" onClick={() => desk.show("suggest", { id })}>
          Suggest a change
        </Button>
      </div>
    ) : null;
  const kind = KINDS[fields.section as Section].one.toLowerCase();
  const title = nameOf(fields);
  const remove = () => {
    setAsks(false);
    desk.edit(`Delete ${kind}`, (now) => removeRecord(now, id));
    announceUndoable(desk, `Deleted “${title}”.`);
    onGone();
  };
  const copy = () => {
    let made: string[] = [];
    desk.edit(`Duplicate ${kind}`, (now) => {
      made = duplicate(now, [id]);
    });
    desk.select(made);
    desk.announce(`Duplicated “${title}”.`);
  };
  const drawn = ["stages", "touchpoints", "cards"].includes(String(fields.section));
  return (
    <div className="flex flex-wrap gap-2 border-t border-line px-4 py-4">
      {drawn && (
        <Button size="sm" icon="copy" onClick={copy}>
          Duplicate
        </Button>
      )}
      <Button size="sm" icon="trash" onClick={() => (sayConsequence(map, id) ? setAsks(true) : remove())}>
        Delete {kind}
      </Button>
      {asks && (
        <Dialog
          title={`Delete “${title}”?`}
          onClose={() => setAsks(false)}
          footer={
            <>
              <Button onClick={() => setAsks(false)}>Keep it</Button>
              <Button kind="danger" icon="trash" onClick={remove}>
                Delete
              </Button>
            </>
          }
        >
          <p>{sayConsequence(map, id)} Undo brings all of it back.</p>
        </Dialog>
      )}
    </div>
  );
}
