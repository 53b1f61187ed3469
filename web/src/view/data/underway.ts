/** What is being brought in: kept while another view is looked at, and found again where the page was opened anew. */
import { useCallback, useEffect, useState } from "react";
import type { Job } from "~/contract/api";
import { ask } from "~/session/api";
import type { Reading } from "./reading";

/** The job that was begun last, and how the files are understood that wait. */
export interface Underway {
  begun?: Job | undefined;
  reading?: Reading | undefined;
  /** Something was said of these files: it can be asked again. */
  answered?: boolean;
}

const KINDS = ["reading", "importing"];
const kept = new WeakMap<object, Underway>();

/** What is under way on this page (`owner` lives as long as it); `onFound` when that began before the part was there. */
export function useUnderway(owner: object, onFound: () => void) {
  const [now, setNow] = useState<Underway>(() => kept.get(owner) ?? {});
  useEffect(() => {
    kept.set(owner, now);
  }, [owner, now]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for once, when the part comes
  useEffect(() => {
    if (now.begun || now.reading) return onFound();
    let gone = false;
    const look = async () => {
      const jobs = await ask("GET /api/jobs").catch(() => []); // a look only: what fails here fails below in words
      const begun = jobs.findLast((one) => KINDS.includes(one.kind));
      if (gone || !begun) return;
      setNow((before) => (before.begun ? before : { ...before, begun }));
      onFound();
    };
    void look();
    return () => {
      gone = true;
    };
  }, []);
  const put = (more: Underway) => setNow((before) => ({ ...before, ...more }));
  /** It is over, and was told here: whoever comes back begins anew. */
  const told = useCallback(() => kept.delete(owner), [owner]);
  return { ...now, put, told };
}
