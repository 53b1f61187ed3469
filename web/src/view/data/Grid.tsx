import type { ReactNode } from "react";

/** A table that scrolls in itself. A head that ends in # stands over numbers. */
export function Grid({
  label,
  heads,
  rows,
}: {
  label: string;
  heads: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-sheet">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-left text-ink-soft">
            {heads.map((head) => (
              <th
                key={head}
                scope="col"
                className={`px-3 py-2 font-medium whitespace-nowrap ${head.endsWith("#") ? "text-right" : ""}`}
              >
                {head.replace(/#$/, "")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ key, cells }) => (
            <tr key={key} className="align-top">
              {cells.map((cell, number) => (
                <td
                  key={heads[number]}
                  className={`px-3 py-2 ${heads[number]?.endsWith("#") ? "text-right whitespace-nowrap tabular-nums" : ""}`}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
