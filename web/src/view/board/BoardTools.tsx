import { commandOf, perform } from "~/commands/catalog";
import { sayKeys } from "~/tools/keys";
import { IconButton, type IconName } from "../kit";
import { useLook, useParts } from "./boardContext";

/** The few things that stand over the board: undo, tools, zoom. */
export function BoardTools() {
  const { board, mayEdit } = useParts();
  const zoom = useLook((now) => now.zoom);
  const tool = useLook((now) => now.tool);
  const few = useLook((now) => now.fewLanes);
  return (
    <div
      role="toolbar"
      aria-label="Board tools"
      className="board-tools absolute bottom-4 left-1/2 z-30 flex -translate-x-1/2 items-center gap-0.5 rounded-xl border border-line bg-raised p-1 shadow-float print:hidden"
    >
      {mayEdit && (
        <>
          <Tool id="undo" icon="undo" />
          <Tool id="redo" icon="redo" />
          <Line />
        </>
      )}
      <span className="hidden items-center gap-0.5 sm:flex">
        <Tool id="tool.several" icon="seen" pressed={tool === "several"} />
        <Tool id="tool.hand" icon="move" pressed={tool === "hand"} off="tool.select" />
        <Tool id="lanes.few" icon="filter" pressed={few} />
        <Line />
      </span>
      <Tool id="zoom.out" icon="minus" />
      <button
        type="button"
        aria-label={`Zoom ${Math.round(zoom * 100)} %. Back to 100 %`}
        data-tip={`Back to 100 %  ${sayKeys("Mod+0")}`}
        className="h-9 min-w-14 rounded-md text-sm text-ink-soft tabular-nums hover:bg-sunken hover:text-ink"
        onClick={() => board.zoomTo(1)}
      >
        {Math.round(zoom * 100)} %
      </button>
      <Tool id="zoom.in" icon="plus" />
      <Tool id="zoom.fit" icon="fit" />
      <span className="hidden items-center gap-0.5 sm:flex">
        <Line />
        <Tool id="go.find" icon="search" />
        <Tool id="go.help" icon="keyboard" />
      </span>
    </div>
  );
}

function Line() {
  return <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />;
}

function Tool({ id, icon, pressed, off }: { id: string; icon: IconName; pressed?: boolean; off?: string }) {
  const { desk } = useParts();
  const { title, keys } = commandOf(id);
  return (
    <IconButton
      icon={icon}
      label={title}
      {...(keys && { keys: sayKeys(keys) })}
      {...(pressed !== undefined && { pressed })}
      onClick={() => perform(commandOf(pressed && off ? off : id), desk())}
    />
  );
}
