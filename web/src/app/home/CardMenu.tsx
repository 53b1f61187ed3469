import { useLocation } from "wouter";
import type { MapCard } from "~/contract/api";
import { IconButton, Menu, MenuItem } from "~/view/kit";

/** What can be done with a map without opening it. */
export function CardMenu({ one }: { one: MapCard }) {
  const [, go] = useLocation();
  return (
    <Menu
      label={one.title}
      button={(own) => <IconButton {...own} icon="more" size="sm" label={`More about ${one.title}`} />}
    >
      <MenuItem icon="board" onSelect={() => go(`/maps/${one.id}`)}>
        Open
      </MenuItem>
    </Menu>
  );
}
