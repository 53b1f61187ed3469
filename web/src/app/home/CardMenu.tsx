import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import type { MapCard } from "~/contract/api";
import { ask } from "~/session/api";
import { announce, announceFault, Field, FormDialog, IconButton, Menu, MenuItem, MenuLine } from "~/view/kit";
import { useMay } from "../useMe";

/** What can be done with a map without opening it. */
export function CardMenu({ one }: { one: MapCard }) {
  const [, go] = useLocation();
  const client = useQueryClient();
  const edits = useMay("edit");
  const manages = useMay("manage");
  const [renaming, setRenaming] = useState(false);
  const path = { map_id: one.id };
  const after = {
    onError: announceFault,
    onSettled: () => client.invalidateQueries({ queryKey: ["maps"] }),
  };
  const copy = useMutation({
    ...after,
    mutationFn: () => ask("POST /api/maps/{map_id}/copies", { path, body: { title: `${one.title} (copy)` } }),
    onMutate: () => announce(`Duplicating “${one.title}”…`),
    onSuccess: (made) => announce(`“${made.title}” is there`),
  });
  const putAway = useMutation({
    ...after,
    mutationFn: (archived: boolean) => ask("PUT /api/maps/{map_id}/archived", { path, body: { archived } }),
    onSuccess: (_, archived) =>
      announce(archived ? `“${one.title}” is archived` : `“${one.title}” is back`, {
        action: { title: "Undo", run: () => putAway.mutate(!archived) },
      }),
  });
  return (
    <>
      <Menu
        label={one.title}
        button={(own) => <IconButton {...own} icon="more" size="sm" label={`More about ${one.title}`} />}
      >
        <MenuItem icon="board" onSelect={() => go(`/maps/${one.id}`)}>
          Open
        </MenuItem>
        {edits && (
          <>
            <MenuItem icon="edit" onSelect={() => setRenaming(true)}>
              Rename or hand over
            </MenuItem>
            <MenuItem icon="copy" onSelect={() => copy.mutate()}>
              Duplicate
            </MenuItem>
          </>
        )}
        {manages && (
          <>
            <MenuLine />
            <MenuItem icon={one.archived_at ? "restore" : "archive"} onSelect={() => putAway.mutate(!one.archived_at)}>
              {one.archived_at ? "Take out of the archive" : "Archive"}
            </MenuItem>
          </>
        )}
      </Menu>
      {renaming && <HeadDialog one={one} onClose={() => setRenaming(false)} />}
    </>
  );
}

function HeadDialog({ one, onClose }: { one: MapCard; onClose: () => void }) {
  const client = useQueryClient();
  const [title, setTitle] = useState(one.title);
  const [owner, setOwner] = useState(one.owner);
  const keep = useMutation({
    mutationFn: () => ask("PATCH /api/maps/{map_id}", { path: { map_id: one.id }, body: { title, owner } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["maps"] });
      onClose();
    },
  });
  return (
    <FormDialog title="Rename or hand over" does="Keep" sending={keep} onClose={onClose}>
      <Field label="Title" value={title} onChange={setTitle} required maxLength={120} />
      <Field
        label="Owner"
        value={owner}
        onChange={setOwner}
        maxLength={200}
        hint="Who looks after the map: a person or a role."
      />
    </FormDialog>
  );
}
