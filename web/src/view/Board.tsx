import { memo, useMemo, useState } from "react";
import type { Desk } from "~/commands/command";
import { LANE_ROWS, type LaneRow } from "~/layout/lanes";
import { cardsByCell, cell, columnsOf, type MapCard } from "~/maps/outline";
import { useMap, useRecord, useSection } from "./useMap";

/** The map as a grid: stages and touchpoints across, lanes down. */
export function Board({ desk }: { desk: Desk }) {
  const { mayEdit } = desk;
  const map = useMap();
  const stages = useSection("stages");
  const points = useSection("touchpoints");
  const cards = useSection("cards");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lists say when the outline is another one
  const columns = useMemo(() => columnsOf(map), [map, stages, points]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: likewise
  const cells = useMemo(() => cardsByCell(map), [map, cards]);
  return (
    <div className="overflow-auto">
      <table className="border-collapse text-sm">
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 bg-paper p-2 text-left">
              Lane
            </th>
            {columns.map(({ stage, touchpoints }) => (
              <th
                key={stage.id}
                scope="colgroup"
                colSpan={Math.max(1, touchpoints.length)}
                className="border border-line p-2 text-left"
              >
                {stage.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LANE_ROWS.filter((row) => row.kind !== "line").map((row) => (
            <tr key={row.id}>
              <th scope="row" className="sticky left-0 bg-paper p-2 text-left align-top">
                {row.title}
              </th>
              {columns.flatMap(({ stage, touchpoints }) =>
                (touchpoints.length ? touchpoints.map((one) => one.id) : [stage.id]).map((at) => (
                  <td key={at} className="min-w-40 border border-line p-1 align-top">
                    <Cell
                      at={at}
                      row={row}
                      cards={row.lane ? cells.get(cell(at, row.lane)) : undefined}
                      mayEdit={mayEdit}
                    />
                  </td>
                )),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  at,
  row,
  cards,
  mayEdit,
}: {
  at: string;
  row: LaneRow;
  cards: MapCard[] | undefined;
  mayEdit: boolean;
}) {
  if (row.kind === "touchpoints") return <Text id={at} field="title" mayEdit={mayEdit} />;
  return (
    <>
      {cards?.map((card) => (
        <Text key={card.id} id={card.id} field="says" mayEdit={mayEdit} />
      ))}
    </>
  );
}

const Text = memo(function Text({ id, field, mayEdit }: { id: string; field: "title" | "says"; mayEdit: boolean }) {
  const map = useMap();
  const record = useRecord(id) as Record<string, unknown> | undefined;
  const [editing, setEditing] = useState(false);
  const said = String(record?.[field] ?? "");
  if (!editing)
    return (
      <button
        type="button"
        disabled={!mayEdit}
        className="block w-full rounded p-1 text-left"
        onClick={() => setEditing(true)}
      >
        {said || "…"}
      </button>
    );
  return (
    <textarea
      aria-label={field}
      // biome-ignore lint/a11y/noAutofocus: somebody asked to edit this very text
      autoFocus
      className="w-full rounded border border-line p-1"
      value={said}
      onChange={(event) => map.editOn(() => map.change(id, { [field]: event.target.value }))}
      onBlur={() => setEditing(false)}
    />
  );
});
