import type { VersionCard } from "~/contract/api";
import { counted } from "~/maps/words";
import { announce, Button, Dialog, Fault } from "../kit";
import { useCompared, useRestoreVersion } from "./useVersions";

/** Asks before a version is brought back, and says what that changes. */
export function RestoreQuestion({
  mapId,
  version,
  close,
  done,
}: {
  mapId: string;
  version: VersionCard;
  close: () => void;
  /** Also called when the map was brought back. */
  done?: () => void;
}) {
  const restore = useRestoreVersion(mapId);
  const compared = useCompared(mapId, version.id, "now");
  const changes = compared.data?.changes.length;
  const bring = () =>
    restore.mutate(version.id, {
      onSuccess: ({ changes: back }) => {
        const count = back.length;
        announce(
          count
            ? `“${version.title}” is restored: ${counted(count, "change")}. What it was before is kept as a version.`
            : `The map is as it was in “${version.title}” already.`,
        );
        close();
        done?.();
      },
    });
  return (
    <Dialog
      title={`Restore “${version.title}”?`}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" icon="restore" busy={restore.isPending} disabled={changes === 0} onClick={bring}>
            Restore
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <p>
          {changes === 0
            ? "The map is as it was then: there is nothing to restore."
            : `The map becomes what it was, for everybody who has it open. ${
                changes ? `${counted(changes, "change")} since then ${changes === 1 ? "is" : "are"} taken back.` : ""
              }`}
        </p>
        <p className="text-sm text-ink-soft">
          What it is now is kept as a version, so that this can be taken back too. Comments and votes stay.
        </p>
        {restore.isError && <Fault says={restore.error.message} />}
      </div>
    </Dialog>
  );
}
