import { useMutation } from "@tanstack/react-query";
import type { TopicAgreed } from "~/contract/api";
import { ask } from "~/session/api";
import { finished } from "../exchange/download";
import { announce, announceFault } from "../kit";
import type { PanelProps } from "../panel";

export interface Agreeing {
  /** Something is being kept: nothing else can be said of a topic meanwhile. */
  busy: boolean;
  agree: (topic: string, said: TopicAgreed, done: string) => void;
}

interface Agreed {
  topic: string;
  said: TopicAgreed;
  /** What is announced when it is kept. */
  done: string;
}

/** Says something of a topic for everybody; when it is kept, topics are asked for again, wherever one looks by then. */
export function useAgreeing({ session, mapId }: Pick<PanelProps, "session" | "mapId">): Agreeing {
  const keeping = useMutation({
    mutationFn: async ({ topic, said }: Agreed) => {
      const path = { map_id: mapId, topic_id: topic };
      await finished(await ask("PUT /api/maps/{map_id}/voice/topics/{topic_id}", { path, body: said }));
    },
    onSuccess: (_, { done }) => {
      announce(done);
      session.answers.stale();
    },
    onError: announceFault,
  });
  return { busy: keeping.isPending, agree: (topic, said, done) => keeping.mutate({ topic, said, done }) };
}
