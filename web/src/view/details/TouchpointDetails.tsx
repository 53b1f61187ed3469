import type { ReactNode } from "react";
import { nameOf } from "~/maps/kinds";
import { linksOf } from "~/maps/links";
import { type RuleData, sayRule } from "~/maps/rules";
import { useMap, useSection } from "../useMap";
import { CardsHere } from "./CardsHere";
import { DataGroup, PictureGroup, PromiseGroup } from "./CommonGroups";
import { ChoiceField, MarkField } from "./fields/ChoiceField";
import { usePlace } from "./fields/place";
import { RefField, RefsField } from "./fields/RefField";
import { RuleField } from "./fields/RuleField";
import { StageField } from "./fields/StageField";
import { TextField } from "./fields/TextField";
import { Group } from "./Group";
import { LinksField } from "./LinksField";
import type { SheetProps } from "./RecordDetails";

/** A touchpoint: what happens, who cares for it, what is promised, how it hangs together, what data shows it. */
export function TouchpointDetails({ mapId }: SheetProps): ReactNode {
  const { fields, id } = usePlace();
  const map = useMap();
  useSection("links");
  const name = (one: string) => nameOf(map.get(one));
  const names = (field: string) => ((fields[field] as string[] | undefined) ?? []).map(name).join(", ");
  const links = id ? linksOf(map, id).length : 0;
  const team = typeof fields.team === "string" ? name(fields.team) : "";
  return (
    <>
      <div className="flex flex-col gap-2 px-4 pt-1 pb-4">
        <TextField field="title" label="Title" placeholder="What happens here?" heading />
        <TextField field="about" label="About" placeholder="What does one have to know?" multiline hideLabel />
        <div className="flex flex-wrap gap-1">
          <MarkField
            field="moment_of_truth"
            title="Moment of truth"
            icon="star"
            about="Here customers make up their minds."
          />
          <MarkField field="optional" title="Optional" icon="optional" about="A journey can do without." />
          <MarkField field="repeatable" title="Repeatable" icon="repeat" about="It may happen several times." />
        </div>
      </div>
      <Group
        name="where"
        title="Where and who"
        icon="users"
        open
        digest={[names("channels"), team].filter(Boolean).join(" · ")}
      >
        <StageField />
        <RefsField field="channels" label="Channels" section="channels" none="Any channel" />
        <RefField field="team" label="Team" section="teams" none="Nobody yet" />
        <RefsField field="supporting" label="Supported by" section="teams" />
        <RefsField field="systems" label="Systems" section="systems" />
        <ChoiceField
          field="front"
          label="Happens"
          choices={[
            { value: true, title: "In sight" },
            { value: false, title: "Back stage" },
          ]}
        />
        <ChoiceField
          field="acts"
          label="Who acts"
          choices={[
            { value: "customer", title: "Customer" },
            { value: "company", title: "We do" },
          ]}
        />
      </Group>
      <PromiseGroup />
      <CardsHere />
      <Group name="links" title="Links" icon="branch" digest={links ? String(links) : ""}>
        <LinksField />
      </Group>
      <Group name="campaigns" title="Campaigns and influence" icon="campaign" digest={names("campaigns")}>
        <RefsField field="campaigns" label="Campaigns" section="campaigns" />
        <ChoiceField
          field="influence"
          label="Can we change it?"
          choices={[
            { value: "yes", title: "Yes" },
            { value: "partly", title: "Partly" },
            { value: "no", title: "No" },
          ]}
        />
      </Group>
      <DataGroup otherwise={sayRule(fields.when as RuleData | undefined)}>
        <RuleField
          field="when"
          label="Which events are visits here"
          hint="As in event: pay, or event: [pay, pay_card], or event: {glob: “pay*”}."
        />
        <RuleField
          field="failed_when"
          label="Which of them failed"
          hint="Those with the status “failed”, if nothing is said."
          placeholder="status: declined"
        />
        <RuleField
          field="feedback"
          label="Which answers speak about it"
          hint="As in question: ease, or topic: delivery."
          placeholder="question: ease"
        />
      </DataGroup>
      <PictureGroup mapId={mapId} />
    </>
  );
}
