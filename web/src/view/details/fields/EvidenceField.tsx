import { type ReactNode, useId } from "react";
import type { Evidence } from "~/contract/maps";
import { MEASURES } from "~/maps/measures";
import { filled } from "./filled";
import { usePlace } from "./place";
import { Chooser } from "./RefField";
import { Shown } from "./TextField";
import { dateFault, ValueField } from "./ValueField";

const KINDS = {
  assumption: "An assumption: nobody looked yet",
  observation: "An observation: somebody looked",
  measure: "A measure: the data says so",
} as const;

/** Why the statement is believed. */
export function EvidenceField(): ReactNode {
  const { fields, mayEdit, put } = usePlace();
  const id = useId();
  const said = (fields.evidence ?? undefined) as Evidence | undefined;
  if (!mayEdit) return <Shown label="Why we believe it" says={sayEvidence(said)} />;
  const kind = said ? (said.kind ?? "assumption") : "";
  const set = (some: Partial<Evidence>) => put({ evidence: filled({ ...said, ...some }) }, "Change the evidence");
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          Why we believe it
        </label>
        <Chooser
          tall
          id={id}
          value={kind}
          onChoose={(to) =>
            to ? set({ kind: to as Evidence["kind"] & string }) : put({ evidence: undefined }, "Change the evidence")
          }
        >
          <option value="">Not said</option>
          {Object.entries(KINDS).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </Chooser>
      </div>
      {kind === "observation" && (
        <div className="grid grid-cols-2 gap-2">
          <ValueField label="By whom" value={said?.by ?? ""} onTake={(by) => set({ by: by || null })} />
          <ValueField
            label="On"
            type="date"
            value={said?.on ?? ""}
            fault={dateFault}
            onTake={(on) => set({ on: on || null })}
          />
        </div>
      )}
      {kind === "measure" && (
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}m`} className="text-sm font-medium">
            Measure
          </label>
          <Chooser
            tall
            id={`${id}m`}
            value={said?.measure ?? ""}
            onChoose={(measure) => set({ measure: measure || null })}
          >
            <option value="">Choose a measure</option>
            {said?.measure && !MEASURES.some(([name]) => name === said.measure) && <option>{said.measure}</option>}
            {MEASURES.map(([name, title]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Chooser>
        </div>
      )}
      {kind !== "" && (
        <ValueField
          label="Note"
          value={said?.note ?? ""}
          placeholder={kind === "assumption" ? "How could we find out?" : "Where it can be looked up"}
          onTake={(note) => set({ note: note || null })}
        />
      )}
    </div>
  );
}

/** “Observed by Ana, 2026-05-02”. */
export function sayEvidence(said: Evidence | null | undefined): string {
  if (!said) return "";
  const note = said.note ? `: ${said.note}` : "";
  if (said.kind === "observation")
    return `Observed${said.by ? ` by ${said.by}` : ""}${said.on ? `, ${said.on}` : ""}${note}`;
  if (said.kind === "measure") return `Measured${said.measure ? ` (${said.measure})` : ""}${note}`;
  return `Assumption${note}`;
}
