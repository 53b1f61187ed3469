import { type DragEvent, useId, useState } from "react";
import type { InitiativeTold } from "~/contract/api";
import { columnsOf, lastVerdict, teamIn, WAYS } from "~/overlay/decisions";
import { sayEffect } from "~/overlay/say";
import { Button, Chip, Empty, Icon, IconButton, Menu, MenuItem } from "../kit";
import type { PanelProps } from "../panel";
import { MoveQuestion } from "./MoveQuestion";
import { Progress } from "./Progress";
import type { Page } from "./useInitiatives";
import { VerdictChip } from "./VerdictChip";

interface Props extends PanelProps {
  initiatives: readonly InitiativeTold[];
  open: (id: string) => void;
  make: () => void;
}

const TO: Record<string, readonly string[]> = { planned: [], running: ["running"], ended: ["finished", "stopped"] };
const DRAGGED = "application/x-initiative";

/** Initiatives by what has become of them. A card moves by its menu, or is dragged; both ask what has to be known. */
export function InitiativeBoard({ initiatives, open, make, ...page }: Props) {
  const { desk, mapId } = page;
  const [moving, move] = useState<{ one: InitiativeTold; to: string }>();
  const heading = useId();
  if (!initiatives.length)
    return (
      <Empty
        icon="goal"
        title="No initiative yet"
        action={
          desk.mayEdit && (
            <span className="flex flex-wrap justify-center gap-2">
              {desk.offers("findings") && <Button onClick={() => desk.show("findings")}>Look at findings</Button>}
              <Button kind="primary" onClick={make}>
                New initiative
              </Button>
            </span>
          )
        }
      >
        An initiative says what is to be done, which number it is to move and by how much. That is fixed before it
        starts; later data say whether it helped.
      </Empty>
    );
  const dropped = (column: string) => (event: DragEvent) => {
    const one = initiatives.find(({ id }) => id === event.dataTransfer.getData(DRAGGED));
    const to = one?.ways.find((way) => TO[column]?.includes(way));
    if (!one || !to) return;
    event.preventDefault();
    move({ one, to });
  };
  return (
    <div className="flex min-h-full flex-col">
      <div className="grid flex-1 content-start items-start gap-4 p-4 md:grid-cols-3">
        {columnsOf(initiatives).map((column) => (
          <section
            key={column.id}
            aria-labelledby={`${heading}-${column.id}`}
            className="min-w-0 rounded-xl bg-sunken p-3"
            onDragOver={(event) => event.preventDefault()}
            onDrop={dropped(column.id)}
          >
            <h2 id={`${heading}-${column.id}`} className="flex items-center gap-2 px-1 font-semibold">
              {column.title}
              <span className="text-sm font-normal text-ink-soft">{column.initiatives.length}</span>
            </h2>
            <p className="px-1 text-sm text-ink-soft">{column.about}</p>
            <ul className="mt-3 space-y-3">
              {column.initiatives.map((one) => (
                <Card key={one.id} one={one} open={open} desk={desk} move={(to) => move({ one, to })} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-4 text-sm">
        <span className="text-ink-soft">For another tracker:</span>
        {["csv", "json"].map((format) => (
          <a
            key={format}
            href={`/api/maps/${encodeURIComponent(mapId)}/initiatives.${format}`}
            download
            className="inline-flex min-h-6 items-center gap-1 text-spruce underline underline-offset-4"
          >
            <Icon name="download" size={14} />
            {format.toUpperCase()}
          </a>
        ))}
      </p>
      {moving && <MoveQuestion {...page} {...moving} onClose={() => move(undefined)} />}
    </div>
  );
}

function Card({
  one,
  open,
  desk,
  move,
}: { one: InitiativeTold; open: (id: string) => void; move: (to: string) => void } & Pick<Page, "desk">) {
  const judged = lastVerdict(one);
  const { target } = one;
  const unit = target.baseline?.unit ?? "";
  const expected =
    target.expected && unit ? sayEffect(target.direction === "up" ? target.expected : -target.expected, unit) : "";
  const done = one.tasks.filter((task) => task.done).length;
  return (
    <li
      draggable={desk.mayEdit && one.ways.length > 0}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, one.id)}
      className="rounded-lg border border-line bg-raised p-3 shadow-card"
    >
      <div className="flex items-start gap-2">
        <button
          type="button"
          onClick={() => open(one.id)}
          className="min-h-6 min-w-0 flex-1 rounded text-left font-semibold break-words hover:underline"
        >
          {one.title}
        </button>
        {desk.mayEdit && one.ways.length > 0 && (
          <Menu
            label={`Move ${one.title}`}
            button={(own) => <IconButton {...own} icon="more" label={`Move ${one.title}`} size="sm" />}
          >
            {one.ways.map((to) => (
              <MenuItem key={to} icon={WAYS[to]!.icon} danger={to === "stopped"} onSelect={() => move(to)}>
                {WAYS[to]!.does}…
              </MenuItem>
            ))}
          </Menu>
        )}
      </div>
      <p className="mt-1 text-sm text-ink-soft">
        {one.moves}
        {expected && `, expected ${expected}`}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-1.5">
        {one.status === "stopped" && <Chip icon="close">stopped</Chip>}
        {one.status === "proposed" && <Chip icon="suggest">no start yet</Chip>}
        {!target.baseline && !one.began && (
          <Chip tone="amber" icon="warning">
            no baseline
          </Chip>
        )}
        {judged && <VerdictChip word={judged.word} says={judged.says} />}
        {one.overlaps.length > 0 && (
          <Chip tone="amber" icon="warning" tip={one.overlaps.join("\n")}>
            overlaps
          </Chip>
        )}
      </div>
      <Progress one={one} />
      <p className="mt-2 flex flex-wrap gap-x-3 text-xs text-ink-soft">
        {(one.owner || one.team) && <span>{[one.owner, teamIn(desk.map, one.team)].filter(Boolean).join(", ")}</span>}
        {one.starts_on && (
          <span>
            {one.starts_on} to {one.ended_on ?? one.ends_on ?? "open end"}
          </span>
        )}
        {one.tasks.length > 0 && (
          <span>
            {done} of {one.tasks.length} tasks done
          </span>
        )}
      </p>
    </li>
  );
}
