import { useMutation } from "@tanstack/react-query";
import type { Job } from "~/contract/api";
import { ask } from "~/session/api";
import { Button, Fault, Spinner } from "../kit";

/** How far a job is; it can be stopped, and then says what that means. */
export function JobProgress({
  job,
  what,
  stopped = "It was stopped before its end.",
}: {
  job: Job | undefined;
  what: string;
  stopped?: string;
}) {
  const stop = useMutation({
    mutationFn: (id: string) => ask("DELETE /api/jobs/{job_id}", { path: { job_id: id } }),
  });
  if (job?.state === "failed") return <Fault says={job.problem?.says ?? job.says ?? "The work failed."} />;
  if (job?.state === "cancelled")
    return (
      <p role="status" className="rounded-lg bg-sunken px-3.5 py-2.5">
        {stopped}
      </p>
    );
  const share = typeof job?.share === "number" ? Math.round(job.share * 100) : undefined;
  return (
    <div className="py-2">
      <p role="status" className="flex items-center gap-2.5 font-medium">
        <Spinner />
        {job?.says || what}
      </p>
      <progress
        aria-label={what}
        max={100}
        {...(share === undefined ? {} : { value: share })}
        className="kit-progress mt-3 w-full"
      />
      <div className="mt-3 flex items-center justify-between text-sm text-ink-soft">
        <span className="tabular-nums">{share === undefined ? "" : `${share}\u202f%`}</span>
        {job && (
          <Button size="sm" kind="quiet" busy={stop.isPending} onClick={() => stop.mutate(job.id)}>
            Stop
          </Button>
        )}
      </div>
      {stop.error && <Fault says={stop.error.message} />}
    </div>
  );
}
