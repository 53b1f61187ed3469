import { useEffect, useMemo, useRef, useState } from "react";
import type { FindingTold, MapFindings } from "~/contract/api";
import { ALL, findingOf, type Wanted, wantedOf } from "~/overlay/findings";
import { sayCount, sayMany } from "~/overlay/say";
import { Button, Empty, Segments, View } from "../kit";
import { Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { FindingPage } from "./FindingPage";
import { FindingsList } from "./FindingsList";
import { Matrix } from "./Matrix";
import { type Away, PutAway } from "./PutAway";

const TABS = [
  { id: "list", title: "List", icon: "outline" },
  { id: "matrix", title: "Impact and effort", icon: "chart" },
] as const;

type Tab = (typeof TABS)[number]["id"];

/** What matters in the data, the costliest first; one finding's page; impact against effort. */
export default function FindingsView(props: PanelProps) {
  const { desk, mapId, more } = props;
  const [chosen, choose] = useState<string>();
  const [tab, setTab] = useState<Tab>("list");
  const [wanted, want] = useState<Wanted>(ALL);
  const [all, setAll] = useState(false);
  const [formula, setFormula] = useState("");
  const [putting, put] = useState<{ one: FindingTold; as: Away }>();
  useEffect(() => {
    const asked = more as { finding?: string; stage?: string; at?: string } | undefined;
    if (asked?.finding) choose(asked.finding);
    const place = asked?.at ?? asked?.stage;
    if (place) want((now) => ({ ...now, place }));
  }, [more]);
  const { asked, unclear } = useFindings(mapId, all, formula);
  const open = (id: string) => {
    choose(id);
    setTab("list");
  };
  return (
    <View
      title="Findings"
      about={asked.answer ? sayChecks(asked.answer) : "What is wrong in the journey, the costliest first."}
      actions={asked.answer && <Segments label="Show findings as" tabs={TABS} value={tab} onChange={setTab} />}
      fill
      yields={chosen !== undefined && tab === "list"}
    >
      <Waiting asked={asked} what="findings" bring={() => desk.show("data")}>
        {(answer) =>
          tab === "matrix" ? (
            <Matrix {...props} answer={answer} open={open} />
          ) : (
            <Both
              {...props}
              answer={answer}
              asking={asked.asking}
              chosen={chosen}
              choose={choose}
              putAway={(one, as) => put({ one, as })}
              filters={{ wanted, want, all, setAll, formula, setFormula, unclear }}
            />
          )
        }
      </Waiting>
      {putting && (
        <PutAway
          {...props}
          {...putting}
          close={() => put(undefined)}
          away={() => {
            put(undefined);
            choose(undefined);
          }}
        />
      )}
    </View>
  );
}

/** The findings; the plain list stays in sight while a wider one is looked for, and where it cannot be had. */
function useFindings(map_id: string, all: boolean, formula: string) {
  const operation = "GET /api/maps/{map_id}/findings";
  const plain = useAnswer({ operation, path: { map_id } });
  const query = { ...(all && { all: "true" }), ...(formula && { formula }) };
  const wide = useAnswer(all || formula ? { operation, path: { map_id }, query } : undefined);
  if (wide.answer) return { asked: wide, unclear: undefined };
  const asking = { asking: plain.asking || wide.asking, ...(wide.job && { job: wide.job }) };
  const fault = formula ? {} : wide.fault && { fault: wide.fault, again: wide.again };
  return { asked: { ...plain, ...asking, ...fault }, unclear: formula ? wide.fault?.message : undefined };
}

/** "31 findings: 73 of 2,104 checks tell of something; 2 put away." */
function sayChecks({ findings, checks: { passed, tried }, put_away }: MapFindings): string {
  const found = `${sayMany(findings.length, "finding")}${findings.length > 1 ? ", the costliest first" : ""}`;
  const away = put_away > 0 ? `; ${sayCount(put_away)} put away` : "";
  return `${found}: ${sayCount(passed)} of ${sayCount(tried)} checks tell of something${away}.`;
}

interface Filters {
  wanted: Wanted;
  want: (next: Wanted) => void;
  all: boolean;
  setAll: (all: boolean) => void;
  formula: string;
  setFormula: (formula: string) => void;
  /** Why the formula cannot be reckoned with. */
  unclear: string | undefined;
}

export interface BothProps extends PanelProps {
  answer: MapFindings;
  /** Another list is being looked for: what this one does not hold may be in that. */
  asking: boolean;
  chosen: string | undefined;
  choose: (id: string | undefined) => void;
  putAway: (one: FindingTold, as: Away) => void;
  filters: Filters;
}

/** The list, and beside it one finding; where there is little room, one of the two. */
function Both(props: BothProps) {
  const { answer, chosen, choose, filters, desk } = props;
  const { findings } = answer;
  const shown = useMemo(() => wantedOf(findings, filters.wanted), [findings, filters.wanted]);
  const found = chosen === undefined ? shown[0] : findingOf(findings, chosen);
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (chosen !== undefined && matchMedia("(max-width: 1023px)").matches) pane.current?.focus();
  }, [chosen]);
  if (!findings.length && !filters.all)
    return <Nothing answer={answer} all={() => filters.setAll(true)} data={() => desk.show("data")} />;
  return (
    <div className="flex min-h-0 flex-1">
      <FindingsList {...props} shown={shown} now={found} />
      <section
        key={found?.key ?? ""}
        ref={pane}
        tabIndex={-1}
        aria-label="Finding"
        className={`min-w-0 flex-1 overflow-y-auto bg-sheet outline-none ${chosen === undefined ? "max-lg:hidden" : ""}`}
      >
        <p className="px-4 pt-3 lg:hidden">
          <Button size="sm" onClick={() => choose(undefined)}>
            ← All findings
          </Button>
        </p>
        <One {...props} found={found} />
      </section>
    </div>
  );
}

function One({ found, putAway, ...props }: BothProps & { found: FindingTold | undefined }) {
  const { chosen, filters, asking } = props;
  if (found) return <FindingPage key={found.key} {...props} one={found} putAway={(as) => putAway(found, as)} />;
  if (asking) return null;
  if (chosen === undefined) return <Empty icon="flag" title="No finding is like this" />;
  return (
    <Empty
      icon="flag"
      title="This finding is not listed any more"
      action={
        filters.all ? undefined : <Button onClick={() => filters.setAll(true)}>Show what was put away, too</Button>
      }
    >
      It was dismissed or put off, or the data and the map do not tell of it now.
    </Empty>
  );
}

function Nothing({ answer, all, data }: { answer: MapFindings; all: () => void; data: () => void }) {
  return (
    <Empty
      icon="flag"
      title="Nothing was found"
      action={
        <span className="flex flex-wrap justify-center gap-2">
          {answer.put_away > 0 && <Button onClick={all}>Show the {sayCount(answer.put_away)} put away</Button>}
          <Button onClick={data}>Look at the data</Button>
        </span>
      }
    >
      {sayCount(answer.checks.tried)} checks were made. An empty list is an answer; with more data, or more touchpoints
      bound to events, more can be looked at.
    </Empty>
  );
}
