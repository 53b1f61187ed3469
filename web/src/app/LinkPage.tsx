import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "wouter";
import { ask } from "~/session/api";

/** Signs in by the secret after `#`, which never reaches a server's log, and forgets it. */
export function LinkPage() {
  const [, go] = useLocation();
  const open = useMutation({
    mutationFn: (secret: string) => ask("POST /api/session/link", { body: { secret } }),
    onSuccess: () => go("/", { replace: true }),
  });
  const { mutate } = open;
  useEffect(() => {
    const secret = location.hash.slice(1);
    history.replaceState(null, "", "/open");
    if (secret) mutate(secret);
  }, [mutate]);
  return (
    <main className="mx-auto max-w-lg p-8">
      <h1 className="text-xl font-semibold">{open.isError ? "This link does not work" : "Opening…"}</h1>
      {open.isError && (
        <p role="alert" className="mt-2 text-ink-soft">
          {open.error.message}
        </p>
      )}
    </main>
  );
}
