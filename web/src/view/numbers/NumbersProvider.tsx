import { type ReactNode, useMemo } from "react";
import type { Desk } from "~/commands/command";
import type { CoverageOf } from "~/contract/api";
import { verdictsAt } from "~/overlay/decisions";
import { Button, Fault, Icon, Spinner } from "../kit";
import { useGrades } from "../truth/useTruth";
import { useAnswer } from "../useAnswer";
import { useLens } from "../useLens";
import { useSection } from "../useMap";
import { type Numbers, NumbersContext } from "./numbersContext";
import { useMeasured } from "./useMeasured";

const FEW = 5; // customers: of fewer nothing is told

/** The map's numbers, for all that is drawn below; and a line above it that says where they are when they are not there. */
export function NumbersProvider({ desk, mapId, children }: { desk: Desk; mapId: string; children: ReactNode }) {
  const lens = useLens(desk);
  const wanted = lens.way !== "intended";
  const { asked, measured } = useMeasured(mapId, lens, wanted);
  const { answer: initiatives } = useAnswer(
    wanted ? { operation: "GET /api/maps/{map_id}/initiatives", path: { map_id: mapId } } : undefined,
  );
  const verdicts = useMemo(() => verdictsAt(initiatives ?? []), [initiatives]);
  const grades = useGrades(mapId, lens);
  const numbers = useMemo<Numbers>(
    () => ({
      lens,
      measured,
      missing: asked.fault !== undefined,
      verdicts,
      grades,
      open: ({ measure, at, group, period }) => desk.show("customers", { measure, at, group, period }),
      show: (at) => desk.show("numbers", { at }),
    }),
    [lens, measured, asked.fault, verdicts, grades, desk],
  );
  return (
    <NumbersContext value={numbers}>
      {wanted && <State asked={asked} desk={desk} />}
      {children}
    </NumbersContext>
  );
}

function State({ asked, desk }: { asked: ReturnType<typeof useMeasured>["asked"]; desk: Desk }) {
  const { answer, asking, job, fault, again } = asked;
  const drawn = useSection("touchpoints").length;
  if (fault?.code === "no-data") return <Lacking says={fault.message} does="Bring in data" desk={desk} />;
  if (fault)
    return (
      <div className="border-b border-line p-2">
        <Fault says={answer ? `These are the numbers from before. ${fault.message}` : fault.message} retry={again} />
      </div>
    );
  if (!asking) return answer ? <Lacks coverage={answer.coverage} drawn={drawn} desk={desk} /> : null;
  return (
    <p
      role="status"
      className="kit-late flex items-center gap-2.5 border-b border-line px-4 py-1.5 text-sm text-ink-soft"
    >
      <Spinner />
      {job?.says || (answer ? "Measuring again" : "Measuring")}
      {typeof job?.share === "number" && <span className="tabular-nums">{Math.round(job.share * 100)} %</span>}
    </p>
  );
}

/** Why there are hardly any numbers although there are data, and what to do about it. */
function Lacks({ coverage, drawn, desk }: { coverage: CoverageOf; drawn: number; desk: Desk }) {
  if (coverage.customers < FEW)
    return (
      <Lacking
        says={`The data hold fewer than ${FEW} customers. Numbers are told from ${FEW} on, so that nobody is recognised.`}
        does="Bring in data"
        desk={desk}
      />
    );
  if (coverage.touchpoints_bound > 0) return null;
  const says = drawn
    ? "No touchpoint says which events belong to it, so nothing can be measured."
    : "The map has no touchpoint yet, so nothing can be measured. Draw one, or add what customers do: it stands below.";
  return <Lacking says={says} does={drawn ? "Bind events" : undefined} tab="binding" desk={desk} />;
}

/** What is lacking, and the way to where it is mended. */
function Lacking({ says, does, tab, desk }: { says: string; does: string | undefined; tab?: string; desk: Desk }) {
  return (
    <p role="status" className="flex flex-wrap items-center gap-3 border-b border-line bg-amber-soft px-4 py-2 text-sm">
      <Icon name="info" />
      <span className="min-w-0 flex-1">{says}</span>
      {does && desk.offers("data") && (
        <Button size="sm" onClick={() => desk.show("data", tab && { tab })}>
          {does}
        </Button>
      )}
    </p>
  );
}
