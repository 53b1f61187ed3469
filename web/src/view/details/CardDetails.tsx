import { type ReactNode, useId } from "react";
import { moveCard } from "~/maps/edits";
import { LANE_NAMES } from "~/maps/kinds";
import type { Lane } from "~/maps/outline";
import { GradeLine } from "../truth/GradeLine";
import { EvidenceGroup, PictureGroup } from "./CommonGroups";
import { ChoiceField } from "./fields/ChoiceField";
import { LevelField } from "./fields/LevelField";
import { Line } from "./fields/Line";
import { usePlace } from "./fields/place";
import { Chooser, RefField } from "./fields/RefField";
import { Shown, TextField } from "./fields/TextField";
import type { SheetProps } from "./RecordDetails";

const PLACEHOLDERS: Record<Lane, string> = {
  doing: "What does the customer do?",
  thinking: "What does the customer think or ask?",
  feeling: "How does it feel, in words?",
  pain: "What hurts?",
  opportunity: "What could be better?",
  quote: "What do customers say, word for word?",
  process: "What happens behind it?",
  content: "What does the customer read or get?",
  note: "Anything else?",
};

/** A card: what it says, of whom, how strongly, and why we believe it. */
export function CardDetails({ mapId }: SheetProps): ReactNode {
  const { fields, desk, id } = usePlace();
  const lane = fields.lane as Lane;
  const feels = lane === "feeling" || typeof fields.level === "number";
  return (
    <>
      <div className="flex flex-col gap-3 px-4 pt-2 pb-5">
        <TextField field="says" label="Says" placeholder={PLACEHOLDERS[lane]} heading multiline />
        <TextField field="about" label="About" placeholder="What is behind it?" multiline hideLabel />
        <LaneField />
        {feels && <LevelField />}
        {lane === "pain" && (
          <ChoiceField
            field="severity"
            label="How bad"
            choices={[
              { value: "", title: "Unset" },
              { value: "low", title: "Low" },
              { value: "medium", title: "Medium" },
              { value: "high", title: "High" },
            ]}
          />
        )}
        <RefField field="persona" label="Whose" section="personas" none="Everybody’s" />
        {id !== null && <GradeLine desk={desk} mapId={mapId} id={id} />}
      </div>
      <EvidenceGroup open />
      <PictureGroup mapId={mapId} />
    </>
  );
}

function LaneField(): ReactNode {
  const { id, desk, fields, mayEdit } = usePlace();
  const own = useId();
  const lane = fields.lane as Lane;
  if (!mayEdit || id === null) return <Shown short label="Lane" says={LANE_NAMES[lane]} />;
  return (
    <Line label="Lane" id={own}>
      <Chooser
        id={own}
        value={lane}
        onChoose={(to) =>
          desk.edit("Move card", (map) => moveCard(map, id, { at: String(fields.at), lane: to as Lane }))
        }
      >
        {Object.entries(LANE_NAMES).map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </Chooser>
    </Line>
  );
}
