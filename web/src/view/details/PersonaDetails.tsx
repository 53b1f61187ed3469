import type { ReactNode } from "react";
import { type RuleData, sayRule } from "~/maps/rules";
import { EvidenceGroup } from "./CommonGroups";
import { ListField } from "./fields/ListField";
import { PictureField } from "./fields/PictureField";
import { usePlace } from "./fields/place";
import { RuleField } from "./fields/RuleField";
import { TextField } from "./fields/TextField";
import { Group } from "./Group";
import type { SheetProps } from "./RecordDetails";

/** A persona: who this is, what they want and dread, and which real customers count as such. */
export function PersonaDetails({ mapId }: SheetProps): ReactNode {
  const { fields } = usePlace();
  return (
    <>
      <div className="flex flex-col gap-4 px-4 pt-3 pb-5">
        <TextField field="title" label="Name" placeholder="Wanda, a weekend for two" heading />
        <PictureField mapId={mapId} round />
        <TextField field="quote" label="In their own words" placeholder="I want to decide nothing." multiline />
        <TextField field="about" label="About" placeholder="Who is this?" multiline />
        <ListField field="goals" label="Goals" one="Goal" />
        <ListField field="needs" label="Needs" one="Need" />
        <ListField field="motivations" label="Motivations" one="Motivation" />
        <ListField field="frustrations" label="Frustrations" one="Frustration" />
      </div>
      <EvidenceGroup />
      <Group name="segment" title="Segment" icon="filter" digest={sayRule(fields.segment as RuleData | undefined)}>
        <RuleField
          field="segment"
          label="Which real customers are meant"
          hint="A rule over properties of customers."
          placeholder="property: {plan: gold}"
        />
      </Group>
    </>
  );
}
