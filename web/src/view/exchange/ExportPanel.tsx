import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Job } from "~/contract/api";
import { ask } from "~/session/api";
import { announce, Button, Fault, Panel, Select, Skeleton } from "~/view/kit";
import type { PanelProps } from "~/view/panel";
import { download } from "./download";
import { FileKinds } from "./FileKinds";
import { fileKinds, type Kind, reportKinds } from "./kinds";
import { Losses } from "./Losses";

const PAPERS = [
  { value: "a4", title: "A4" },
  { value: "a3", title: "A3" },
  { value: "letter", title: "Letter" },
];

/** The map as a file, or a report with its numbers: each kind says what it is for, and what it leaves out. */
export default function ExportPanel({ mapId, close }: PanelProps) {
  const formats = useQuery({
    queryKey: ["exports"],
    queryFn: () => ask("GET /api/exports"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const reports = useQuery({
    queryKey: ["reports"],
    queryFn: () => ask("GET /api/reports"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [chosen, setChosen] = useState<string>();
  const [paper, setPaper] = useState("a4");
  const [making, setMaking] = useState<{ kind: string; job: Job }>();
  const take = useMutation({
    mutationFn: (kind: Kind) =>
      download(kind.address(mapId, paper), `map.${kind.ending}`, (job) => setMaking({ kind: kind.id, job })),
    onSuccess: (name) => announce(`${name} is downloaded`),
  });
  const files = fileKinds(formats.data ?? []);
  const told = reportKinds(reports.data ?? []);
  const kind = [...told, ...files].find((one) => one.id === chosen) ?? files[0];
  const fault = formats.error ?? reports.error;
  const choose = (id: string) => {
    setChosen(id);
    take.reset();
  };
  return (
    <Panel
      title="Export"
      close={close}
      footer={
        kind && (
          <div className="space-y-3">
            <Losses kind={kind} />
            {kind.paper && <Select label="Paper" value={paper} options={PAPERS} onChange={setPaper} />}
            {take.isError && <Fault says={take.error.message} />}
            {take.isPending && making?.kind === kind.id && (
              <p role="status" className="text-sm text-ink-soft">
                {making.job.says || "The report is made"} …
              </p>
            )}
            <Button
              kind="primary"
              icon="download"
              className="w-full"
              busy={take.isPending}
              onClick={() => take.mutate(kind)}
            >
              Download {kind.title}
            </Button>
          </div>
        )
      }
    >
      {(formats.isPending || reports.isPending) && <Skeleton className="m-4 h-80" />}
      {fault && (
        <Fault
          says={fault.message}
          retry={() => {
            formats.refetch();
            reports.refetch();
          }}
        />
      )}
      <FileKinds
        title="Report for managers"
        about="What was measured, what matters most, what was decided and whether it helped."
        kinds={told}
        chosen={kind}
        choose={choose}
      />
      <FileKinds
        title="Kind of file"
        about="The map as it is drawn, without its numbers."
        kinds={files}
        chosen={kind}
        choose={choose}
      />
    </Panel>
  );
}
