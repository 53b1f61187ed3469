import { sayGroup } from "~/overlay/groups";
import { groupsShown } from "~/overlay/lens";
import { type Measured, sayReading } from "~/overlay/readings";
import { sayFirst } from "~/overlay/say";
import { useMap } from "../useMap";
import { sayEvidence, useTitles } from "./evidence";
import { type Numbers, useNumbers } from "./numbersContext";

const SAID = ["reach", "drop_off"] as const;

/** On a stage's head: how many journeys come there, and how many of those end there; a click shows all of it. */
export function StageNumbers({ id, title }: { id: string; title: string }) {
  const numbers = useNumbers();
  if (!numbers?.measured) return null;
  return <Said id={id} title={title} measured={numbers.measured} numbers={numbers} />;
}

interface SaidProps {
  id: string;
  title: string;
  measured: Measured;
  numbers: Pick<Numbers, "lens" | "show">;
}

/** Behind a share link, and where the intended journey is looked at, nothing of this is asked for. */
function Said({ id, title, measured, numbers: { lens, show } }: SaidProps) {
  const titles = useTitles();
  const map = useMap();
  const groups = groupsShown(lens);
  const where = (measure: string, group: string) => ({ measure, at: id, group, period: lens.period });
  const said = groups.flatMap((group) =>
    SAID.filter((measure) => measured.readings.shown(where(measure, group))).map((measure) => ({ measure, group })),
  );
  if (said.length === 0) {
    const why = sayReading(measured.readings.get(where("reach", lens.group)));
    return <span className="board-foot not-measured w-fit rounded px-1 text-xs">{sayFirst(why)}</span>;
  }
  const evidence = said.map(({ measure, group }) => {
    const whose = groups.length > 1 ? `${sayGroup(map, group)}: ` : "";
    return whose + sayEvidence(measured, titles, where(measure, group));
  });
  return (
    <button
      type="button"
      data-tip={evidence.join("\n")}
      onClick={(event) => {
        event.stopPropagation();
        show(id);
      }}
      className="board-foot -ml-1 flex min-h-6 w-fit flex-wrap items-center gap-x-2.5 rounded px-1 text-left text-xs hover:bg-ink/8"
    >
      <span className="sr-only">Numbers of {title}. </span>
      {SAID.filter((measure) => said.some((one) => one.measure === measure)).map((measure) => (
        <span key={measure} className="whitespace-nowrap">
          {titles(measure)}{" "}
          {groups.map((group, at) => (
            <span key={group} className="tabular-nums">
              {at > 0 && " · "}
              <span className="font-semibold">
                {measured.readings.shown(where(measure, group))
                  ? sayReading(measured.readings.get(where(measure, group)))
                  : "–"}
              </span>
            </span>
          ))}
        </span>
      ))}
    </button>
  );
}
