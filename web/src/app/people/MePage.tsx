import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ask } from "~/session/api";
import { SingleKeys } from "~/view/board/SingleKeys";
import { announce, announceFault, Button, Fault, Field, Segments } from "~/view/kit";
import { THEMES, useTheme } from "../browser";
import { Frame } from "../Frame";
import { useMe } from "../useMe";
import { PasswordField } from "./PasswordField";
import { roleTitle } from "./roles";

/** One's own name, password and habits. */
export default function MePage() {
  const me = useMe();
  return (
    <Frame title="Your account" width="narrow">
      {me && (
        <>
          <Part title="Name" about={`You are ${roleTitle(me.role).toLowerCase()} of ${me.workspace}.`}>
            <NameForm name={me.name} />
          </Part>
          <Part
            title={me.has_password ? "Password" : "Set a password"}
            about={
              me.has_password
                ? "Changing it signs you out everywhere else."
                : "You came by a link that worked once. With a password you can come back from any browser."
            }
          >
            <PasswordForm current={me.needs_current} />
          </Part>
        </>
      )}
      <Part title="Colours" about="Kept in this browser.">
        <Themes />
      </Part>
      <Part title="Keys" about="Kept in this browser. All keys are listed in a map, under ? and “Keyboard shortcuts”.">
        <SingleKeys />
      </Part>
      <Part title="Other browsers" about="Signs you out wherever else you are signed in. This browser stays.">
        <Elsewhere />
      </Part>
    </Frame>
  );
}

function Part({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-7 first:border-0 first:pt-0">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-0.5 mb-4 text-sm text-ink-soft">{about}</p>
      {children}
    </section>
  );
}

function NameForm({ name }: { name: string }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(name);
  const rename = useMutation({
    mutationFn: () => ask("PATCH /api/me", { body: { name: typed.trim() } }),
    onSuccess: (me) => {
      client.setQueryData(["me"], me);
      announce(`You are called ${me.name} now`);
    },
  });
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate();
      }}
    >
      <Field
        label="What others call you"
        value={typed}
        onChange={setTyped}
        required
        maxLength={200}
        autoComplete="name"
        className="min-w-56 flex-1"
      />
      <Button type="submit" busy={rename.isPending} disabled={typed.trim() === name || !typed.trim()}>
        Rename
      </Button>
      {rename.isError && <Fault says={rename.error.message} />}
    </form>
  );
}

function PasswordForm({ current }: { current: boolean }) {
  const client = useQueryClient();
  const [before, setBefore] = useState("");
  const [password, setPassword] = useState("");
  const set = useMutation({
    mutationFn: () => ask("PUT /api/me/password", { body: { password, current: before } }),
    onSuccess: () => {
      setBefore("");
      setPassword("");
      announce("The password is set");
      return client.invalidateQueries({ queryKey: ["me"] });
    },
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate();
      }}
    >
      {current && <PasswordField label="Password until now" value={before} onChange={setBefore} />}
      <PasswordField label="New password" fresh value={password} onChange={setPassword} />
      {set.isError && <Fault says={set.error.message} />}
      <Button type="submit" busy={set.isPending} disabled={!password} className="self-start">
        Set the password
      </Button>
    </form>
  );
}

function Themes() {
  const [theme, setTheme] = useTheme();
  return <Segments label="Colours" tabs={THEMES} value={theme} onChange={setTheme} />;
}

function Elsewhere() {
  const leave = useMutation({
    mutationFn: () => ask("DELETE /api/me/sessions"),
    onSuccess: () => announce("You are signed in only here now"),
    onError: announceFault,
  });
  return (
    <Button icon="sign-out" busy={leave.isPending} onClick={() => leave.mutate()}>
      Sign out everywhere else
    </Button>
  );
}
