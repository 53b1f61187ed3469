import { useMemo, useState } from "react";
import { LANE_ROWS } from "~/layout/lanes";
import { type Compared, type ComparedColumn, type Comparison, compare, type Fate, type MapData } from "~/maps/compare";
import { Icon, type IconName, Tick } from "../kit";
import { fieldWord } from "./edits";
import { WasIs } from "./WasIs";

export const FATES: Record<Exclude<Fate, "same">, { title: string; icon: IconName; tone: string; edge: string }> = {
  added: { title: "Added", icon: "plus", tone: "text-leaf", edge: "border-leaf bg-leaf-soft" },
  removed: { title: "Removed", icon: "minus", tone: "text-coral", edge: "border-coral border-dashed bg-coral-soft" },
  changed: { title: "Changed", icon: "edit", tone: "text-amber", edge: "border-amber bg-amber-soft" },
  moved: { title: "Moved", icon: "move", tone: "text-sky", edge: "border-sky bg-sky-soft" },
};

/** Both maps as one board: what was added, changed, moved or removed stands out; the rest stands back. */
export function DiffBoard({ was, is }: { was: MapData; is: MapData }) {
  const compared = useMemo(() => compare(was, is), [was, is]);
  const [whole, setWhole] = useState(false);
  const { cells, counts } = compared;
  const columns = compared.columns.filter((one) => whole || touched(one, compared));
  const rows = LANE_ROWS.filter((row) => row.kind === "cards" && row.lane && hasCards(row.lane, columns, cells));
  const fates = (Object.keys(FATES) as (keyof typeof FATES)[]).filter((fate) => counts[fate] > 0);
  return (
    <>
      <ul aria-label="What the marks mean" className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-3 text-sm">
        {fates.map((fate) => (
          <li key={fate} className={`flex items-center gap-1.5 ${FATES[fate].tone}`}>
            <Icon name={FATES[fate].icon} size={15} />
            {counts[fate]} {FATES[fate].title.toLowerCase()}
          </li>
        ))}
        <li className="ml-auto">
          <Tick label="The whole map" checked={whole} onChange={setWhole} />
        </li>
      </ul>
      {columns.length === 0 && (
        <p className="text-ink-soft">What differs does not stand on the board: the list names it.</p>
      )}
      <section
        className={`max-h-[min(30rem,55dvh)] overflow-auto rounded-lg border border-line ${columns.length ? "" : "hidden"}`}
        aria-label="Both versions as a board"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
        tabIndex={0}
      >
        <table className="border-separate border-spacing-0 text-sm">
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky left-0 z-10 min-w-28 border-r border-b border-line bg-sunken p-2 text-left"
              >
                Stage
              </th>
              {columns.map((one) => (
                <th
                  key={one.stage.id}
                  scope="colgroup"
                  colSpan={Math.max(1, one.points.length)}
                  className="border-r border-b border-line bg-sunken p-2 text-left align-top font-semibold"
                >
                  <Mark one={one.stage} field="title" />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row
              title="Touchpoints"
              columns={columns}
              draw={(_, point) => point && <Box one={point} field="title" />}
            />
            {rows.map((row) => (
              <Row
                key={row.id}
                title={row.title}
                columns={columns}
                draw={(at) => cells.get(`${at} ${row.lane}`)?.map((one) => <Box key={one.id} one={one} field="says" />)}
              />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** Something in this stage differs. */
function touched({ stage, points }: ComparedColumn, { cells }: Comparison): boolean {
  if ([stage, ...points].some((one) => one.fate !== "same")) return true;
  const places = new Set([stage.id, ...points.map((one) => one.id)]);
  return [...cells].some(([key, some]) => places.has(key.split(" ")[0]!) && some.some((one) => one.fate !== "same"));
}

function hasCards(lane: string, columns: readonly ComparedColumn[], cells: Comparison["cells"]): boolean {
  return columns.some(({ stage, points }) => [stage, ...points].some((one) => cells.has(`${one.id} ${lane}`)));
}

interface RowGiven {
  title: string;
  columns: readonly ComparedColumn[];
  draw: (at: string, point: Compared | undefined) => React.ReactNode;
}

function Row({ title, columns, draw }: RowGiven) {
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 z-10 border-r border-b border-line bg-sheet p-2 text-left align-top font-medium"
      >
        {title}
      </th>
      {columns.flatMap(({ stage, points }) => {
        const places = points.length ? points : [undefined];
        return places.map((point, place) => (
          <td
            key={point?.id ?? stage.id}
            className="w-44 min-w-44 space-y-1.5 border-r border-b border-line p-1.5 align-top"
          >
            {draw(point?.id ?? stage.id, point)}
            {place === 0 && point && draw(stage.id, undefined)}
          </td>
        ));
      })}
    </tr>
  );
}

function Box({ one, field }: { one: Compared; field: "title" | "says" }) {
  const edge = one.fate === "same" ? "border-line bg-sheet text-ink-soft" : FATES[one.fate].edge;
  return (
    <div className={`rounded-md border px-2 py-1.5 ${edge}`} data-fate={one.fate}>
      <Mark one={one} field={field} />
    </div>
  );
}

const OFFHAND = new Set(["title", "says", "stage", "at", "lane"]);

function Mark({ one, field }: { one: Compared; field: "title" | "says" }) {
  const was = String(one.was?.[field] ?? "");
  const is = String(one.is?.[field] ?? "");
  if (one.fate === "same") return <span className="wrap-anywhere">{is || was || "Untitled"}</span>;
  const { title, icon, tone } = FATES[one.fate];
  const others = one.fields.filter((name) => !OFFHAND.has(name)).map(fieldWord);
  return (
    <>
      <span className={`mb-0.5 flex items-center gap-1 text-xs font-semibold ${tone}`}>
        <Icon name={icon} size={13} />
        {title}
      </span>
      {one.fate === "changed" && was !== is ? (
        <WasIs was={was} is={is} className="text-sm text-ink" />
      ) : (
        <span className={`block wrap-anywhere text-ink ${one.fate === "removed" ? "line-through" : ""}`}>
          {is || was || "Untitled"}
        </span>
      )}
      {others.length > 0 && <span className="mt-0.5 block text-xs text-ink-soft">Also {others.join(", ")}</span>}
    </>
  );
}
