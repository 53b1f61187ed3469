import type { ReactNode } from "react";
import { CardsHere } from "./CardsHere";
import { DataGroup, PromiseGroup } from "./CommonGroups";
import { MarkField } from "./fields/ChoiceField";
import { RefField } from "./fields/RefField";
import { RuleField } from "./fields/RuleField";
import { TextField } from "./fields/TextField";
import { PointsHere } from "./PointsHere";

/** A stage: what customers want in it, what we look after, who is accountable, what is promised. */
export function StageDetails(): ReactNode {
  return (
    <>
      <div className="flex flex-col gap-3 px-4 pt-3 pb-5">
        <TextField field="title" label="Title" placeholder="Which part of the journey?" heading />
        <TextField field="about" label="About" placeholder="What belongs to it?" multiline hideLabel />
        <TextField field="customer_goal" label="What the customer wants" placeholder="Be in my room soon" />
        <TextField field="business_focus" label="What we look after" placeholder="A key within five minutes" />
        <RefField field="team" label="Team" section="teams" none="Nobody yet" />
        <div>
          <MarkField
            field="any_order"
            title="In any order"
            icon="sort"
            about="Its touchpoints may come in any order (at most 16)."
          />
        </div>
      </div>
      <PointsHere />
      <CardsHere />
      <PromiseGroup />
      <DataGroup>
        <RuleField field="entry" label="Which events begin it, too" hint="Besides the visits to its touchpoints." />
        <RuleField field="exit" label="Which events leave it, too" hint="Besides the visits to later touchpoints." />
        <RuleField
          field="feedback"
          label="Which answers speak about it"
          hint="As in question: ease, or topic: delivery."
          placeholder="question: ease"
        />
      </DataGroup>
    </>
  );
}
