/** Commands that mark touchpoints, and those that open the text of a record. */
import { wordsField } from "~/layout/boardState";
import { type Command, command } from "./command";
import { mayEdit, selectedStages, selectedTouchpoints, subjects } from "./subjects";

type Mark = "moment_of_truth" | "optional" | "repeatable";

function mark(field: Mark, title: string, keys?: string): Command {
  return command({
    id: `mark.${field}`,
    title,
    group: "Card",
    ...(keys && { keys }),
    enabled: (desk) => desk.mayEdit && selectedTouchpoints(desk).length > 0,
    run: (desk) => {
      const points = selectedTouchpoints(desk);
      const on = !points.every((one) => one[field]);
      desk.edit(title, (map) => {
        for (const one of points) map.change(one.id, { [field]: on || undefined });
      });
      desk.announce(`${title}: ${on ? "yes" : "no"}.`);
    },
  });
}

const behind = command({
  id: "mark.behind",
  title: "Behind the line of visibility",
  group: "Card",
  enabled: (desk) => desk.mayEdit && selectedTouchpoints(desk).length > 0,
  run: (desk) => {
    const points = selectedTouchpoints(desk);
    const away = points.every((one) => one.front !== false);
    desk.edit("Move across the line of visibility", (map) => {
      for (const one of points) map.change(one.id, { front: away ? false : undefined });
    });
    desk.board.ask("follow");
    desk.announce(away ? "Customers do not see it now." : "Customers see it now.");
  },
});

const text = command({
  id: "edit.text",
  title: "Edit text",
  group: "Edit",
  keys: "Enter",
  enabled: (desk) => (desk.mayEdit || desk.mayComment) && subjects(desk).length === 1,
  run: (desk) => {
    const one = subjects(desk)[0]!;
    // What a commenter would change becomes a suggestion.
    if (desk.mayEdit) desk.board.set({ editing: { id: one.id, field: wordsField(one.section), fresh: false } });
    else desk.show("suggest", { id: one.id });
  },
});

const anyOrder = command({
  id: "stage.any-order",
  title: "Touchpoints of the stage in any order",
  group: "Card",
  enabled: (desk) => mayEdit(desk) && selectedStages(desk).length > 0,
  run: (desk) => {
    const stages = selectedStages(desk);
    const on = !stages.every((one) => one.any_order);
    desk.edit("Any order", (map) => {
      for (const one of stages) map.change(one.id, { any_order: on || undefined });
    });
  },
});

export const MARKING = [
  text,
  mark("moment_of_truth", "Moment of truth", "M"),
  mark("optional", "Optional"),
  mark("repeatable", "Repeatable"),
  behind,
  anyOrder,
];
