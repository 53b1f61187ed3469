import { useState } from "react";
import { sayCount } from "~/overlay/say";
import { Button, Chip, Tabs } from "../kit";
import { Counted } from "./Counted";
import { Grid } from "./Grid";
import { RecipeEdit } from "./RecipeEdit";
import type { Reading, TableShown } from "./reading";

const HOW: Record<Reading["how"], (name: string) => string> = {
  kept: (name) => `Read by the recipe “${name}”, as files of these names were before.`,
  vendor: (name) => `Recognised by their columns as an export of ${name}.`,
  suggested: () => "Read by a recipe that was suggested from their first rows. The reasons are below.",
  yours: () => "Read by the recipe as you wrote it.",
};
const MARKS: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

/** How files are understood: format, reasons, the first rows, a dry run in numbers; the recipe can be corrected. */
export function ReadingShown({
  reading,
  busy,
  onImport,
  onRecipe,
  onLeave,
}: {
  reading: Reading;
  busy: boolean;
  onImport: () => void;
  onRecipe: (text: string) => void;
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
          {bare && <p className="mt-2 text-sm text-ink-soft">No row is new, so there is nothing to import.</p>}
        </section>
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" icon="check" busy={busy} disabled={bare} onClick={onImport}>
          Import
        </Button>
        <Button kind="quiet" onClick={onLeave} disabled={busy}>
          Other files
        </Button>
      </div>
      {reading.preview && <Preview tables={reading.preview} />}
      {reading.reasons.length > 0 && <Reasons reading={reading} />}
      {reading.recipe !== undefined && (
        <details>
          <summary className="min-h-6 cursor-pointer font-semibold">The recipe, to correct it</summary>
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
              cells: cells.map((cell) => (cell.length > 80 ? `${cell.slice(0, 79)}…` : cell)),
            }))}
          />
        </div>
      </Tabs>
      <p className="mt-1 text-sm text-ink-soft">The first {sayCount(table.rows.length)}.</p>
    </section>
  );
}

function Reasons({ reading }: { reading: Reading }) {
  return (
    <details>
      <summary className="min-h-6 cursor-pointer font-semibold">Why each column is what it is</summary>
      <div className="mt-2">
        <Grid
          label="Reasons"
          heads={["Source", "Column", "Role", "Why", "How sure#"]}
          rows={reading.reasons.map((one, number) => ({
            key: String(number),
            cells: [one.source, one.column || "(file)", one.role, one.why, `${Math.round(one.confidence * 100)} %`],
          }))}
        />
      </div>
    </details>
  );
}
