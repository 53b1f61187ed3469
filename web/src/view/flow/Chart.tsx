import type { ReactNode } from "react";

/** A picture that may be wider than the screen: it scrolls in its own box, with the arrow keys too. */
export function Scrolled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-sheet p-3">
      {children}
    </section>
  );
}

/** The numbers of a picture as rows, for whoever reads rather than looks. The first cell of a row is its heading. */
export function Rows({
  title,
  heads,
  rows,
}: {
  title: string;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}) {
  return (
    <details className="mt-2">
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded text-sm font-medium text-ink-soft hover:text-ink">
        As a table
      </summary>
      <Scrolled label={`${title}, as a table`}>
        <table className="w-full text-left text-sm">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th
                  key={head}
                  scope="col"
                  className="border-b border-line py-1 pr-4 font-medium whitespace-nowrap text-ink-soft"
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells) => (
              <tr key={cells.join("\u0000")}>
                {cells.map((cell, at) =>
                  at === 0 ? (
                    <th key={heads[at]} scope="row" className="py-1 pr-4 text-left font-normal">
                      {cell}
                    </th>
                  ) : (
                    <td key={heads[at]} className="py-1 pr-4 whitespace-nowrap tabular-nums">
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </details>
  );
}

/** One group's picture among others: its name, what it says in a sentence, and the picture. */
export function Column({ title, says, children }: { title: string; says: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-0.5 mb-3 max-w-prose text-sm text-ink-soft">{says}</p>
      {children}
    </section>
  );
}

/** One picture over the whole width, or two side by side where there is room. */
export function Columns({ children, two }: { children: ReactNode; two: boolean }) {
  return <div className={`grid gap-x-6 gap-y-8 ${two ? "xl:grid-cols-2" : ""}`}>{children}</div>;
}

/** What is drawn how: a line as in the picture, and its words. */
export function Legend() {
  return (
    <ul aria-label="What the lines mean" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft">
      <li className="flex items-center gap-1.5">
        <svg aria-hidden="true" width="26" height="10">
          <path d="M1 5H25" className="stroke-spruce" strokeWidth="4" />
        </svg>
        planned on the map
      </li>
      <li className="flex items-center gap-1.5">
        <svg aria-hidden="true" width="26" height="10">
          <path d="M1 5H25" className="stroke-amber" strokeWidth="4" strokeDasharray="6 3" />
        </svg>
        not planned
      </li>
    </ul>
  );
}
