import { type ReactNode, useId } from "react";
import { moveTouchpoint } from "~/maps/edits";
import { nameOf } from "~/maps/kinds";
import { useMap, useSection } from "../../useMap";
import { Line } from "./Line";
import { usePlace } from "./place";
import { Chooser } from "./RefField";

/** The stage of a touchpoint; another one puts it at that stage's end. */
export function StageField(): ReactNode {
  const { id, fields, mayEdit, desk } = usePlace();
  const stages = useSection("stages");
  const map = useMap();
  const own = useId();
  const now = String(fields.stage ?? "");
  if (!mayEdit || id === null) return null;
  return (
    <Line label="Stage" id={own}>
      <Chooser
        id={own}
        value={now}
        onChoose={(stage) => {
          desk.edit("Move touchpoint", () => moveTouchpoint(map, id, stage));
          desk.announce(`Moved to “${nameOf(map.get(stage))}”.`);
        }}
      >
        {stages.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </Chooser>
    </Line>
  );
}
