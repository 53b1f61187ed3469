import { useState } from "react";
import { type Option, sayGroup } from "~/overlay/groups";
import { toChoose } from "~/overlay/segments";
import { Select } from "../kit";
import { useMap } from "../useMap";
import { ValueChoice } from "./ValueChoice";

/** Whose numbers: one of the map's groups, or a value of a property of customers; one of many is found in a dialog. */
export function GroupSelect({
  label,
  none,
  value,
  options,
  onChange,
}: {
  label: string;
  /** What is said while no group is chosen. */
  none: string;
  value: string;
  options: readonly Option[];
  onChange: (group: string) => void;
}) {
  const map = useMap();
  const [property, choose] = useState<string>();
  const here = !value || options.some((one) => one.value === value);
  return (
    <>
      <Select
        label={label}
        hideLabel
        size="sm"
        className="w-40"
        value={value}
        options={[{ value: "", title: none }, ...(here ? [] : [{ value, title: sayGroup(map, value) }]), ...options]}
        onChange={(taken) => {
          const wanted = toChoose(taken);
          if (wanted === undefined) onChange(taken);
          else choose(wanted);
        }}
      />
      {property !== undefined && (
        <ValueChoice
          property={property}
          take={(group) => {
            choose(undefined);
            onChange(group);
          }}
          onClose={() => choose(undefined)}
        />
      )}
    </>
  );
}
