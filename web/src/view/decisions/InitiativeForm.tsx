import { useState } from "react";
import type { FindingTold, InitiativeNew, InitiativeTold } from "~/contract/api";
import { findingOf } from "~/overlay/findings";
import { groupsOf } from "~/overlay/groups";
import { Field, FormDialog, Select } from "../kit";
import { OnTheWay } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { useSection } from "../useMap";
import { type Page, useInitiatives } from "./useInitiatives";

interface Props extends Page {
  from: { finding?: string; at?: string };
  onClose: () => void;
  done: (one: InitiativeTold) => void;
}

interface Draft {
  title: string;
  owner: string;
  team: string;
  hypothesis: string;
  measure: string;
  at: string;
  group: string;
  direction: string;
  expected: string;
  smallest: string;
  startsOn: string;
  endsOn: string;
  tasks: string;
  kind: string;
  by: string;
  treated: string;
}

const EMPTY: Draft = {
  title: "",
  owner: "",
  team: "",
  hypothesis: "",
  measure: "conversion",
  at: "",
  group: "",
  direction: "",
  expected: "",
  smallest: "",
  startsOn: "",
  endsOn: "",
  tasks: "",
  kind: "everywhere",
  by: "",
  treated: "",
};

/** Writes down what is to be done, and which number it is to move. The baseline is measured when it is sent. */
export function InitiativeForm({ from, onClose, done, ...page }: Props) {
  const { desk } = page;
  const [said, say] = useState<Partial<Draft>>({});
  const { asked, finding } = useFinding(page, from.finding);
  const draft: Draft = { ...EMPTY, at: from.at ?? "", ...(finding && fromFinding(finding)), ...said };
  const field = (name: keyof Draft) => ({
    value: draft[name],
    onChange: (value: string) => say((now) => ({ ...now, [name]: value })),
  });
  const { propose } = useInitiatives(page, done);
  const measures = useAnswer({ operation: "GET /api/measures" });
  const [stages, points, teams] = [useSection("stages"), useSection("touchpoints"), useSection("teams")];
  const known = measures.answer?.find((one) => one.measure === draft.measure);
  const shares = known?.unit === "share";
  const findings = from.finding ? [finding?.id ?? from.finding] : [];
  const places = [
    { value: "", title: "The whole journey" },
    ...stages.flatMap((stage) => [
      { value: stage.id, title: stage.title || stage.id },
      ...points
        .filter((one) => one.stage === stage.id)
        .map((one) => ({ value: one.id, title: `\u2003${one.title || one.id}` })),
    ]),
  ];
  if (draft.at.includes(">")) places.push({ value: draft.at, title: draft.at.replace(">", " → ") });
  const unit = shares ? "in percentage points" : known?.unit === "s" ? "in seconds" : "in its unit";
  return (
    <FormDialog
      title="New initiative"
      about="What is to be done, and which number it is to move. How that number is now is measured at once."
      does="Propose"
      sending={{
        mutate: () => propose.mutate({ ...bodyOf(draft, shares), findings }),
        isPending: propose.isPending || !measures.answer, // until units are known, nobody knows what a typed 5 means
        error: propose.error ?? measures.fault ?? null,
      }}
      onClose={onClose}
    >
      {from.finding && !finding && <OnTheWay asked={asked} what="the finding" />}
      {finding && (
        <div className="space-y-1.5 rounded-lg bg-sunken px-3 py-2 text-sm break-words">
          <p>Answers: {finding.says}</p>
          <p className="text-ink-soft">
            A number that was chosen because it looked bad gets better by itself. For a verdict that holds, leave a
            dozen weeks between today and the first day, or give it to some groups first.
          </p>
        </div>
      )}
      <Field label="What is to be done" required maxLength={200} {...field("title")} />
      <Field
        label="Why it should work"
        multiline
        rows={2}
        hint="The hypothesis: because …, this will …"
        {...field("hypothesis")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="Number that is to move"
          {...field("measure")}
          options={(measures.answer ?? [{ measure: draft.measure, title: draft.measure }]).map((one) => ({
            value: one.measure,
            title: one.title,
          }))}
        />
        <Select label="Where" {...field("at")} options={places} />
        <Select
          label="For whom"
          {...field("group")}
          options={[{ value: "", title: "Everybody" }, ...groupsWith(groupsOf(desk.map), draft.group)]}
        />
        <Select
          label="Better is"
          {...field("direction")}
          options={[
            { value: "", title: "As usual" },
            { value: "up", title: "More" },
            { value: "down", title: "Less" },
          ]}
        />
        <Field
          label="Expected effect"
          type="number"
          min={0}
          step="any"
          hint={`By how much, ${unit}.`}
          {...field("expected")}
        />
        <Field
          label="Smallest that matters"
          type="number"
          min={0}
          step="any"
          hint={`Less than this is no success, ${unit}.`}
          {...field("smallest")}
        />
        <Field label="Owner" maxLength={200} {...field("owner")} />
        <Select
          label="Team"
          {...field("team")}
          options={[
            { value: "", title: "No team" },
            ...teams.map((one) => ({ value: one.id, title: one.title || one.id })),
          ]}
        />
        <Field label="Planned first day" type="date" {...field("startsOn")} />
        <Field label="Planned last day" type="date" {...field("endsOn")} />
      </div>
      <Select
        label="Who gets it"
        {...field("kind")}
        options={[
          { value: "everywhere", title: "Everybody at once" },
          { value: "by group", title: "Some groups, others not or later" },
          { value: "randomised", title: "Customers by lot" },
        ]}
      />
      {draft.kind !== "everywhere" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="What tells them apart"
            required
            placeholder="property:region"
            hint={draft.kind === "randomised" ? "property:NAME" : "property:NAME, channel or persona"}
            {...field("by")}
          />
          <Field
            label="Those who get it"
            required
            placeholder="East, North"
            hint="Parted by commas."
            {...field("treated")}
          />
        </div>
      )}
      <Field label="Tasks" multiline rows={2} hint="One on each line." {...field("tasks")} />
    </FormDialog>
  );
}

