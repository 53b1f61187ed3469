import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Right, TokenCard } from "~/contract/api";
import { ask } from "~/session/api";
import {
  announce,
  announceFault,
  Button,
  Chip,
  Empty,
  Fault,
  Field,
  FormDialog,
  IconButton,
  Select,
  Skeleton,
  Tick,
} from "~/view/kit";
import { ago, until } from "~/view/when";
import { Frame } from "../Frame";
import { useMe } from "../useMe";
import { OnceDialog } from "./OnceDialog";
import { RIGHTS } from "./roles";

/** Tokens with which programs act for a member. */
export default function TokensPage() {
  const [making, setMaking] = useState(false);
  const tokens = useQuery({ queryKey: ["tokens"], queryFn: () => ask("GET /api/tokens") });
  const make = (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      New token
    </Button>
  );
  return (
    <Frame
      title="API tokens"
      about="With a token, a program works in your name, within what the token allows."
      actions={make}
    >
      {tokens.isError && <Fault says={tokens.error.message} retry={() => tokens.refetch()} />}
      {tokens.isPending && <Skeleton className="h-32 w-full" />}
      {tokens.data?.length === 0 && (
        <div className="rounded-xl border border-dashed border-line-strong/60">
          <Empty icon="key" title="No tokens yet">
            Make one to read or change maps from a script: <code className="text-xs">Authorization: Bearer dl_…</code>
          </Empty>
        </div>
      )}
      {tokens.data && tokens.data.length > 0 && (
        <ul aria-label="Tokens" className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-sheet">
          {tokens.data.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
      )}
      {making && <NewToken onClose={() => setMaking(false)} />}
    </Frame>
  );
}

function Row({ one }: { one: TokenCard }) {
  const me = useMe();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => ask("DELETE /api/tokens/{token_id}", { path: { token_id: one.id } }),
    onSuccess: () => announce(`“${one.title}” works no longer`),
    onError: announceFault,
    onSettled: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{one.title}</span>
        <span className="mt-0.5 flex flex-wrap items-center gap-1.5 text-sm text-ink-soft">
          {one.scopes.map((scope) => (
            <Chip key={scope} tip={RIGHTS[scope].about}>
              {scope}
            </Chip>
          ))}
          <span>
            {me && one.member !== me.id ? `of another member · ` : ""}
            {one.used_at ? `used ${ago(one.used_at)}` : "never used"} · ends {until(one.expires_at)}
          </span>
        </span>
      </span>
      <IconButton icon="trash" size="sm" label={`End “${one.title}”`} onClick={() => revoke.mutate()} />
    </li>
  );
}

const DAYS = ["7", "30", "90", "365"].map((value) => ({ value, title: `${value} days` }));

function NewToken({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const client = useQueryClient();
  const [title, setTitle] = useState("");
  const [scopes, setScopes] = useState<readonly Right[]>(["read"]);
  const [days, setDays] = useState("90");
  const make = useMutation({
    mutationFn: () => ask("POST /api/tokens", { body: { title, scopes: [...scopes], days: Number(days) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
  if (make.data)
    return (
      <OnceDialog
        title="Take the token along"
        label={title}
        value={make.data.token}
        hint="It is shown only now; this server keeps no copy of it."
        onClose={onClose}
      />
    );
  return (
    <FormDialog title="New token" does="Make the token" sending={make} onClose={onClose}>
      <Field
        label="What is it for?"
        value={title}
        onChange={setTitle}
        required
        maxLength={200}
        placeholder="Nightly export"
      />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">It may</legend>
        {(Object.keys(RIGHTS) as Right[])
          .filter((one) => me?.rights.includes(one))
          .map((one) => (
            <Tick
              key={one}
              label={`${RIGHTS[one].title}: ${RIGHTS[one].about.toLowerCase()}`}
              checked={scopes.includes(one)}
              onChange={(on) => setScopes(on ? [...scopes, one] : scopes.filter((other) => other !== one))}
            />
          ))}
      </fieldset>
      <Select label="It works for" value={days} options={DAYS} onChange={setDays} />
    </FormDialog>
  );
}
