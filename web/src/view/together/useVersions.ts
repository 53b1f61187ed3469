import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ask } from "~/session/api";
import type { MapSession } from "~/session/session";

const key = (mapId: string) => ["versions", mapId];

/** The versions of a map, the newest first; asked for again when somebody here has made one. */
export function useVersions(session: MapSession, mapId: string) {
  const client = useQueryClient();
  useEffect(
    () =>
      session.onTold((told) => {
        if (told.kind === "version") void client.invalidateQueries({ queryKey: key(mapId) });
      }),
    [session, client, mapId],
  );
  return useQuery({
    queryKey: key(mapId),
    queryFn: () => ask("GET /api/maps/{map_id}/versions", { path: { map_id: mapId } }),
    staleTime: 0,
  });
}

/** Keeps the map as it is under a name. */
export function useKeepVersion(mapId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (title: string) =>
      ask("POST /api/maps/{map_id}/versions", { path: { map_id: mapId }, body: { title } }),
    onSettled: () => client.invalidateQueries({ queryKey: key(mapId) }),
  });
}

export function useRenameVersion(mapId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) =>
      ask("PATCH /api/maps/{map_id}/versions/{version_id}", {
        path: { map_id: mapId, version_id: id },
        body: { title },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: key(mapId) }),
  });
}

/** Brings the map back to a version: an edit that everybody sees at once. */
export function useRestoreVersion(mapId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask("POST /api/maps/{map_id}/versions/{version_id}/restore", { path: { map_id: mapId, version_id: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: key(mapId) }),
  });
}

/** What leads from a version to another one, or to the map as it is now. */
export function useCompared(mapId: string, from: string, to: string) {
  return useQuery({
    queryKey: ["compared", mapId, from, to],
    queryFn: () =>
      ask("GET /api/maps/{map_id}/versions/{version_id}/changes", {
        path: { map_id: mapId, version_id: from },
        query: { to },
      }),
    enabled: from !== "" && from !== to,
    staleTime: 0,
    gcTime: 0,
  });
}
