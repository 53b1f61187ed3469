import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Role } from "~/contract/api";
import { ask } from "~/session/api";
import { announce, announceFault, Fault, Field, FormDialog, IconButton, Select } from "~/view/kit";
import { until } from "~/view/when";
import { OnceDialog } from "./OnceDialog";
import { ROLES, roleTitle } from "./roles";

const DAYS = ["1", "7", "30"].map((value) => ({ value, title: value === "1" ? "1 day" : `${value} days` }));

/** Invitations that nobody has accepted yet. */
export function Invitations() {
  const client = useQueryClient();
  const open = useQuery({ queryKey: ["invitations"], queryFn: () => ask("GET /api/invitations") });
  const revoke = useMutation({
    mutationFn: (id: string) => ask("DELETE /api/invitations/{invitation_id}", { path: { invitation_id: id } }),
    onSuccess: () => announce("The invitation is taken back; its link works no longer"),
    onError: announceFault,
    onSettled: () => client.invalidateQueries({ queryKey: ["invitations"] }),
  });
  if (open.isError) return <Fault says={open.error.message} retry={() => open.refetch()} />;
  if (!open.data?.length) return null;
  return (
    <>
      <h2 className="mt-10 mb-3 text-lg font-semibold">Open invitations</h2>
      <ul
        aria-label="Open invitations"
        className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-sheet"
      >
        {open.data.map((one) => (
          <li key={one.id} className="flex items-center gap-3 px-4 py-3">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{one.title || "Somebody"}</span>
              <span className="block text-sm text-ink-soft">
                {roleTitle(one.role)} · ends {until(one.expires_at)}
              </span>
            </span>
            <IconButton
              icon="trash"
              size="sm"
              label={`Take back the invitation of ${one.title || "somebody"}`}
              onClick={() => revoke.mutate(one.id)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Invite somebody: for whom, as what; then the link to send. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [title, setTitle] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const [days, setDays] = useState("7");
  const invite = useMutation({
    mutationFn: () => ask("POST /api/invitations", { body: { title, role, days: Number(days) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["invitations"] }),
  });
  if (invite.data)
    return (
      <OnceDialog
        title="Send this link"
        label={`Invitation${title ? ` for ${title}` : ""}`}
        value={`${location.origin}/join#${invite.data.secret}`}
        hint={`It works once and ends ${until(invite.data.invitation.expires_at)}. It cannot be shown again.`}
        opens
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      title="Invite somebody"
      about="You get a link to send, by mail or chat. Nothing is sent from here."
      does="Make the link"
      sending={invite}
      onClose={onClose}
    >
      <Field
        label="For whom"
        value={title}
        onChange={setTitle}
        maxLength={200}
        hint="A note for owners, such as a name."
      />
      <Select
        label="Role"
        value={role}
        options={ROLES}
        onChange={setRole}
        hint={ROLES.find((one) => one.value === role)?.about ?? ""}
      />
      <Select label="The link works for" value={days} options={DAYS} onChange={setDays} />
    </FormDialog>
  );
}
