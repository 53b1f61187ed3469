import { FileDrop } from "../exchange/FileDrop";
import { KeptRecipes } from "./KeptRecipes";
import { FORMATS, VENDORS } from "./known";

const STEPS = [
  [
    "See how they are understood",
    "Each column with the reason. What the files leave open is asked; nothing is guessed.",
  ],
  ["See what would happen", "Rows that are new, known or refused, in numbers. Nothing is imported before you say so."],
  ["Import, and bind the map", "Then its numbers stand on the map. An import can be undone."],
] as const;

/** Nothing was dropped yet: the place for files, what comes after it, and which files are known. */
export function Begin({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  return (
    <div className="grid items-start gap-x-10 gap-y-8 pt-2 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="space-y-8">
        <FileDrop label="Data files" multiple large="page" onFiles={onFiles}>
          <span className="text-lg font-semibold">Drop files here</span>
          <span className="block text-ink-soft">Events, answers, customers or campaigns: one file or several.</span>
        </FileDrop>
        <section aria-labelledby="bring-steps">
          <h2 id="bring-steps" className="mb-3 font-semibold">
            What happens next
          </h2>
          <ol className="grid gap-4 sm:grid-cols-3 sm:gap-6">
            {STEPS.map(([title, about], n) => (
              <li key={title} className="flex gap-3 sm:block">
                <span
                  aria-hidden="true"
                  className="flex size-7 shrink-0 items-center justify-center rounded-full bg-spruce-soft text-sm font-semibold text-spruce tabular-nums"
                >
                  {n + 1}
                </span>
                <span className="min-w-0">
                  <span className="block font-medium sm:mt-2">{title}</span>
                  <span className="block text-sm text-ink-soft">{about}</span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      </div>
      <div className="space-y-7">
        <Known title="Formats" about="Packed ones (.gz) too. Column names do not matter." rows={FORMATS} />
        <Known title="Known exports" about="Told by their columns; no recipe is needed." rows={VENDORS} />
        <KeptRecipes />
      </div>
    </div>
  );
}

function Known({ title, about, rows }: { title: string; about: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <section aria-label={title}>
      <h2 className="font-semibold">{title}</h2>
      <p className="text-sm text-ink-soft">{about}</p>
      <dl className="mt-2 divide-y divide-line border-y border-line text-sm">
        {rows.map(([name, says]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <dt className="font-medium">{name}</dt>
            <dd className="text-ink-soft">{says}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
