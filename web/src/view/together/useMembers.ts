import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Writer } from "~/maps/said";
import type { MapSession } from "~/session/session";
import { besideOf } from "./shared";
import { MEMBERS } from "./useNames";
import { useChanges, useMe } from "./useTogether";

/** Whom one can name in a comment: the members, and until they are known those who have spoken here. */
export function useMembers(session: MapSession): readonly Writer[] {
  const me = useMe(session);
  const { comments } = besideOf(session.map);
  const changes = useChanges(comments);
  const asked = useQuery(MEMBERS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` says when others have spoken
  return useMemo(() => {
    const found = new Map<string, Writer>();
    for (const one of comments.all()) found.set(one.by, { id: one.by, name: one.name });
    if (me) found.set(me.id, { id: me.id, name: me.name });
    for (const one of asked.data ?? []) {
      if (!one.active) found.delete(one.id);
      else found.set(one.id, { id: one.id, name: one.name });
    }
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
  }, [comments, changes, asked.data, me]);
}
