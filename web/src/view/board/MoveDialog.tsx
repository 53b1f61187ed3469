import { useState } from "react";
import type { Desk } from "~/commands/command";
import { sayWhat, subjects } from "~/commands/subjects";
import { drop } from "~/layout/drop";
import { LANE_ROWS } from "~/layout/lanes";
import { touchpointsOf } from "~/maps/edits";
import { nameOf } from "~/maps/kinds";
import type { MapCard, Touchpoint } from "~/maps/outline";
import type { Stored } from "~/maps/shape";
import { Button, Dialog, type Option, Select } from "../kit";

const WHOLE = "";

/** Moves what is selected to a place that is chosen from lists: what dragging does, by clicks. */
export default function MoveDialog({ desk, close }: { desk: Desk; close: () => void }) {
  const { map } = desk;
  const [records] = useState(() => subjects(desk));
  const first = records[0];
  const start = placeOf(desk, first);
  const [stage, setStage] = useState(start.stage);
  const [point, setPoint] = useState(start.point);
  const [lane, setLane] = useState(start.lane);
  const [side, setSide] = useState<"before" | "after">("after");
  if (!first) return null;
  const kind = first.section;
  const points = touchpointsOf(map, stage);
  const move = () => {
    desk.edit(`Move ${sayWhat(records)}`, () => {
      const holds = kind === "stages" ? stage : point || stage;
      const ids = records.map((one) => one.id);
      drop(map, ids, { lane, holds, stage, before: null, behind: side === "after" });
    });
    close();
    requestAnimationFrame(() => {
      const cursor = desk.board.now.cursor;
      if (cursor) desk.board.set({ cursor: { ...cursor, id: first.id } });
      desk.board.ask("follow");
    });
    desk.announce(`Moved ${sayWhat(records)}.`);
  };
  const stages = map.list("stages").map((one) => ({ value: one.id, title: nameOf(one) }));
  const whole = kind === "cards" || points.length === 0;
  const options: Option[] = [
    ...(whole ? [{ value: WHOLE, title: kind === "cards" ? "The whole stage" : "No touchpoints yet" }] : []),
    ...points.map((one) => ({ value: one.id, title: nameOf(one) })),
  ];
  return (
    <Dialog
      title={`Move ${sayWhat(records)}`}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" onClick={move}>
            Move
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {kind !== "cards" && <Side side={side} setSide={setSide} />}
        <Select
          label="Stage"
          value={stage}
          options={stages}
          onChange={(id) => {
            setStage(id);
            setPoint(kind === "cards" ? WHOLE : (touchpointsOf(map, id).at(-1)?.id ?? WHOLE));
          }}
        />
        {kind !== "stages" && <Select label="Touchpoint" value={point} options={options} onChange={setPoint} />}
        {kind === "cards" && (
          <Select
            label="Lane"
            value={lane}
            options={LANE_ROWS.filter((row) => row.lane).map((row) => ({ value: row.id, title: row.title }))}
            onChange={setLane}
          />
        )}
      </div>
    </Dialog>
  );
}

function Side({ side, setSide }: { side: "before" | "after"; setSide: (side: "before" | "after") => void }) {
  return (
    <Select
      label="Where"
      value={side}
      options={[
        { value: "before", title: "Before" },
        { value: "after", title: "After" },
      ]}
      onChange={setSide}
    />
  );
}

interface Place {
  stage: string;
  point: string;
  lane: string;
}

function placeOf(desk: Desk, record: Stored | undefined): Place {
  if (record?.section === "cards") {
    const { at, lane } = record as MapCard;
    const held = desk.map.get(at);
    const isPoint = held?.section === "touchpoints";
    return { stage: isPoint ? held.stage : at, point: isPoint ? at : WHOLE, lane };
  }
  if (record?.section === "touchpoints") {
    const { stage, id } = record as Touchpoint;
    return { stage, point: id, lane: "column" };
  }
  return { stage: record?.id ?? "", point: WHOLE, lane: "stages" };
}
