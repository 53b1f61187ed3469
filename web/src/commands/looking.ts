/** Commands about how this browser looks at the map, and about going back in time. */
import type { Way } from "~/overlay/lens";
import { command, type Desk } from "./command";
import { stageNow } from "./subjects";

function goBack(desk: Desk, way: "undo" | "redo"): void {
  const title = desk.map.step(way);
  const did = way === "undo" ? "Undone" : "Done again";
  desk.announce(title === undefined ? `There is nothing to ${way}.` : title ? `${did}: ${title.toLowerCase()}.` : did);
  desk.board.ask("settle");
}

/** The three ways to look at one map, in the order of their keys. */
export const WAYS = [
  { id: "intended", title: "Intended", says: "The map as it is drawn." },
  { id: "actual", title: "Actual", says: "What customers do, in numbers." },
  { id: "difference", title: "Difference", says: "Where the two part." },
] as const satisfies readonly { id: Way; title: string; says: string }[];

export const LOOKING = [
  ...WAYS.map(({ id, title, says }, at) =>
    command({
      id: `way.${id}`,
      title: `${title} journey`,
      group: "View",
      keys: String(at + 1),
      enabled: (desk) => desk.offers("numbers"),
      run: (desk) => {
        desk.lens.set({ way: id });
        desk.announce(`${title}. ${says}`);
      },
    }),
  ),
  command({ id: "undo", title: "Undo", group: "Edit", keys: "Mod+Z", run: (desk) => goBack(desk, "undo") }),
  command({
    id: "redo",
    title: "Redo",
    group: "Edit",
    keys: "Mod+Shift+Z",
    also: ["Mod+Y"],
    run: (desk) => goBack(desk, "redo"),
  }),
  command({
    id: "select.none",
    title: "Select nothing",
    group: "Edit",
    keys: "Escape",
    enabled: (desk) => desk.selection.ids.length > 0,
    run: (desk) => desk.select([]),
  }),
  command({
    id: "select.all",
    title: "Select all cards",
    group: "Edit",
    keys: "Mod+A",
    run: (desk) => desk.select(desk.map.list("cards").map((one) => one.id)),
  }),
  command({ id: "zoom.in", title: "Zoom in", group: "View", keys: "+", run: (desk) => desk.board.zoomBy(1) }),
  command({ id: "zoom.out", title: "Zoom out", group: "View", keys: "-", run: (desk) => desk.board.zoomBy(-1) }),
  command({ id: "zoom.whole", title: "Zoom to 100 %", group: "View", keys: "Mod+0", run: (d) => d.board.zoomTo(1) }),
  command({ id: "zoom.fit", title: "Fit all", group: "View", keys: "Shift+1", run: (desk) => desk.board.ask("fit") }),
  command({
    id: "zoom.selection",
    title: "Fit selection",
    group: "View",
    keys: "Shift+2",
    enabled: (desk) => desk.selection.ids.length > 0,
    run: (desk) => desk.board.ask("fit selection"),
  }),
  command({
    id: "stage.fold",
    title: "Fold or unfold the stage",
    group: "View",
    keys: "F",
    enabled: (desk) => stageNow(desk) !== undefined,
    run: (desk) => {
      const stage = stageNow(desk)!;
      desk.board.fold(stage);
      desk.board.set({ cursor: { row: "stages", at: stage, id: stage } });
      desk.board.ask("settle");
    },
  }),
  command({
    id: "stage.unfold-all",
    title: "Unfold all stages",
    group: "View",
    enabled: (desk) => desk.board.now.folded.size > 0,
    run: (desk) => desk.board.set({ folded: new Set() }),
  }),
  command({
    id: "lanes.few",
    title: "Show or hide empty lanes",
    group: "View",
    keys: "L",
    run: (desk) => {
      const fewLanes = !desk.board.now.fewLanes;
      desk.board.set({ fewLanes });
      desk.announce(fewLanes ? "Empty lanes are hidden." : "All lanes are shown.");
    },
  }),
  command({
    id: "tool.select",
    title: "Select",
    group: "View",
    keys: "V",
    run: (d) => d.board.set({ tool: "select" }),
  }),
  command({
    id: "tool.several",
    title: "Select several",
    group: "View",
    run: ({ board }) => board.set({ tool: board.now.tool === "several" ? "select" : "several" }),
  }),
  command({ id: "tool.hand", title: "Pan", group: "View", keys: "H", run: (d) => d.board.set({ tool: "hand" }) }),
];
