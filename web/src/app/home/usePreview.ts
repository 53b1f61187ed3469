import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useState } from "react";
import { ask } from "~/session/api";
import { type Preview, previewOf } from "./preview";

/** The drawing of a map, fetched anew when the map was changed; `wanted`: not before it is to be seen. */
export function useMapPreview(id: string, changed: string, wanted: boolean): Preview | undefined {
  return useQuery({
    queryKey: ["preview", id, changed],
    queryFn: async () => previewOf(await ask("GET /api/maps/{map_id}/data", { path: { map_id: id } })),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

/** A template as data, for its drawing and what is told of it. */
export function useTemplate(name: string) {
  return useQuery({
    queryKey: ["template", name],
    queryFn: () => ask("GET /api/templates/{name}", { path: { name } }),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

/** True from the moment on which the element comes near the window. */
export function useNear(ref: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        setNear(true);
        watch.disconnect();
      },
      { rootMargin: "300px" },
    );
    watch.observe(ref.current!);
    return () => watch.disconnect();
  }, [ref]);
  return near;
}
