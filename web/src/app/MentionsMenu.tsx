import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { ask } from "~/session/api";
import { IconButton, Menu, MenuHeading, MenuItem } from "~/view/kit";
import { ago } from "~/view/when";

/** Where somebody named you in a comment and you have not looked yet. */
export function MentionsMenu() {
  const [, go] = useLocation();
  const client = useQueryClient();
  const mentions = useQuery({
    queryKey: ["mentions"],
    queryFn: () => ask("GET /api/mentions"),
    refetchInterval: 60_000,
  });
  const seen = useMutation({
    mutationFn: (ids: number[]) => ask("POST /api/mentions/seen", { body: { ids } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["mentions"] }),
  });
  const all = mentions.data ?? [];
  if (!all.length) return null;
  return (
    <Menu
      label="Mentions"
      button={(own) => <IconButton {...own} icon="bell" label="Mentions of you" badge={all.length} />}
    >
      <MenuHeading>You were mentioned</MenuHeading>
      {all.map((one) => (
        <MenuItem
          key={one.id}
          icon="at"
          onSelect={() => {
            seen.mutate([one.id]);
            go(`/maps/${one.map_id}?comment=${encodeURIComponent(one.comment_id)}`);
          }}
        >
          <span className="block font-medium">
            {one.by} in {one.title}
          </span>
          <span className="line-clamp-2 block text-ink-soft">
            {one.says} · {ago(one.at)}
          </span>
        </MenuItem>
      ))}
      <MenuItem icon="seen" onSelect={() => seen.mutate(all.map((one) => one.id))}>
        Mark all as seen
      </MenuItem>
    </Menu>
  );
}
