import { useCallback, useEffect, useRef, useState } from "react";
import type { Desk } from "~/commands/command";
import type { Job, TopicAgreed } from "~/contract/api";
import { ask } from "~/session/api";
import { isOver, watchJob } from "~/session/jobs";

export interface Agreeing {
  /** Something is being kept: nothing else can be said of a topic meanwhile. */
  busy: boolean;
  agree: (topic: string, said: TopicAgreed, done: string) => void;
}

/** Says something of a topic for everybody; when it is kept, topics are asked for again. */
export function useAgreeing(mapId: string, desk: Desk, again: () => void): Agreeing {
  const [busy, setBusy] = useState(false);
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);
  const over = useCallback(
    (job: Job, done: string) => {
      setBusy(false);
      if (job.state !== "done") return desk.announce(job.problem?.says || "This was not kept. Try again.");
      desk.announce(done);
      again();
    },
    [desk, again],
  );
  const agree = useCallback(
    (topic: string, said: TopicAgreed, done: string) => {
      setBusy(true);
      const path = { map_id: mapId, topic_id: topic };
      ask("PUT /api/maps/{map_id}/voice/topics/{topic_id}", { path, body: said }).then(
        ({ id }) => {
          stop.current = watchJob(id, (now) => isOver(now) && over(now, done));
        },
        (fault: Error) => {
          setBusy(false);
          desk.announce(fault.message);
        },
      );
    },
    [mapId, desk, over],
  );
  return { busy, agree };
}
