import { type ReactNode, useMemo } from "react";
import type { MeasureKnown, Reading } from "~/contract/api";
import { nameOf } from "~/maps/kinds";
import { explainDeviation, sayDeviation } from "~/overlay/deviations";
import { sayGroup } from "~/overlay/groups";
import { groupsShown } from "~/overlay/lens";
import { type Measured, paragraphs, sayUnit } from "~/overlay/readings";
import { Icon, Panel } from "../kit";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { useLens } from "../useLens";
import { useMap, useRecord } from "../useMap";
import { Figure } from "./Figure";
import { KIND_ICONS } from "./kinds";
import { FindingsHere, Method, Moves } from "./NumbersMore";
import type { Numbers } from "./numbersContext";
import { useMeasured } from "./useMeasured";
import { Waiting } from "./Waiting";

/** Everything that is measured at a place: each number with its interval, its definition, and its customers. */
export default function NumbersPanel({ desk, mapId, close, more }: PanelProps): ReactNode {
  const lens = useLens(desk);
  const map = useMap();
  const given = (more as { at?: string } | undefined)?.at;
  const at = given ?? String(map.getHead().id ?? "");
  const record = useRecord(at);
  const { asked, measured } = useMeasured(mapId, lens);
  const whose = groupsShown(lens);
  const open: Numbers["open"] = ({ measure, at, group, period }) =>
    desk.show("customers", { measure, at, group, period });
  return (
    <Panel title={record ? nameOf(record) : "The whole map"} close={close}>
      <Waiting asked={asked} what="numbers" bring={() => desk.show("data")}>
        {(answer) =>
          measured && (
            <div className="flex flex-col gap-6 p-4">
              <Deviations measured={measured} at={at} some={Boolean(lens.group || lens.beside || lens.period)} />
              <FindingsHere desk={desk} mapId={mapId} at={at} />
              {whose.map((group) => {
                const where = { measured, at, group, period: lens.period, open };
                const title = whose.length > 1 || group ? sayGroup(map, group) : "";
                return (
                  <div key={group} className="flex flex-col gap-6">
                    <Measures {...where} title={title} />
                    <Moves {...where} whose={title} />
                  </div>
                );
              })}
              <Method method={answer.method} />
            </div>
          )
        }
      </Waiting>
    </Panel>
  );
}

/** Those of everybody, all the time; said where the numbers beside them are of `some`. */
function Deviations({ measured, at, some }: { measured: Measured; at: string; some: boolean }): ReactNode {
  const all = measured.deviations(at);
  if (all.length === 0) return null;
  return (
    <section aria-label="Off the plan" className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">Off the plan{some ? ", everybody, all the time" : ""}</h3>
      <ul className="flex flex-col gap-2">
        {all.map((one) => (
          <li key={one.kind} className="rounded-lg bg-coral-soft p-2.5 text-sm">
            <p className="flex items-center gap-1.5 font-medium text-coral">
              <Icon name={KIND_ICONS[one.kind] ?? "warning"} size={15} />
              {sayDeviation(one)}
            </p>
            <p className="mt-1">{explainDeviation(one)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface MeasuresProps {
  measured: Measured;
  at: string;
  group: string;
  period: string;
  title: string;
  open: (reading: Reading) => void;
}

function Measures({ measured, at, group, period, title, open }: MeasuresProps): ReactNode {
  const { answer } = useAnswer({ operation: "GET /api/measures" });
  const here = useMemo(
    () =>
      (answer ?? []).flatMap((one) => {
        const reading = measured.readings.get({ measure: one.measure, at, group, period });
        return reading ? [{ one, reading }] : [];
      }),
    [answer, measured, at, group, period],
  );
  return (
    <section aria-label={title || "Measured"} className="flex flex-col gap-1">
      <h3 className="text-sm font-semibold">{title || "Measured"}</h3>
      {here.length === 0 && answer && <p className="not-measured rounded-md p-3 text-sm">Nothing was measured here.</p>}
      <ul className="flex flex-col divide-y divide-line">
        {here.map(({ one, reading }) => (
          <Line key={one.measure} one={one} reading={reading} open={open} />
        ))}
      </ul>
    </section>
  );
}

function Line({ one, reading, open }: { one: MeasureKnown; reading: Reading; open: (reading: Reading) => void }) {
  return (
    <li className={`relative py-0.5 text-sm ${reading.value === null ? "min-h-12" : ""}`}>
      <details>
        <summary className="min-h-8 cursor-pointer py-1.5 pr-36">
          {one.title}
          <span className="sr-only">: what this is</span>
        </summary>
        <div className="flex flex-col gap-1.5 pt-1 pb-2 text-xs text-ink-soft">
          {paragraphs(one.about).map((text) => (
            <p key={text}>{text}</p>
          ))}
          <p>
            Unit: {sayUnit(one.unit)}. Shown from {one.minimum} {one.minimum === 1 ? "customer" : "customers"} on.
          </p>
        </div>
      </details>
      <span className="absolute top-1.5 right-0 max-w-34 text-right">
        <Figure title={one.title} reading={reading} open={open} className="font-medium" />
      </span>
    </li>
  );
}
