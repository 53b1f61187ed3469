import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { MapBrought } from "~/contract/api";
import { counted } from "~/maps/words";
import { ask } from "~/session/api";
import { announce, Button, Fault, Icon, Panel } from "~/view/kit";
import type { PanelProps } from "~/view/panel";
import { FileDrop } from "./FileDrop";

interface Brought {
  name: string;
  text: string;
}

/** The map's own file, changed by hand, brought in again: first what that would change, then the edit itself. */
export default function ImportPanel({ desk, mapId, close }: PanelProps) {
  const [file, setFile] = useState<Brought>();
  const send = (brought: Brought, dry_run: boolean) =>
    ask("PUT /api/maps/{map_id}/file", { path: { map_id: mapId }, body: { ...brought, dry_run } });
  const look = useMutation({ mutationFn: (brought: Brought) => send(brought, true) });
  const bring = useMutation({
    mutationFn: (brought: Brought) => send(brought, false),
    onSuccess: (done, { name }) => {
      announce(`${name} is in the map: ${counted(done.changes.length, "change")}`, {
        action: { title: "Versions", run: () => desk.show("versions") },
      });
      close();
    },
  });
  const choose = async ([chosen]: readonly File[]) => {
    if (!chosen) return;
    const brought = { name: chosen.name.slice(0, 200), text: await chosen.text() };
    setFile(brought);
    bring.reset();
    look.mutate(brought);
  };
  return (
    <Panel title="Import" close={close}>
      <div className="space-y-4 p-4">
        <p className="text-sm text-ink-soft">
          Export the map as YAML, change the file in any editor, and bring it back. Only what differs is changed; what
          others do meanwhile stays. A version is kept from before.
        </p>
        <FileDrop label="Map file" accept=".yaml,.yml,.json" onFiles={choose}>
          Drop a <span className="font-medium">.journey.yaml</span> file here
        </FileDrop>
        {look.isError && <Fault says={look.error.message} />}
        {bring.isError && <Fault says={bring.error.message} />}
        {file && look.data && <Changes found={look.data} name={file.name} />}
        {file && look.data && look.data.changes.length > 0 && (
          <div className="flex gap-2">
            <Button kind="primary" icon="check" busy={bring.isPending} onClick={() => bring.mutate(file)}>
              Bring in {counted(look.data.changes.length, "change")}
            </Button>
            <Button onClick={() => look.reset()}>Cancel</Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Changes({ found, name }: { found: MapBrought; name: string }) {
  if (!found.changes.length)
    return (
      <p role="status" className="flex gap-2 text-sm">
        <Icon name="check" className="text-leaf" />
        {name} says what the map says. There is nothing to change.
      </p>
    );
  return (
    <section aria-label="What changes">
      <h3 className="mb-2 text-sm font-semibold">What {name} changes</h3>
      <ul className="max-h-96 space-y-1.5 overflow-auto rounded-lg border border-line p-3 text-sm">
        {found.changes.map((one) => (
          <li key={`${one.kind} ${one.id} ${one.field}`} className="flex gap-2">
            <Icon
              name={SIGNS[one.kind] ?? "edit"}
              size={15}
              className={`mt-0.5 ${one.kind === "removed" ? "text-coral" : one.kind === "added" ? "text-leaf" : "text-ink-soft"}`}
            />
            {one.says}
          </li>
        ))}
      </ul>
    </section>
  );
}

const SIGNS: Record<string, "plus" | "minus" | "move" | "edit"> = { added: "plus", removed: "minus", moved: "move" };
