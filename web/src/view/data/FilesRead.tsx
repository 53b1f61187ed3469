import type { Corrections } from "~/contract/api";
import { Select } from "../kit";
import type { Reading } from "./reading";

type Written = NonNullable<Corrections["written"]>;

const ENCODINGS = [
  { value: "utf-8", title: "UTF-8" },
  { value: "cp1252", title: "Windows (Western Europe)" },
  { value: "iso-8859-1", title: "ISO 8859-1" },
  { value: "cp1250", title: "Windows (Central Europe)" },
  { value: "utf-16", title: "UTF-16" },
];
/** What stands between columns, in words. */
export const MARKS: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };
const WAYS = [
  { way: "encoding", title: "Encoding", usual: "utf-8", options: ENCODINGS },
  {
    way: "delimiter",
    title: "Delimiter",
    usual: ",",
    options: Object.entries(MARKS).map(([value, title]) => ({ value, title })),
  },
] as const;

/** How files of text are written, as it was told from their first bytes; said otherwise where letters look wrong. */
export function FilesRead({
  reading,
  written,
  onWrite,
}: {
  reading: Reading;
  written: Written;
  onWrite: (written: Written) => void;
}) {
  const rows = Object.entries(reading.sources ?? {}).flatMap(([source, read]) => {
    const file = reading.files.find((one) => read.files.includes(one.name));
    return file?.kind === "delimited" ? [{ source, read, file }] : [];
  });
  if (!rows.length) return null;
  return (
    <details>
      <summary className="min-h-6 cursor-pointer text-sm font-semibold">
        Letters or columns look wrong? How the files are written
      </summary>
      <ul className="mt-2 divide-y divide-line rounded-lg border border-line bg-sheet">
        {rows.map(({ source, read, file }) => (
          <li key={source} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-2 text-sm">
            <span className="min-w-0 flex-1 basis-56 break-words">{read.files.join(", ")}</span>
            {WAYS.map(({ way, title, usual, options }) => {
              const now = written[source]?.[way] ?? read[way] ?? file[way] ?? usual;
              return (
                <Select
                  key={way}
                  size="sm"
                  hideLabel
                  label={`${title} of ${source}`}
                  value={now}
                  options={known(options, now)}
                  onChange={(to) => onWrite({ ...written, [source]: { ...written[source], [way]: to } })}
                />
              );
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}

function known(options: readonly { value: string; title: string }[], value: string) {
  return options.some((one) => one.value === value) ? options : [...options, { value, title: value }];
}
