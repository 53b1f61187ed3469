import { useEffect, useState } from "react";
import type { Job } from "~/contract/api";
import { watchJob } from "~/session/jobs";

/** A job as it is now. */
export function useJob(id: string | undefined): Job | undefined {
  const [job, setJob] = useState<Job>();
  useEffect(() => (id ? watchJob(id, setJob) : undefined), [id]);
  return job?.id === id ? job : undefined;
}