/** The finding that the initiative is to answer, as it was when it came: nothing that lands later changes the form. */
function useFinding({ mapId }: Page, id: string | undefined) {
  const asked = useAnswer(
    id ? { operation: "GET /api/maps/{map_id}/findings", path: { map_id: mapId }, query: { all: "true" } } : undefined,
  );
  const [finding, keep] = useState<FindingTold>();
  const found = id && asked.answer && findingOf(asked.answer.findings, id);
  if (found && !finding) keep(found);
  return { asked, finding };
}

function fromFinding(one: FindingTold): Partial<Draft> {
  const measure = one.effect.unit === "share" ? "conversion" : one.effect.unit.startsWith("score") ? "score" : "";
  const [helps = ""] = one.what_helps.split(/[.:;] /);
  return {
    title: helps && helps.length <= 120 ? helps.replace(/\.$/, "") : `${one.title}: ${one.place}`.slice(0, 200),
    at: one.at,
    group: one.group,
    ...(measure && { measure }),
  };
}

function groupsWith(known: readonly { value: string; title: string }[], group: string) {
  const there = !group || known.some((one) => one.value === group);
  return there ? known : [...known, { value: group, title: group }];
}

/** What is sent: shares are typed in percentage points. */
function bodyOf(draft: Draft, shares: boolean): InitiativeNew {
  const size = (text: string) => (text.trim() ? Number(text) / (shares ? 100 : 1) : null);
  const names = (text: string, by: RegExp) =>
    text
      .split(by)
      .map((one) => one.trim())
      .filter(Boolean);
  return {
    title: draft.title,
    owner: draft.owner,
    team: draft.team,
    hypothesis: draft.hypothesis,
    starts_on: draft.startsOn || null,
    ends_on: draft.endsOn || null,
    tasks: names(draft.tasks, /\n/).map((title) => ({ title })),
    target: {
      measure: draft.measure,
      at: draft.at || null,
      group: draft.group,
      direction: (draft.direction || null) as "up" | "down" | null,
      expected: size(draft.expected),
      smallest: size(draft.smallest),
    },
    roll_out: {
      kind: draft.kind as "everywhere" | "by group" | "randomised",
      by: draft.kind === "everywhere" ? "" : draft.by.trim(),
      arms: draft.kind === "everywhere" ? [] : names(draft.treated, /,/).map((name) => ({ name })),
    },
  };
}
