import type { ReactNode } from "react";
import { KINDS, nameOf } from "~/maps/kinds";
import { mentionsOf } from "~/maps/links";
import { useAnything } from "../useMap";
import { usePlace } from "./fields/place";
import { Group } from "./Group";

/** What on the map names this record; each opens. */
export function NamedBy(): ReactNode {
  const { id, desk } = usePlace();
  useAnything();
  const named = id ? mentionsOf(desk.map, id) : [];
  if (named.length === 0) return null;
  return (
    <Group name="named" title="Where it is used" icon="link" digest={String(named.length)} open>
      <ul className="-mx-2 flex flex-col">
        {named.map((record) => (
          <li key={record?.id ?? "map"}>
            <button
              type="button"
              className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-sunken"
              onClick={() => {
                desk.select(record ? [record.id] : []);
                desk.show("details");
              }}
            >
              <span className="min-w-0 flex-1">{record ? nameOf(record) : "This map"}</span>
              <span className="text-sm text-ink-soft">{record ? KINDS[record.section].one : ""}</span>
            </button>
          </li>
        ))}
      </ul>
    </Group>
  );
}
