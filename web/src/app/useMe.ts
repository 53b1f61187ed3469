import { useQuery } from "@tanstack/react-query";
import type { Me, Right } from "~/contract/api";
import { ask } from "~/session/api";

/** Who is signed in; undefined until the server has said so. */
export function useMe(): Me | undefined {
  return useQuery({ queryKey: ["me"], queryFn: () => ask("GET /api/me"), staleTime: 60_000 }).data;
}

/** True when the member who is signed in may do this. */
export function useMay(right: Right): boolean {
  return useMe()?.rights.includes(right) ?? false;
}
