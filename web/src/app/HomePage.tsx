import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { ask } from "~/session/api";

/** All maps, and the ways to begin one. */
export function HomePage() {
  const [, go] = useLocation();
  const maps = useQuery({ queryKey: ["maps"], queryFn: () => ask("GET /api/maps") });
  const templates = useQuery({ queryKey: ["templates"], queryFn: () => ask("GET /api/templates") });
  const begin = useMutation({
    mutationFn: (template: string) => ask("POST /api/maps", { body: { template } }),
    onSuccess: (made) => go(`/maps/${made.id}`),
  });
  return (
    <main className="mx-auto max-w-5xl p-8">
      <h1 className="text-2xl font-semibold">Maps</h1>
      {maps.isError && <p role="alert">{maps.error.message}</p>}
      <ul className="mt-4 grid gap-3 sm:grid-cols-2">
        {maps.data?.map((map) => (
          <li key={map.id} className="rounded-lg border border-line bg-sheet p-4">
            <Link href={`/maps/${map.id}`} className="font-medium underline">
              {map.title}
            </Link>
            <p className="text-sm text-ink-soft">{map.owner}</p>
          </li>
        ))}
      </ul>
      <h2 className="mt-8 text-lg font-semibold">Start from a template</h2>
      <ul className="mt-3 grid gap-3 sm:grid-cols-3">
        {templates.data?.map((one) => (
          <li key={one.name}>
            <button
              type="button"
              className="w-full rounded-lg border border-line bg-sheet p-4 text-left"
              onClick={() => begin.mutate(one.name)}
            >
              <span className="block font-medium">{one.title}</span>
              <span className="block text-sm text-ink-soft">{one.about}</span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}
