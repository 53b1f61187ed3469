import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { ask } from "~/session/api";

/** What a member is called today, by id; for whoever is not known here, what was written at the time. */
export function useNames(): (id: string, written: string) => string {
  const { data } = useQuery({
    queryKey: ["members", "names"],
    queryFn: () => ask("GET /api/members"),
    staleTime: 60_000,
    retry: false,
  });
  return useCallback((id, written) => data?.find((one) => one.id === id)?.name ?? written, [data]);
}
