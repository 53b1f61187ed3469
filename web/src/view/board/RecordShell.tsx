import { type ReactNode, useRef, useState } from "react";
import { commandOf, perform } from "~/commands/catalog";
import { IconButton } from "../kit";
import { PresenceRing } from "../together/PresenceRing";
import { type Standing, useParts } from "./boardContext";

interface Props {
  id: string;
  row: string;
  label: string;
  where: string;
  /** What it is: "Pain", "Touchpoint", "Stage". */
  what: string;
  className: string;
  standing: Standing;
  /** False where there is no room for the menu's button; right click and Shift+F10 still open it. */
  menu?: boolean;
  children: ReactNode;
}

/** What every record on the board can do: be selected, typed in, dragged, and asked for its menu. */
export function RecordShell({ id, row, label, where, what, className, standing, menu = true, children }: Props) {
  const { desk, board, menus, openMenu } = useParts();
  const { selected, here, typed } = standing;
  const ref = useRef<HTMLDivElement>(null);
  // The menu's button is there only where somebody points or stands: a large map has a thousand cards.
  const [near, setNear] = useState(false);
  const press = (event: React.MouseEvent) => {
    if (typed || board.now.tool === "hand") return;
    const { selection } = board.now;
    const at = ref.current?.closest<HTMLElement>("[data-at]")?.dataset.at ?? "";
    const cursor = { row, at, id };
    if (event.shiftKey || event.ctrlKey || event.metaKey || board.now.tool === "several") {
      const rest = selection.filter((one) => one !== id);
      board.set({ cursor, selection: rest.length < selection.length ? rest : [...rest, id] });
      return;
    }
    const again = selection.length === 1 && selection[0] === id;
    board.set({ cursor, selection: [id] });
    if (again) perform(commandOf("edit.text"), desk());
  };
  const ring = selected
    ? "outline-2 outline-spruce outline-offset-0"
    : "hover:shadow-[0_0_0_1px_var(--line-strong)] outline-0";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the board hears the keys for all of them
    <div
      ref={ref}
      role="group"
      aria-roledescription={what}
      aria-label={`${label}. ${where}${selected ? ", selected" : ""}`}
      tabIndex={here ? 0 : -1}
      data-record={id}
      data-selected={selected || undefined}
      className={`board-record group/record relative text-left outline-solid ${ring} ${className}`}
      onClick={press}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      onContextMenu={(event) => {
        if (!menus) return;
        event.preventDefault();
        openMenu(id, { x: event.clientX, y: event.clientY });
      }}
    >
      {children}
      <PresenceRing id={id} />
      {menu && menus && !typed && (near || here) && (
        <span className="board-more absolute top-0.5 right-0.5">
          <IconButton
            icon="more"
            label={`Menu of ${what.toLowerCase()}`}
            size="sm"
            tabIndex={-1}
            className="size-6 bg-inherit"
            onClick={(event) => {
              event.stopPropagation();
              const box = event.currentTarget.getBoundingClientRect();
              openMenu(id, { x: box.left, y: box.bottom + 4 });
            }}
          />
        </span>
      )}
    </div>
  );
}
