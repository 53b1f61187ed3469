import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { MemberCard, MemberChange, Role } from "~/contract/api";
import { ask } from "~/session/api";
import {
  Avatar,
  announce,
  announceFault,
  Button,
  Chip,
  Fault,
  IconButton,
  Menu,
  MenuItem,
  Select,
  Skeleton,
} from "~/view/kit";
import { Frame } from "../Frame";
import { useMay, useMe } from "../useMe";
import { Invitations, InviteDialog } from "./Invitations";
import { OnceDialog } from "./OnceDialog";
import { ROLES, roleTitle } from "./roles";

/** Who works here and what each may do. */
export default function MembersPage() {
  const manages = useMay("manage");
  const [inviting, setInviting] = useState(false);
  const members = useQuery({ queryKey: ["members"], queryFn: () => ask("GET /api/members") });
  const active = members.data?.filter((one) => one.active) ?? [];
  const gone = members.data?.filter((one) => !one.active) ?? [];
  return (
    <Frame
      title="Members"
      about="Everybody here sees all maps of this workspace. What else they may do is their role."
      actions={
        manages && (
          <Button kind="primary" icon="user-plus" onClick={() => setInviting(true)}>
            Invite
          </Button>
        )
      }
    >
      {members.isError && <Fault says={members.error.message} retry={() => members.refetch()} />}
      {members.isPending && <Skeleton className="h-40 w-full" />}
      <List members={active} label="Members" />
      {gone.length > 0 && (
        <>
          <h2 className="mt-10 mb-3 text-lg font-semibold">No longer here</h2>
          <List members={gone} label="Former members" />
        </>
      )}
      {manages && <Invitations />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Frame>
  );
}

function List({ members, label }: { members: readonly MemberCard[]; label: string }) {
  if (!members.length) return null;
  return (
    <ul aria-label={label} className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-sheet">
      {members.map((one) => (
        <Row key={one.id} one={one} />
      ))}
    </ul>
  );
}

function Row({ one }: { one: MemberCard }) {
  const me = useMe();
  const manages = useMay("manage");
  const client = useQueryClient();
  const [link, setLink] = useState<string>();
  const change = useMutation({
    mutationFn: (body: MemberChange) => ask("PATCH /api/members/{member_id}", { path: { member_id: one.id }, body }),
    onSuccess: (now) => announce(`${now.name}: ${now.active ? roleTitle(now.role) : "can no longer come in"}`),
    onError: announceFault,
    onSettled: () => {
      if (one.id === me?.id) void client.invalidateQueries({ queryKey: ["me"] });
      return client.invalidateQueries({ queryKey: ["members"] });
    },
  });
  const letIn = useMutation({
    mutationFn: () => ask("POST /api/members/{member_id}/link", { path: { member_id: one.id } }),
    onSuccess: ({ secret }) => setLink(`${location.origin}/open#${secret}`),
    onError: announceFault,
  });
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <span className={one.active ? "" : "opacity-45 grayscale"}>
        <Avatar name={one.name} id={one.id} />
      </span>
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
        <span className="truncate font-medium">{one.name}</span>
        {me?.id === one.id && <Chip>you</Chip>}
      </span>
      {manages && one.active ? (
        <Select
          label={`Role of ${one.name}`}
          hideLabel
          size="sm"
          value={one.role}
          options={ROLES}
          disabled={change.isPending}
          onChange={(role: Role) => change.mutate({ role })}
          className="w-32"
        />
      ) : (
        <span className="text-sm text-ink-soft">{roleTitle(one.role)}</span>
      )}
      {manages && (
        <Menu
          label={`More about ${one.name}`}
          button={(own) => <IconButton {...own} icon="more" size="sm" label={`More about ${one.name}`} />}
        >
          <MenuItem icon="key" disabled={!one.active} onSelect={() => letIn.mutate()}>
            Make a link that lets them in
          </MenuItem>
          {one.active ? (
            <MenuItem icon="lock" danger onSelect={() => change.mutate({ active: false })}>
              Let them in no more
            </MenuItem>
          ) : (
            <MenuItem icon="restore" onSelect={() => change.mutate({ active: true })}>
              Let them in again
            </MenuItem>
          )}
        </Menu>
      )}
      {link && (
        <OnceDialog
          title={`A link for ${one.name}`}
          label="Link"
          value={link}
          hint="It signs them in once, within a day. It cannot be shown again. Send it to nobody else."
          opens
          onClose={() => setLink(undefined)}
        />
      )}
    </li>
  );
}
