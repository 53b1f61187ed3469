import { memo, useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Desk } from "~/commands/command";
import type { MapSession } from "~/session/session";
import { Button, IconButton, Menu, MenuItem, MenuLine, Segments, type Tab } from "~/view/kit";
import { PeoplePresent } from "~/view/together/PeoplePresent";
import { StatusChip } from "~/view/together/StatusChip";
import { WorkshopChip } from "~/view/together/Timer";
import { useHead } from "~/view/useMap";
import { Mark } from "./Logo";
import { useMay } from "./useMe";

export type View = "board" | "outline";

export const VIEWS: readonly Tab<View>[] = [
  { id: "board", title: "Board", icon: "board" },
  { id: "outline", title: "Outline", icon: "outline" },
];

/** The bar above a map: where one is, how one looks at it, who else is here, and what can be done with the whole map. */
export const MapBar = memo(function MapBar({
  desk,
  session,
  view,
  panel,
  toggle,
}: {
  desk: Desk;
  session: MapSession;
  view: string;
  panel: string | undefined;
  toggle: (what: string) => void;
}) {
  const shares = useMay("share");
  return (
    <header className="relative z-30 flex h-13 shrink-0 items-center gap-1 border-b border-line bg-sheet px-2 sm:gap-2 sm:px-3">
      <Link href="/" aria-label="All maps" data-tip="All maps" className="flex items-center rounded-lg p-0.5">
        <Mark size={26} />
      </Link>
      <Title desk={desk} />
      <StatusChip session={session} onOpen={() => desk.show("recovered")} />
      <div className="ml-auto flex items-center gap-1 sm:gap-2">
        <WorkshopChip />
        <PeoplePresent />
        <Segments label="View" compact tabs={VIEWS} value={view as View} onChange={(to) => desk.show(to)} />
        <span className="hidden items-center sm:flex">
          <IconButton icon="panel" label="Details" pressed={panel === "details"} onClick={() => toggle("details")} />
          <IconButton
            icon="comment"
            label="Comments"
            pressed={panel === "comments"}
            onClick={() => toggle("comments")}
          />
          <IconButton icon="play" label="Present" onClick={() => desk.show("present")} />
        </span>
        {shares && (
          <Button
            kind="primary"
            size="sm"
            icon="share"
            className="h-8 max-sm:hidden"
            onClick={() => toggle("share")}
            aria-expanded={panel === "share"}
          >
            Share
          </Button>
        )}
        <MapMenu desk={desk} shares={shares} toggle={toggle} />
      </div>
    </header>
  );
});

function Title({ desk }: { desk: Desk }) {
  const title = String(useHead().title ?? "");
  const [typed, setTyped] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const byKeys = useRef(false);
  useEffect(() => {
    if (typed === undefined && byKeys.current) button.current?.focus();
    byKeys.current = false;
  }, [typed]);
  if (typed === undefined)
    return (
      <h1 className="min-w-0 truncate text-base font-semibold">
        {desk.mayEdit ? (
          <button
            ref={button}
            type="button"
            data-tip="Rename"
            className="max-w-full truncate rounded-md px-1.5 py-1 text-left hover:bg-sunken"
            onClick={() => setTyped(title)}
          >
            {title || "Untitled map"}
          </button>
        ) : (
          <span className="px-1.5">{title || "Untitled map"}</span>
        )}
      </h1>
    );
  const keep = () => {
    const said = typed.trim();
    if (said && said !== title) desk.edit("Rename map", (map) => map.changeHead({ title: said }));
    setTyped(undefined);
  };
  return (
    <input
      aria-label="Title of the map"
      // biome-ignore lint/a11y/noAutofocus: somebody asked to change this very text
      autoFocus
      value={typed}
      maxLength={300}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        byKeys.current = event.key === "Enter" || event.key === "Escape";
        if (byKeys.current) event.preventDefault(); // or Enter would press the button that gets the focus
        if (event.key === "Enter") keep();
        if (event.key === "Escape") setTyped(undefined);
      }}
      className="h-8 w-80 min-w-0 shrink rounded-md border border-line-strong bg-sheet px-1.5 text-base font-semibold"
    />
  );
}

function MapMenu({ desk, shares, toggle }: { desk: Desk; shares: boolean; toggle: (what: string) => void }) {
  const [, go] = useLocation();
  return (
    <Menu label="Map" button={(own) => <IconButton {...own} icon="more" label="More about this map" />}>
      <MenuItem
        icon="info"
        onSelect={() => {
          desk.select([]);
          desk.show("details");
        }}
      >
        About this map
      </MenuItem>
      <MenuItem icon="persona" onSelect={() => toggle("people")}>
        Personas, teams, channels
      </MenuItem>
      <MenuLine />
      <MenuItem icon="comment" onSelect={() => toggle("comments")}>
        Comments
      </MenuItem>
      <MenuItem icon="warning" onSelect={() => toggle("remarks")}>
        Remarks
      </MenuItem>
      <MenuItem icon="history" onSelect={() => toggle("versions")}>
        Versions
      </MenuItem>
      <MenuItem icon="timer" onSelect={() => toggle("workshop")}>
        Workshop
      </MenuItem>
      <MenuLine />
      <MenuItem icon="play" onSelect={() => desk.show("present")}>
        Present
      </MenuItem>
      {shares && (
        <MenuItem icon="share" onSelect={() => toggle("share")}>
          Share
        </MenuItem>
      )}
      <MenuItem icon="download" onSelect={() => toggle("export")}>
        Export
      </MenuItem>
      {desk.mayEdit && (
        <MenuItem icon="upload" onSelect={() => toggle("import")}>
          Import into this map
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon="search" onSelect={() => desk.show("palette")}>
        All commands
      </MenuItem>
      <MenuItem icon="keyboard" onSelect={() => desk.show("help")}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon="home" onSelect={() => go("/")}>
        All maps
      </MenuItem>
    </Menu>
  );
}
