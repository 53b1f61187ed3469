import { queryOptions, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { ask } from "~/session/api";

/** The members, as whoever reads or writes comments asks for them. */
export const MEMBERS = queryOptions({
  queryKey: ["members", "names"],
  queryFn: () => ask("GET /api/members"),
  staleTime: 60_000,
  retry: false,
});

/** What a member is called today, by id; for whoever is not known here, what was written at the time. */
export function useNames(): (id: string, written: string) => string {
  const { data } = useQuery(MEMBERS);
  return useCallback((id, written) => data?.find((one) => one.id === id)?.name ?? written, [data]);
}
