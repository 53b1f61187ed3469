import type { FindingEffect } from "~/contract/api";
import { comparable, spanOf } from "~/overlay/findings";
import { sayCount } from "~/overlay/say";
import { Dots } from "./Dots";

/** What was found against what it is compared with, each with its interval; and the same as a table. */
export function EffectChart({ effect, evidence }: { effect: FindingEffect; evidence: readonly FindingEffect[] }) {
  const groups = comparable(effect, evidence);
  return (
    <figure>
      <figcaption className="sr-only">
        {effect.says}: {effect.told}, the first of {groups.reduce((sum, one) => sum + one.effects.length, 0)} numbers.
      </figcaption>
      <div className="space-y-4">
        {groups.map((group) => (
          <Group key={`${group.unit} ${group.difference}`} effects={group.effects} lead={effect} />
        ))}
      </div>
      <p className="mt-2 text-xs text-ink-soft">
        Dots with 95 % intervals; dashed is zero. Numbers of one unit stand on one scale.
      </p>
      <details className="mt-2">
        <summary className="min-h-6 cursor-pointer text-sm font-medium text-spruce">As a table</summary>
        <div className="mt-2 overflow-x-auto">
          <table className="w-full text-left text-sm">
            <thead className="text-ink-soft">
              <tr>
                <th className="py-1 pr-4 font-medium">Number</th>
                <th className="py-1 pr-4 font-medium">Value, 95 % interval</th>
                <th className="py-1 pr-4 text-right font-medium">Customers</th>
                <th className="py-1 text-right font-medium">Compared with</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {groups
                .flatMap((one) => one.effects)
                .map((one) => (
                  <tr key={`${one.says} ${one.told}`}>
                    <th scope="row" className="py-1 pr-4 font-normal">
                      {one.says}
                    </th>
                    <td className="py-1 pr-4 whitespace-nowrap tabular-nums">{one.told}</td>
                    <td className="py-1 pr-4 text-right tabular-nums">{sayCount(one.n)}</td>
                    <td className="py-1 text-right tabular-nums">
                      {one.n_other === null ? "" : sayCount(one.n_other)}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** Numbers of one unit on one line; the effect itself stands out. */
function Group({ effects, lead }: { effects: readonly FindingEffect[]; lead: FindingEffect }) {
  const span = spanOf(effects);
  return (
    <ul className="space-y-1.5">
      {effects.map((one) => {
        return (
          <li
            key={`${one.says} ${one.told}`}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 sm:grid-cols-[13rem_minmax(0,1fr)_9rem]"
          >
            <span className={`col-start-1 row-start-1 text-sm ${one === lead ? "font-semibold" : ""}`}>{one.says}</span>
            <span className="col-span-2 col-start-1 row-start-2 sm:col-span-1 sm:col-start-2 sm:row-start-1">
              <Dots number={one} span={span} strong={one === lead} />
            </span>
            <Told one={one} />
          </li>
        );
      })}
    </ul>
  );
}

function Told({ one }: { one: FindingEffect }) {
  const others = one.n_other === null ? "" : `, compared with ${sayCount(one.n_other)}`;
  const says = `${one.says}: ${one.told}, n = ${sayCount(one.n)} customers${others}`;
  const [value, ends] = one.told.split(" [");
  return (
    <span
      role="img"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its n is shown where it has the focus
      tabIndex={0}
      aria-label={says}
      data-tip={says}
      className="col-start-2 row-start-1 rounded text-right sm:col-start-3 text-sm leading-tight tabular-nums"
    >
      <b className="block font-semibold">{value}</b>
      {ends && <span className="text-xs text-ink-soft">{ends.replace("]", "")}</span>}
    </span>
  );
}
