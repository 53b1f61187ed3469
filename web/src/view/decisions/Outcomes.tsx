import type { OutcomeTold, WhatIfTold } from "~/contract/api";
import { nameOf } from "~/maps/kinds";
import { sayImagined, sayMoved } from "~/overlay/decisions";
import { sayCount } from "~/overlay/say";
import { Icon } from "../kit";
import { useMap } from "../useMap";
import { Wide } from "./Wide";

const PLACES = 6;

/** What would be instead of what is: outcomes, and the places where it shows most. */
export function Outcomes({ answer }: { answer: WhatIfTold }) {
  const map = useMap();
  const yearly = answer.period === "a year" ? "a year" : "in the data";
  const places = answer.places
    .filter((one) => one.delta && Math.abs(one.delta.value) >= 0.5)
    .slice(0, PLACES)
    .map((one) => {
      const record = map.get(one.name);
      return { ...one, title: record ? nameOf(record) : one.name };
    });
  const notes = answer.outcomes.filter((one) => one.note);
  return (
    <>
      <Numbers title="Outcomes" rows={answer.outcomes.map((one) => dated(one, yearly))} />
      {notes.length > 0 && (
        <ul className="mt-2 text-sm text-ink-soft">
          {notes.map((one) => (
            <li key={one.name}>
              {one.title}: {one.note}.
            </li>
          ))}
        </ul>
      )}
      {places.length > 0 && (
        <>
          <h3 className="mt-4 text-sm font-semibold">
            Where it shows most: stays {yearly === "a year" ? "in a year" : yearly}
          </h3>
          <Numbers title={`Stays ${yearly}`} rows={places} />
        </>
      )}
    </>
  );
}

/** The outcome that counts most, in a line, for where the table is out of sight. */
export function InShort({ answer }: { answer: WhatIfTold }) {
  const shown = answer.outcomes.filter((one) => (one.name === "conversions" || one.name === "value") && one.delta);
  return (
    <p className="flex flex-wrap gap-x-4 text-sm tabular-nums">
      {shown.map((one) => {
        const moved = sayMoved(one.delta!, one.unit);
        return (
          <span key={one.name}>
            {one.title}: <b className="font-semibold">{moved.told}</b>{" "}
            <span className="text-ink-soft">({moved.range})</span>
          </span>
        );
      })}
    </p>
  );
}

function dated(one: OutcomeTold, yearly: string): OutcomeTold {
  return one.name === "conversions" || one.name === "value" ? { ...one, title: `${one.title} ${yearly}` } : one;
}

function Numbers({ title, rows }: { title: string; rows: readonly OutcomeTold[] }) {
  return (
    <Wide title={title} className="mt-2">
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="text-ink-soft">
          <tr>
            {["", "Now", "Then", "Change, 95 % interval"].map((head) => (
              <th key={head} scope="col" className={`py-1 font-medium ${head ? "pl-3 text-right" : ""}`}>
                {head || <span className="sr-only">{title}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((one) => (
            <Row key={one.name} one={one} />
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Row({ one }: { one: OutcomeTold }) {
  const { before, after, delta, unit } = one;
  if (!before || !after || !delta)
    return (
      <tr>
        <th scope="row" className="py-1.5 font-normal">
          {one.title}
        </th>
        <td colSpan={3} className="pl-3 text-right text-ink-soft">
          <span className="not-measured rounded px-1">not known</span>
        </td>
      </tr>
    );
  const moved = sayMoved(delta, unit);
  const seen = /[1-9]/.test(moved.told); // an arrow beside 0.0 would say what the number does not
  const icon = !seen ? undefined : delta.low > 0 ? "arrow-up" : delta.high < 0 ? "arrow-down" : undefined;
  return (
    <tr>
      <th scope="row" className="py-1.5 font-normal">
        {one.title}
        {one.n ? <span className="block text-xs text-ink-soft">n = {sayCount(one.n)} customers</span> : null}
      </th>
      <td className="pl-3 text-right">{sayImagined(before.value, unit)}</td>
      <td className="pl-3 text-right">{sayImagined(after.value, unit)}</td>
      <td className="pl-3 text-right sm:whitespace-nowrap">
        <b className="inline-flex items-center gap-1 font-semibold">
          {icon && <Icon name={icon} size={14} />}
          {moved.told}
        </b>
        <span className="block text-xs text-ink-soft">{moved.range}</span>
      </td>
    </tr>
  );
}
