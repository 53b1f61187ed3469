import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import type { MadeShare, ShareCard } from "~/contract/api";
import { ask } from "~/session/api";
import {
  announce,
  announceFault,
  Button,
  Chip,
  CopyField,
  Fault,
  Field,
  Icon,
  IconButton,
  Panel,
  Reach,
  Select,
  Skeleton,
} from "~/view/kit";
import type { PanelProps } from "~/view/panel";
import { ago, until } from "~/view/when";

const LASTS = [
  { value: "7", title: "7 days" },
  { value: "30", title: "30 days" },
  { value: "365", title: "a year" },
  { value: "", title: "until it is taken back" },
];

/** Links by which anybody may look at this map: made, counted, taken back. */
export default function SharePanel({ mapId, close }: PanelProps) {
  const shares = useQuery({
    queryKey: ["shares", mapId],
    queryFn: () => ask("GET /api/maps/{map_id}/shares", { path: { map_id: mapId } }),
    staleTime: 0,
    refetchInterval: 10_000,
  });
  const works = shares.data?.filter((one) => one.works) ?? [];
  const over = shares.data?.filter((one) => !one.works) ?? [];
  return (
    <Panel title="Share" close={close}>
      <div className="space-y-7 p-4">
        <NewLink mapId={mapId} />
        {shares.isPending && <Skeleton className="h-24 w-full" />}
        {shares.isError && <Fault says={shares.error.message} retry={() => shares.refetch()} />}
        {works.length > 0 && (
          <section aria-label="Links that work">
            <h3 className="mb-2 text-sm font-semibold">Links that work</h3>
            <ul className="divide-y divide-line rounded-lg border border-line">
              {works.map((one) => (
                <Row key={one.id} one={one} mapId={mapId} />
              ))}
            </ul>
          </section>
        )}
        {over.length > 0 && (
          <details>
            <summary className="cursor-pointer text-sm font-semibold">Over ({over.length})</summary>
            <ul className="mt-2 divide-y divide-line rounded-lg border border-line">
              {over.map((one) => (
                <Row key={one.id} one={one} mapId={mapId} />
              ))}
            </ul>
          </details>
        )}
        <p className="flex gap-2.5 border-t border-line pt-4 text-sm text-ink-soft">
          <Icon name="users" className="mt-0.5" />
          <span>
            To draw together, people need a role:{" "}
            <Link href="/members" className="font-medium text-spruce underline underline-offset-2">
              members and invitations
            </Link>
          </span>
        </p>
      </div>
    </Panel>
  );
}

function NewLink({ mapId }: { mapId: string }) {
  const client = useQueryClient();
  const [title, setTitle] = useState("");
  const [days, setDays] = useState("30");
  const [made, setMade] = useState<MadeShare>();
  const make = useMutation({
    mutationFn: () =>
      ask("POST /api/maps/{map_id}/shares", {
        path: { map_id: mapId },
        body: { title: title.trim(), days: days ? Number(days) : null },
      }),
    onSuccess: (answer) => {
      setMade(answer);
      setTitle("");
      return client.invalidateQueries({ queryKey: ["shares", mapId] });
    },
  });
  return (
    <form
      className="flex flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <p className="text-sm text-ink-soft">
        Whoever has the link sees the map as it is at that moment, without signing in: no comments, no names of members,
        nothing to change.
      </p>
      <Field
        label="For whom"
        value={title}
        onChange={setTitle}
        maxLength={200}
        placeholder="The board meeting in May"
      />
      <Select label="It works for" value={days} options={LASTS} onChange={setDays} />
      <Button kind="primary" type="submit" icon="link" busy={make.isPending}>
        Make a share link
      </Button>
      {make.isError && <Fault says={make.error.message} />}
      {made && (
        <div className="rounded-lg bg-spruce-soft p-3">
          <CopyField
            key={made.share.id}
            label={made.share.title ? `Link for ${made.share.title}` : "The new link"}
            value={`${location.origin}${made.path}`}
            hint="Copy it now: it cannot be shown again."
          />
          <Reach />
        </div>
      )}
    </form>
  );
}

function Row({ one, mapId }: { one: ShareCard; mapId: string }) {
  const client = useQueryClient();
  const name = one.title || "Link without a name";
  const end = useMutation({
    mutationFn: () => ask("DELETE /api/maps/{map_id}/shares/{share_id}", { path: { map_id: mapId, share_id: one.id } }),
    onSuccess: () => announce(`“${name}” works no longer`),
    onError: announceFault,
    onSettled: () => client.invalidateQueries({ queryKey: ["shares", mapId] }),
  });
  return (
    <li className="flex items-start gap-2 py-2.5 pr-2 pl-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm font-medium">{name}</span>
        <span className="mt-0.5 block text-sm text-ink-soft">
          {one.opened === 1 ? "opened once" : one.opened ? `opened ${one.opened} times` : "not opened yet"} ·{" "}
          {lasts(one)}
        </span>
        <span className="block text-sm text-ink-faint">
          by {one.made_by || "a former member"}, {ago(one.made_at)}
        </span>
      </span>
      {one.works ? (
        <IconButton icon="trash" size="sm" label={`Take back “${name}”`} onClick={() => end.mutate()} />
      ) : (
        <Chip>{one.ended_at ? "taken back" : "expired"}</Chip>
      )}
    </li>
  );
}

function lasts(one: ShareCard): string {
  if (one.ended_at) return `ended ${ago(one.ended_at)}`;
  if (!one.expires_at) return "no end";
  return one.works ? `ends ${until(one.expires_at)}` : `ended ${ago(one.expires_at)}`;
}
