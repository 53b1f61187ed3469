import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "wouter";
import { ask } from "~/session/api";
import { Busy, ButtonLink } from "~/view/kit";
import { Alone } from "./Alone";
import { useSecret } from "./browser";

/** Signs in by the secret in the address, and forgets it. */
export function LinkPage() {
  const [, go] = useLocation();
  const secret = useSecret();
  const client = useQueryClient();
  const open = useMutation({
    mutationFn: () => ask("POST /api/session/link", { body: { secret } }),
    onSuccess: async () => {
      await client.resetQueries();
      go("/", { replace: true });
    },
  });
  const { mutate } = open;
  useEffect(() => {
    if (secret) mutate();
  }, [mutate, secret]);
  if (!secret)
    return (
      <Alone
        title="This link is not whole"
        about="Its last part, after #, is missing. Copy the whole link and open it again."
      />
    );
  if (open.isError)
    return (
      <Alone title="This link does not work" about={open.error.message}>
        <div className="flex flex-wrap gap-2">
          <ButtonLink href="/" kind="primary">
            Go on
          </ButtonLink>
          <ButtonLink href="/signin">Sign in</ButtonLink>
        </div>
      </Alone>
    );
  return (
    <Alone title="Opening…">
      <Busy label="Signing you in" />
    </Alone>
  );
}
