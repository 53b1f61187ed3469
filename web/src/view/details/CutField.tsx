import { type ReactNode, useId } from "react";
import type { Cut } from "~/contract/maps";
import { nameOf } from "~/maps/kinds";
import type { RuleData } from "~/maps/rules";
import { useMap } from "../useMap";
import { filled } from "./fields/filled";
import { usePlace } from "./fields/place";
import { Chooser, Ref } from "./fields/RefField";
import { RuleText } from "./fields/RuleField";
import { durationFault, ValueField } from "./fields/ValueField";
import { TouchpointChooser } from "./LinksField";

type By = NonNullable<Cut["by"]>;

const WAYS: Record<By, string> = {
  life: "One journey per customer",
  case: "By the case that the data names",
  rules: "A new one at each starting event",
  silence: "A new one after a long silence",
};

/** How a customer's events are cut into journeys, and what counts as having arrived. */
export function CutField(): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const map = useMap();
  const id = useId();
  const cut = (fields.journey ?? {}) as Cut;
  if (!mayEdit) return <p>{sayCut(cut)}.</p>;
  const set = (some: Partial<Cut>) => {
    put({ journey: filled({ ...cut, ...some }) }, "Change how journeys are cut");
  };
  const success = cut.success ?? [];
  return (
    <>
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          What is one journey?
        </label>
        <Chooser tall id={id} value={cut.by ?? "life"} onChoose={(by) => set({ by: by as By })}>
          {Object.entries(WAYS).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </Chooser>
      </div>
      {cut.by === "silence" && (
        <ValueField
          label="Silence that ends it"
          value={cut.silence ?? ""}
          placeholder="30d"
          fault={durationFault}
          onTake={(text) => set({ silence: text ? text.replace(/\s/g, "") : null })}
        />
      )}
      <RuleText
        label="Events that begin a journey"
        rule={cut.start as RuleData | undefined}
        onTake={(rule) => set({ start: (rule ?? null) as Cut["start"] & object })}
      />
      <RuleText
        label="Events that end one"
        rule={cut.end as RuleData | undefined}
        onTake={(rule) => set({ end: (rule ?? null) as Cut["end"] & object })}
      />
      <ValueField
        label="Patience"
        value={cut.patience ?? ""}
        placeholder="30d"
        hint="A journey counts as under way until the customer was silent that long."
        fault={durationFault}
        onTake={(text) => set({ patience: text ? text.replace(/\s/g, "") : null })}
      />
      <div className="flex flex-col gap-1.5">
        <span className="text-sm font-medium">It succeeded when it came to</span>
        {success.length > 0 && (
          <ul className="flex flex-wrap gap-1.5" aria-label="It succeeded when it came to">
            {success.map((one) => (
              <li key={one}>
                <Ref
                  title={nameOf(map.get(one))}
                  onRemove={() => set({ success: success.filter((other) => other !== one) })}
                />
              </li>
            ))}
          </ul>
        )}
        <TouchpointChooser
          label="It succeeded when it came to: add"
          says={success.length ? "or to…" : "The last touchpoint, or another…"}
          without={success}
          onChoose={(one) => set({ success: [...success, one] })}
        />
      </div>
    </>
  );
}

/** How journeys are cut, in a few words. */
export function sayCut(cut: Cut | undefined): string {
  return WAYS[cut?.by ?? "life"];
}
