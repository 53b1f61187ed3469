/** A job of the server's, told as it goes on; where that is not heard, asked for again and again. */
import type { Job } from "~/contract/api";
import { ask, Refusal } from "./api";

export function isOver(job: Job): boolean {
  return ["done", "failed", "cancelled"].includes(job.state ?? "");
}

/** Calls back with the job as it is, whenever it changes, until it is over or the returned function is called. */
export function watchJob(id: string, onJob: (job: Job) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;
  const poll = async () => {
    const now = await ask("GET /api/jobs/{job_id}", { path: { job_id: id } }).catch((fault) => lost(id, fault));
    if (gone) return;
    if (now) onJob(now);
    if (!now || !isOver(now)) timer = setTimeout(poll, 1_500);
  };
  const events = new EventSource(`/api/jobs/${encodeURIComponent(id)}/events`);
  events.onmessage = (event) => {
    const now = JSON.parse(event.data as string) as Job;
    if (isOver(now)) events.close();
    onJob(now);
  };
  events.onerror = () => {
    events.close();
    void poll();
  };
  return () => {
    gone = true;
    events.close();
    clearTimeout(timer);
  };
}

/** A job that the server does not know any more is over; one that could not be asked for may still run. */
function lost(id: string, fault: unknown): Job | undefined {
  if (!(fault instanceof Refusal) || fault.status !== 404) return undefined;
  return { id, kind: "", by: "", state: "failed", says: fault.message };
}
