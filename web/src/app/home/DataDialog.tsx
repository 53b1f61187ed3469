import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import type { DataAnswers, Job } from "~/contract/api";
import { ask } from "~/session/api";
import { JobProgress } from "~/view/data/JobProgress";
import { failure, Questions } from "~/view/data/Questions";
import { useJob } from "~/view/data/useJob";
import { FileDrop } from "~/view/exchange/FileDrop";
import { Button, Dialog, Fault, Icon } from "~/view/kit";
import { ProposalForm } from "./ProposalForm";
import type { Found } from "./pieces";

const NEEDS_TIMES =
  "A map is drawn from who did what, and when: choose a file of events that says when. A list without times can join it later, in the map’s Data view.";

/** From files to a map: drop, answer what the files leave open, look at the proposal, take it. */
export function DataDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation();
  const [names, setNames] = useState<readonly string[]>([]);
  const [id, setId] = useState<string>();
  const [found, setFound] = useState<Found>();
  const begun = { onSuccess: (job: Job) => setId(job.id) };
  const send = useMutation({
    ...begun,
    mutationFn: (files: readonly File[]) => {
      const form = new FormData();
      for (const file of files) form.append("files", file);
      setNames(files.map((file) => file.name));
      return ask("POST /api/doors/data", { form });
    },
  });
  const answer = useMutation({
    ...begun,
    mutationFn: ({ upload, said }: { upload: string; said: DataAnswers }) =>
      ask("POST /api/doors/data/{upload_id}/answers", { path: { upload_id: upload }, body: said }),
  });
  const accept = useMutation({
    ...begun,
    mutationFn: ({ upload, ...body }: { upload: string; pieces: string[]; title: string; success: string }) =>
      ask("POST /api/doors/data/{upload_id}/accept", { path: { upload_id: upload }, body }),
  });
  const again = () => {
    send.reset();
    answer.reset();
    accept.reset();
    setNames([]);
    setId(undefined);
    setFound(undefined);
  };
  const job = useJob(id);
  const made = job?.state === "done" ? job.result?.map_id : undefined;
  useEffect(() => {
    if (typeof made === "string") go(`/maps/${made}`);
  }, [made, go]);
  const latest = job?.state === "done" && !made ? (job.result as unknown as Found) : undefined;
  if (latest && latest !== found) setFound(latest); // it stays where a later job breaks off
  const failed = job?.state === "failed" || job?.state === "cancelled";
  const works = id !== undefined && !latest && !failed;
  const busy = send.isPending || answer.isPending || accept.isPending;
  const fault = works || busy ? undefined : ((send.error ?? answer.error ?? accept.error)?.message ?? failure(job));
  const asks = found !== undefined && found.questions.length > 0;
  const wide = found?.proposal ? "lg" : "md";
  return (
    <Dialog
      title={found?.proposal ? "The map that your data draws" : "Start from your data"}
      about={names.length ? names.join(", ") : "CSV, Excel, Parquet, JSON lines, XES or OCEL: one file or several."}
      size={wide}
      onClose={onClose}
    >
      {fault && !asks && <Fault says={fault} />}
      {works && <JobProgress job={job} what={send.isPending ? "Sending the files" : "Looking at the files"} />}
      {job?.state === "cancelled" && <JobProgress job={job} what="" />}
      {send.isPending && !id && <p className="text-ink-soft">Sending…</p>}
      {!works && !found && !send.isPending && (
        <div className="mt-2 space-y-4">
          <FileDrop label="Data files" multiple large onFiles={(files) => files.length && send.mutate(files)}>
            Drop files of events here
          </FileDrop>
          <ul className="space-y-1.5 text-sm text-ink-soft">
            <Hint>Each row says who did what, and when. Column names do not matter.</Hint>
            <Hint>Nothing is brought in before you have seen the proposal and taken it.</Hint>
            <Hint>The files go to this server only.</Hint>
          </ul>
        </div>
      )}
      {asks && (
        <div hidden={works} className="space-y-4">
          <Questions
            key={JSON.stringify(found.questions)}
            asked={found.questions}
            busy={answer.isPending}
            fault={fault}
            needsTimes={NEEDS_TIMES}
            onAnswer={(said) => answer.mutate({ upload: found.upload, said })}
          />
          <Button
            kind={found.questions.some((one) => one.code === "undated") ? "primary" : "quiet"}
            icon="upload"
            onClick={again}
          >
            Other files
          </Button>
        </div>
      )}
      {found?.proposal && (
        <div hidden={works} className="mt-2 space-y-4">
          <ProposalForm
            key={found.upload}
            found={found}
            busy={accept.isPending}
            onTake={(pieces, title, success) => accept.mutate({ upload: found.upload, pieces, title, success })}
          />
          {fault && (
            <Button kind="quiet" icon="upload" onClick={again}>
              Other files
            </Button>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Hint({ children }: { children: string }) {
  return (
    <li className="flex gap-2">
      <Icon name="check" size={16} className="mt-0.5 text-leaf" />
      {children}
    </li>
  );
}
