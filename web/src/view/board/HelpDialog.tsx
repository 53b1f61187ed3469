import { COMMANDS } from "~/commands/catalog";
import { sayKeys } from "~/tools/keys";
import { Dialog } from "../kit";
import { SingleKeys } from "./SingleKeys";

interface Line {
  says: string;
  keys: readonly string[];
}

function of(ids: readonly string[]): Line[] {
  return ids.flatMap((id) => {
    const one = COMMANDS.find((each) => each.id === id);
    return one?.keys ? [{ says: one.title, keys: [one.keys, ...(one.also ?? [])].map((keys) => sayKeys(keys)) }] : [];
  });
}

const GROUPS: readonly { title: string; lines: readonly Line[] }[] = [
  {
    title: "Go around",
    lines: [
      { says: "From card to card", keys: ["←", "→", "↑", "↓"] },
      { says: "First or last column", keys: ["Home", "End"] },
      { says: "Previous or next stage", keys: ["Page up", "Page down"] },
      { says: "Menu of a card", keys: ["Shift+F10"] },
      ...of(["go.find", "go.palette", "go.details", "go.comments", "vote.give"]),
    ],
  },
  {
    title: "Write",
    lines: [
      { says: "Edit, or begin a card", keys: ["Enter", "F2"] },
      { says: "Done; after a new card: the next one", keys: ["Enter"] },
      { says: "Done, and edit the next cell", keys: ["Tab"] },
      { says: "Stop", keys: ["Esc"] },
      ...of(["card.add", "touchpoint.add", "stage.add", "mark.moment_of_truth"]),
    ],
  },
  {
    title: "Change",
    lines: [
      { says: "Move", keys: [`${sayKeys("Mod")}+arrows`] },
      { says: "Select more", keys: ["Shift+arrows", "Shift+click"] },
      { says: "Drag a copy", keys: ["Alt+drag"] },
      { says: "Copy, cut, paste", keys: ["C", "X", "V"].map((key) => sayKeys(`Mod+${key}`)) },
      ...of(["edit.duplicate", "edit.delete", "undo", "redo", "select.all"]),
    ],
  },
  {
    title: "Look",
    lines: [
      { says: "Zoom", keys: [`${sayKeys("Mod")}+wheel`, "+", "−"] },
      { says: "Pan", keys: ["Space+drag"] },
      ...of(["zoom.fit", "zoom.selection", "zoom.whole", "stage.fold", "lanes.few", "tool.hand", "tool.select"]),
    ],
  },
];

/** What each key does. */
export default function HelpDialog({ close }: { close: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" size="lg" onClose={close}>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-sm font-semibold text-ink-soft">{group.title}</h3>
            <dl>
              {group.lines.map((line) => (
                <div key={line.says} className="flex items-center gap-4 border-t border-line py-1.5 first:border-t-0">
                  <dt className="flex-1 text-sm">{line.says}</dt>
                  <dd className="m-0 flex flex-wrap justify-end gap-1">
                    {line.keys.map((key) => (
                      <kbd
                        key={key}
                        className="rounded border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs text-ink-soft"
                      >
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="mt-6 border-t border-line pt-4">
        <SingleKeys />
      </div>
    </Dialog>
  );
}
