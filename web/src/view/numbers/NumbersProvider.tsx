import { type ReactNode, useEffect, useMemo } from "react";
import type { Desk } from "~/commands/command";
import { verdictsAt } from "~/overlay/decisions";
import { onMeasuredPart } from "~/overlay/measuredPart";
import type { MapSession } from "~/session/session";
import { Button, Fault, Icon, Spinner } from "../kit";
import { useAnswer } from "../useAnswer";
import { useLens } from "../useLens";
import { type Numbers, NumbersContext } from "./numbersContext";
import { useMeasured } from "./useMeasured";

/** The map's numbers, for all that is drawn below; and a line above it that says where they are when they are not there. */
export function NumbersProvider({
  desk,
  session,
  mapId,
  children,
}: {
  desk: Desk;
  session: MapSession;
  mapId: string;
  children: ReactNode;
}) {
  const lens = useLens(desk);
  const wanted = lens.way !== "intended";
  const { asked, measured } = useMeasured(mapId, lens, wanted);
  useEffect(() => onMeasuredPart(session.map, () => session.answers.stale()), [session]);
  const { answer: initiatives } = useAnswer(
    wanted ? { operation: "GET /api/maps/{map_id}/initiatives", path: { map_id: mapId } } : undefined,
  );
  const verdicts = useMemo(() => verdictsAt(initiatives ?? []), [initiatives]);
  const numbers = useMemo<Numbers>(
    () => ({
      lens,
      measured,
      verdicts,
      open: ({ measure, at, group, period }) => desk.show("customers", { measure, at, group, period }),
      show: (at) => desk.show("numbers", { at }),
    }),
    [lens, measured, verdicts, desk],
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
  if (fault?.code === "no-data")
    return (
      <p
        role="status"
        className="flex flex-wrap items-center gap-3 border-b border-line bg-amber-soft px-4 py-2 text-sm"
      >
        <Icon name="info" />
        <span className="min-w-0 flex-1">{fault.message}</span>
        {desk.offers("data") && (
          <Button size="sm" onClick={() => desk.show("data")}>
            Bring in data
          </Button>
        )}
      </p>
    );
  if (fault)
    return (
      <div className="border-b border-line p-2">
        <Fault says={answer ? `These are the numbers from before. ${fault.message}` : fault.message} retry={again} />
      </div>
    );
  if (!asking) return null;
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
