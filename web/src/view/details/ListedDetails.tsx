/** The sheets of what a map lists beside its drawing: teams, channels, systems, campaigns. */
import type { ReactNode } from "react";
import { ChoiceField } from "./fields/ChoiceField";
import { ListField } from "./fields/ListField";
import { usePlace } from "./fields/place";
import { RefField } from "./fields/RefField";
import { RuleField } from "./fields/RuleField";
import { Shown, TextField } from "./fields/TextField";
import { dateFault, ValueField } from "./fields/ValueField";
import { NamedBy } from "./NamedBy";

export function TeamDetails(): ReactNode {
  return (
    <Sheet about="What is it accountable for?">
      <TextField field="contact" label="Whom to ask" placeholder="Name or address of a group" />
    </Sheet>
  );
}

export function ChannelDetails(): ReactNode {
  return (
    <Sheet about="How is it used?">
      <ListField
        field="names"
        label="What the data calls it"
        one="Name"
        hint="Sources often have names of their own, such as “ios” for the app."
      />
    </Sheet>
  );
}

export function SystemDetails(): ReactNode {
  return (
    <Sheet about="What does it do?">
      <RefField field="owner" label="Owned by" section="teams" none="Nobody yet" />
    </Sheet>
  );
}

export function CampaignDetails(): ReactNode {
  return (
    <Sheet about="What does it say, and to whom?">
      <ChoiceField
        field="kind"
        label="What it is"
        choices={[
          { value: "campaign", title: "Campaign" },
          { value: "nurture", title: "Nurture" },
          { value: "content", title: "Content" },
        ]}
      />
      <RefField field="channel" label="Channel" section="channels" none="Any" />
      <RefField field="team" label="Team" section="teams" none="Nobody yet" />
      <div className="grid grid-cols-2 gap-2">
        <DateField field="starts" label="Starts" />
        <DateField field="ends" label="Ends" />
      </div>
      <RuleField
        field="when"
        label="Which events show that it reached somebody"
        hint="As in event: mail_opened."
        placeholder="event: mail_opened"
      />
    </Sheet>
  );
}

function Sheet({ about, children }: { about: string; children: ReactNode }): ReactNode {
  return (
    <>
      <div className="flex flex-col gap-3 px-4 pt-3 pb-5">
        <TextField field="title" label="Name" placeholder="Name" heading />
        <TextField field="about" label="About" placeholder={about} multiline hideLabel />
        {children}
      </div>
      <NamedBy />
    </>
  );
}

function DateField({ field, label }: { field: string; label: string }): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const value = String(fields[field] ?? "");
  if (!mayEdit) return <Shown label={label} says={value} />;
  return (
    <ValueField
      label={label}
      type="date"
      value={value}
      fault={dateFault}
      onTake={(on) => put({ [field]: on || undefined }, `Change “${label}”`)}
    />
  );
}
