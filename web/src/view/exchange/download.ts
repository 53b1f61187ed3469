import type { Job } from "~/contract/api";
import { Refusal, refusal } from "~/session/api";
import { isOver, watchJob } from "~/session/jobs";

/** The file at this address is saved by the browser, when it is made. Throws a Refusal that says why there is none. */
export async function download(address: string, otherwise: string, onJob?: (job: Job) => void): Promise<string> {
  let answer = await reach(address);
  while (answer.status === 202) {
    await finished((await answer.json()) as Job, onJob);
    answer = await reach(address);
  }
  const name = nameOf(answer.headers.get("Content-Disposition")) ?? otherwise;
  saveAs(name, await answer.blob());
  return name;
}

async function reach(address: string): Promise<Response> {
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => undefined);
  if (!answer) throw new Refusal(0, "unreachable", "The server cannot be reached. Try again when it is back.");
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

/** Waits until a job is done. Throws a Refusal when it was cancelled or failed. */
export function finished(job: Job, onJob?: (job: Job) => void): Promise<void> {
  return new Promise((done, fault) => {
    const stop = watchJob(job.id, (now) => {
      onJob?.(now);
      if (!isOver(now)) return;
      stop();
      const told = now.problem?.says || now.says || "This was not finished. Try again.";
      if (now.state === "done") done();
      else fault(new Refusal(409, "unfinished", told));
    });
  });
}

/** The browser saves this as a file of that name. */
export function saveAs(name: string, what: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(what);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The name in a header such as `attachment; filename="map.pdf"`. */
export function nameOf(header: string | null): string | undefined {
  return /filename="([^"]+)"/.exec(header ?? "")?.[1];
}
