import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { ask } from "~/session/api";
import { Busy, Button, ButtonLink, Fault, Field } from "~/view/kit";
import { Alone } from "../Alone";
import { useSecret } from "../browser";
import { PasswordField } from "./PasswordField";
import { ROLES, roleTitle } from "./roles";

/** An invitation: who invites to what, and what one is called there. */
export default function InvitationPage() {
  const secret = useSecret();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [, go] = useLocation();
  const client = useQueryClient();
  const look = useMutation({ mutationFn: () => ask("POST /api/invitations/look", { body: { secret } }) });
  const join = useMutation({
    mutationFn: () => ask("POST /api/invitations/accept", { body: { secret, name, password } }),
    onSuccess: async () => {
      await client.resetQueries();
      go("/", { replace: true });
    },
  });
  const { mutate } = look;
  useEffect(() => mutate(), [mutate]);
  if (look.isError)
    return (
      <Alone title="This invitation does not work" about={look.error.message}>
        <ButtonLink href="/signin">Sign in instead</ButtonLink>
      </Alone>
    );
  if (!look.data)
    return (
      <Alone title="Invitation">
        <Busy />
      </Alone>
    );
  const { workspace, by, role } = look.data;
  const about = ROLES.find((one) => one.value === role)?.about.toLowerCase();
  return (
    <Alone
      title={`Join ${workspace}`}
      about={`${by || "Somebody"} invites you to draw customer journeys together, as ${roleTitle(role).toLowerCase()}: ${about}.`}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          join.mutate();
        }}
      >
        <Field
          label="Your name"
          value={name}
          onChange={setName}
          autoComplete="username"
          required
          maxLength={200}
          hint="Others see it, and you sign in with it."
        />
        <PasswordField label="Password" fresh value={password} onChange={setPassword} hint="Ten characters or more." />
        {join.isError && <Fault says={join.error.message} />}
        <Button kind="primary" type="submit" busy={join.isPending}>
          Join
        </Button>
      </form>
    </Alone>
  );
}
