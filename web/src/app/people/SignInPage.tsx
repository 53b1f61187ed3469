import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useSearch } from "wouter";
import { ask } from "~/session/api";
import { Button, Fault, Field } from "~/view/kit";
import { Alone } from "../Alone";
import { wanted } from "../signIn";
import { PasswordField } from "./PasswordField";

/** Signing in with a name and a password. */
export default function SignInPage() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [, go] = useLocation();
  const to = wanted(useSearch());
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: () => ask("POST /api/session/password", { body: { name, password } }),
    onSuccess: async () => {
      await client.resetQueries();
      go(to, { replace: true });
    },
  });
  return (
    <Alone title="Sign in">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <Field label="Name" value={name} onChange={setName} autoComplete="username" required maxLength={200} />
        <PasswordField label="Password" value={password} onChange={setPassword} />
        {enter.isError && <Fault says={enter.error.message} />}
        <Button kind="primary" type="submit" busy={enter.isPending} className="w-full">
          Sign in
        </Button>
      </form>
      <details className="mt-6 text-sm text-ink-soft">
        <summary className="cursor-pointer font-medium text-ink">No password, or forgotten it?</summary>
        <p className="mt-2">
          Ask an owner of this workspace for a link that lets you in. Whoever started the server finds a new link by{" "}
          <code className="rounded bg-sunken px-1">desireline serve</code>.
        </p>
      </details>
    </Alone>
  );
}
