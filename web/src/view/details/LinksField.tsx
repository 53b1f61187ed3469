import type { ReactNode } from "react";
import type { MapDocument } from "~/maps/document";
import { nameOf } from "~/maps/kinds";
import { type LinkKind, leaveGroup, linkGroup, linksOf, linkThen, removeRecord } from "~/maps/links";
import type { Stored } from "~/maps/shape";
import { useMap, useSection } from "../useMap";
import { usePlace } from "./fields/place";
import { Chooser, Ref } from "./fields/RefField";

interface Way {
  kind: LinkKind;
  back?: boolean;
  label: string;
  hint: string;
  add: string;
}

const WAYS: readonly Way[] = [
  {
    kind: "then",
    label: "May follow directly",
    hint: "A way back or a short cut, besides the order on the board.",
    add: "Add what may follow…",
  },
  { kind: "then", back: true, label: "May come directly before", hint: "", add: "Add what may come before…" },
  { kind: "alternative", label: "Instead of it", hint: "Exactly one of them happens.", add: "Add an alternative…" },
  {
    kind: "any order",
    label: "In any order with",
    hint: "All of them happen, whichever comes first.",
    add: "Add one that may change places with it…",
  },
];

/** How the touchpoint hangs together with others. Others are chosen from a list, stage by stage. */
export function LinksField(): ReactNode {
  const { id, desk, mayEdit } = usePlace();
  const map = useMap();
  useSection("links");
  const links = id ? linksOf(map, id) : [];
  if (id === null) return null;
  const shown = WAYS.map((way) => ({ way, others: othersOf(links, way, id) }));
  if (!mayEdit && links.length === 0) return <p className="text-ink-soft">It is linked with nothing.</p>;
  return shown
    .filter(({ others }) => mayEdit || others.length > 0)
    .map(({ way, others }) => (
      <div key={way.label} className="flex flex-col gap-1.5">
        <span className="text-sm font-medium">{way.label}</span>
        {others.length > 0 && (
          <ul className="flex flex-wrap gap-1.5" aria-label={way.label}>
            {others.map(({ other, link }) => (
              <li key={`${link.id} ${other}`}>
                {mayEdit ? (
                  <Ref
                    title={nameOf(map.get(other))}
                    onRemove={() => desk.edit("Remove link", (now) => unlink(now, link, other, id))}
                  />
                ) : (
                  nameOf(map.get(other))
                )}
              </li>
            ))}
          </ul>
        )}
        {mayEdit && (
          <TouchpointChooser
            label={`${way.label}: add`}
            says={way.add}
            without={[id, ...others.map((one) => one.other)]}
            onChoose={(other) => desk.edit("Add link", (now) => link(now, way, id, other))}
          />
        )}
        {way.hint && <p className="text-sm text-ink-soft">{way.hint}</p>}
      </div>
    ));
}

function othersOf(links: readonly Stored<"links">[], way: Way, id: string): { other: string; link: Stored<"links"> }[] {
  const own = links.filter((one) => one.kind === way.kind);
  if (way.kind !== "then")
    return own.flatMap((link) => (link.among ?? []).filter((one) => one !== id).map((other) => ({ other, link })));
  return own
    .filter((link) => (way.back ? link.to : link.from) === id)
    .map((link) => ({ other: String(way.back ? link.from : link.to), link }));
}

function link(map: MapDocument, way: Way, id: string, other: string): void {
  if (way.kind !== "then") linkGroup(map, way.kind, id, other);
  else if (way.back) linkThen(map, other, id);
  else linkThen(map, id, other);
}

function unlink(map: MapDocument, one: Stored<"links">, other: string, id: string): void {
  if (one.kind === "then") removeRecord(map, one.id);
  else leaveGroup(map, one, (one.among ?? []).length > 2 ? other : id);
}

/** A list of all touchpoints, stage by stage. */
export function TouchpointChooser({
  label,
  says,
  without,
  onChoose,
}: {
  label: string;
  says: string;
  without: readonly string[];
  onChoose: (id: string) => void;
}): ReactNode {
  const stages = useSection("stages");
  const points = useSection("touchpoints");
  return (
    <Chooser label={label} value="" onChoose={(id) => id && onChoose(id)}>
      <option value="">{says}</option>
      {stages.map((stage) => (
        <optgroup key={stage.id} label={nameOf(stage)}>
          {points
            .filter((one) => one.stage === stage.id && !without.includes(one.id))
            .map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one)}
              </option>
            ))}
        </optgroup>
      ))}
    </Chooser>
  );
}
