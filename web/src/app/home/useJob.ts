import { useEffect, useState } from "react";
import type { Job } from "~/contract/api";
import { ask, Refusal } from "~/session/api";

const OVER = ["done", "failed", "cancelled"];

/** A job as it is now, told by the server as it goes on; where that is not heard, asked for again and again. */
export function useJob(id: string | undefined): Job | undefined {
  const [job, setJob] = useState<Job>();
  useEffect(() => {
    if (!id) return;
    const job_id: string = id;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const poll = async () => {
      const now = await ask("GET /api/jobs/{job_id}", { path: { job_id } }).catch((fault) => lost(job_id, fault));
      if (gone) return;
      if (now) setJob(now);
      if (!now || !OVER.includes(now.state ?? "")) timer = setTimeout(poll, 1_500);
    };
    const events = new EventSource(`/api/jobs/${encodeURIComponent(job_id)}/events`);
    events.onmessage = (event) => {
      const now = JSON.parse(event.data as string) as Job;
      setJob(now);
      if (OVER.includes(now.state ?? "")) events.close();
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
  }, [id]);
  return job?.id === id ? job : undefined;
}

/** A job that the server does not know any more is over; one that could not be asked for may still run. */
function lost(id: string, fault: unknown): Job | undefined {
  if (!(fault instanceof Refusal) || fault.status !== 404) return undefined;
  return { id, kind: "", by: "", state: "failed", says: fault.message };
}
