/** Commands that open something beside or above the map. */
import { type Command, command } from "./command";

function open(what: string, title: string, group: Command["group"], keys?: string): Command {
  return command({
    id: `go.${what}`,
    title,
    group,
    ...(keys && { keys }),
    enabled: (desk) => desk.offers(what),
    run: (desk) => desk.show(what),
  });
}

export const GOING = [
  open("palette", "All commands", "Go", "Mod+K"),
  open("find", "Find on this map", "Go", "Mod+F"),
  open("help", "Keyboard shortcuts", "Go", "?"),
  open("details", "Details", "Go", "Mod+Enter"),
  open("comments", "Comments", "Together", "C"),
  command({
    id: "go.suggest",
    title: "Suggest a change",
    group: "Together",
    enabled: ({ mayComment, selection }) => mayComment && selection.ids.length === 1,
    run: (desk) => desk.show("suggest", { id: desk.selection.ids[0] }),
  }),
  open("remarks", "Remarks", "Together"),
  open("versions", "Versions", "Together"),
  open("workshop", "Workshop: votes and timer", "Together"),
  open("people", "Personas, teams, channels", "Map"),
  open("outline", "Outline", "View"),
  open("present", "Present", "View"),
  open("share", "Share", "Map"),
  open("export", "Export", "Map"),
  command({
    id: "go.import",
    title: "Import",
    group: "Map",
    enabled: (desk) => desk.mayEdit && desk.offers("import"),
    run: (desk) => desk.show("import"),
  }),
];
