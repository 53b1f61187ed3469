import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Thread } from "~/maps/comments";
import { ask } from "~/session/api";

/** The comments of this map that name me count as seen once they stand on the screen. */
export function useSeen(mapId: string, threads: readonly Thread[]): void {
  const client = useQueryClient();
  const mine = useQuery({ queryKey: ["mentions"], queryFn: () => ask("GET /api/mentions"), retry: false });
  useEffect(() => {
    const shown = new Set(threads.flatMap((one) => [one.first.id, ...one.replies.map((reply) => reply.id)]));
    const ids = (mine.data ?? [])
      .filter((one) => one.map_id === mapId && shown.has(one.comment_id))
      .map((one) => one.id);
    if (!ids.length) return;
    ask("POST /api/mentions/seen", { body: { ids } })
      .then(() => client.invalidateQueries({ queryKey: ["mentions"] }))
      .catch(() => undefined); // they stay open, and are marked the next time
  }, [mapId, threads, mine.data, client]);
}
