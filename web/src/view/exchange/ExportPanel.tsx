import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ExportFormat } from "~/contract/api";
import { ask } from "~/session/api";
import { announce, Button, Chip, Fault, Icon, type IconName, Panel, Select, Skeleton } from "~/view/kit";
import type { PanelProps } from "~/view/panel";
import { download } from "./download";

const ICONS: Record<string, IconName> = {
  png: "image",
  svg: "image",
  pdf: "expand",
  pages: "file",
  pptx: "slides",
  html: "web",
  xlsx: "table",
  csv: "table",
  mermaid: "code",
  json: "code",
  yaml: "code",
};

const PAPERS = [
  { value: "a4", title: "A4" },
  { value: "a3", title: "A3" },
  { value: "letter", title: "Letter" },
];

/** The map as a file: each kind says what it is for, and what of the map it leaves out. */
export default function ExportPanel({ mapId, close }: PanelProps) {
  const formats = useQuery({
    queryKey: ["exports"],
    queryFn: () => ask("GET /api/exports"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [chosen, setChosen] = useState<string>();
  const [paper, setPaper] = useState("a4");
  const take = useMutation({
    mutationFn: (format: ExportFormat) =>
      download(
        `/api/maps/${encodeURIComponent(mapId)}/exports/${format.name}${format.name === "pages" ? `?paper=${paper}` : ""}`,
        `map.${format.ending}`,
      ),
    onSuccess: (name) => announce(`${name} is downloaded`),
  });
  const format = formats.data?.find((one) => one.name === chosen) ?? formats.data?.[0];
  return (
    <Panel
      title="Export"
      close={close}
      footer={
        format && (
          <div className="space-y-3">
            <Losses format={format} />
            {format.name === "pages" && <Select label="Paper" value={paper} options={PAPERS} onChange={setPaper} />}
            {take.isError && <Fault says={take.error.message} />}
            <Button
              kind="primary"
              icon="download"
              className="w-full"
              busy={take.isPending}
              onClick={() => take.mutate(format)}
            >
              Download {format.title}
            </Button>
          </div>
        )
      }
    >
      {formats.isPending && <Skeleton className="m-4 h-80" />}
      {formats.isError && <Fault says={formats.error.message} retry={() => formats.refetch()} />}
      <div role="radiogroup" aria-label="Kind of file" className="flex flex-col gap-0.5 p-2">
        {formats.data?.map((one) => (
          <label
            key={one.name}
            className="flex cursor-pointer gap-3 rounded-lg px-3 py-2 has-checked:bg-spruce-soft has-focus-visible:outline-2 has-focus-visible:outline-focus hover:bg-sunken has-checked:hover:bg-spruce-soft"
          >
            <input
              type="radio"
              name="format"
              className="sr-only"
              checked={one === format}
              onChange={() => {
                setChosen(one.name);
                take.reset();
              }}
            />
            <Icon name={ICONS[one.name] ?? "file"} size={20} className="mt-0.5 text-spruce" />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-2 font-medium">
                {one.title}
                {one.loses.length === 0 && (
                  <Chip tone="leaf" icon="check">
                    everything
                  </Chip>
                )}
              </span>
              <span className="block text-sm text-ink-soft">{one.says}</span>
            </span>
          </label>
        ))}
      </div>
    </Panel>
  );
}

function Losses({ format }: { format: ExportFormat }) {
  if (!format.loses.length)
    return (
      <p className="flex gap-2 text-sm text-leaf">
        <Icon name="check" size={16} className="mt-0.5" />
        Nothing of the map is left out.
      </p>
    );
  return (
    <div className="text-sm" aria-live="polite">
      <p className="font-medium">Left out</p>
      <ul className="mt-1 list-disc space-y-0.5 pl-4 text-ink-soft">
        {format.loses.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}
