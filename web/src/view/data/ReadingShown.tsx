import { useState } from "react";
import type { Corrections } from "~/contract/api";
import { sayCount } from "~/overlay/say";
import { Button, Chip, Tabs } from "../kit";
import { Counted } from "./Counted";
import { MARKS } from "./FilesRead";
import { Grid } from "./Grid";
import { PartsRead } from "./PartsRead";
import { RecipeEdit } from "./RecipeEdit";
import type { Reading, TableShown } from "./reading";

const HOW: Record<Reading["how"], (name: string) => string> = {
  kept: (name) => `Read by the recipe “${name}”, as files of these names were before.`,
  vendor: (name) => `Recognised by their columns as an export of ${name}.`,
  suggested: () => "Understood from their first rows. Look at it before you import: the reasons are below.",
  yours: () => "Read as you corrected it.",
};

/** How files are understood: format, reasons, the first rows, a dry run in numbers; the recipe can be corrected. */
export function ReadingShown({
  reading,
  busy,
  onImport,
  onRecipe,
  onCorrect,
  onAnew,
  onLeave,
}: {
  reading: Reading;
  busy: boolean;
  onImport: () => void;
  onRecipe: (text: string) => void;
  onCorrect: (corrections: Corrections) => void;
  /** Asks again what was answered. */
  onAnew: (() => void) | undefined;
  onLeave: () => void;
}) {
  const { counts } = reading;
  const bare = counts?.accepted === 0;
  return (
    <div className="space-y-6">
      <div className="space-y-2">
        <p>{HOW[reading.how](reading.name ?? "")}</p>
        <ul className="flex flex-wrap gap-1.5">
          {reading.files.map((file) => (
            <li key={file.name} className="max-w-full">
              <Chip icon="file">
                {[file.name, file.kind, file.encoding, file.delimiter && (MARKS[file.delimiter] ?? file.delimiter)]
                  .filter(Boolean)
                  .join(" · ")}
              </Chip>
            </li>
          ))}
        </ul>
        {reading.unused && reading.unused.length > 0 && (
          <p className="text-sm text-ink-soft">
            Left out, since nothing was found in them: {reading.unused.join(", ")}.
          </p>
        )}
      </div>
      {counts && (
        <section aria-labelledby="dry-run">
          <h2 id="dry-run" className="mb-2 font-semibold">
            What would happen
          </h2>
          <Counted counts={counts} />
          {reading.parts?.some((one) => one.into === "customers") && (
            <p className="mt-2 max-w-prose text-sm text-ink-soft">
              Of each property the last that was said of a customer counts, in this list or an earlier one. An empty
              cell says nothing: what was known before stays.
            </p>
          )}
          {bare && <p className="mt-2 text-sm text-ink-soft">No row is new, so there is nothing to import.</p>}
        </section>
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" icon="check" busy={busy} disabled={bare} onClick={onImport}>
          Import
        </Button>
        {onAnew && (
          <Button kind="quiet" icon="undo" onClick={onAnew} disabled={busy}>
            Answer anew
          </Button>
        )}
        <Button kind="quiet" onClick={onLeave} disabled={busy}>
          Other files
        </Button>
      </div>
      {reading.parts && <PartsRead key={reading.recipe} reading={reading} busy={busy} onCorrect={onCorrect} />}
      {reading.preview && <Preview tables={reading.preview} />}
      {reading.recipe !== undefined && (
        <details>
          <summary className="min-h-6 cursor-pointer font-semibold">The whole recipe as text</summary>
          <div className="mt-2">
            <RecipeEdit key={reading.recipe} text={reading.recipe} does="Read again" busy={busy} onTake={onRecipe} />
          </div>
        </details>
      )}
    </div>
  );
}

function Preview({ tables }: { tables: Readonly<Record<string, TableShown>> }) {
  const names = Object.keys(tables);
  const [chosen, choose] = useState(names[0] ?? "");
  const now = names.includes(chosen) ? chosen : (names[0] ?? "");
  const table = tables[now];
  if (!table) return null;
  return (
    <section aria-label="The first rows as they are understood">
      <h2 className="mb-2 font-semibold">The first rows as they are understood</h2>
      <Tabs label="Kind of record" tabs={names.map((id) => ({ id, title: id }))} value={now} onChange={choose}>
        <div className="max-h-96 overflow-auto pt-2">
          <Grid
            label={`First ${now}`}
            heads={table.columns}
            rows={table.rows.map((cells, number) => ({
              key: String(number),
              cells: cells.map((cell, place) => shortened(table.columns[place] === "properties" ? plain(cell) : cell)),
            }))}
          />
        </div>
      </Tabs>
      <p className="mt-1 text-sm text-ink-soft">The first {sayCount(table.rows.length)}.</p>
    </section>
  );
}

function shortened(cell: string): string {
  return cell.length > 80 ? `${cell.slice(0, 79)}…` : cell;
}

/** Properties as a person writes them. */
function plain(cell: string): string {
  const kept = JSON.parse(cell || "{}") as Record<string, string>;
  return Object.entries(kept)
    .map(([name, value]) => `${name}: ${value}`)
    .join(" · ");
}
