import type { ReactNode } from "react";
import { addTouchpoint } from "~/maps/edits";
import { nameOf } from "~/maps/kinds";
import { Button } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { useSection } from "../useMap";
import { usePlace } from "./fields/place";
import { Group } from "./Group";

/** The touchpoints of this stage; each opens. */
export function PointsHere(): ReactNode {
  const { id, desk, mayEdit } = usePlace();
  const points = useSection("touchpoints").filter((one) => one.stage === id);
  const add = () => {
    let made = "";
    desk.edit("Add touchpoint", (map) => {
      made = addTouchpoint(map, id!);
    });
    desk.select([made]);
  };
  return (
    <Group name="points" title="Touchpoints" icon="touchpoint" digest={String(points.length)} open>
      <ol className="-mx-2 flex flex-col">
        {points.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-sunken"
              onClick={() => desk.select([one.id])}
            >
              <span className="min-w-0 flex-1">{nameOf(one)}</span>
              {one.moment_of_truth && <Icon name="star" size={15} className="text-amber" />}
              {one.moment_of_truth && <span className="sr-only">Moment of truth</span>}
            </button>
          </li>
        ))}
      </ol>
      {mayEdit && (
        <span>
          <Button size="sm" icon="plus" onClick={add}>
            Add a touchpoint
          </Button>
        </span>
      )}
    </Group>
  );
}
