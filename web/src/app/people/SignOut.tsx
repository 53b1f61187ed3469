import { useEffect, useRef, useState } from "react";
import { counted } from "~/maps/words";
import { ask, Refusal } from "~/session/api";
import { clearCopies, type OnlyHere, onlyHere } from "~/session/leaving";
import { announce, Button, Dialog } from "~/view/kit";

/** Signs out at once where everything is saved; else it asks what becomes of the changes that only this browser has. */
export default function SignOut({ member, close }: { member: string; close: () => void }) {
  const [left, setLeft] = useState<OnlyHere>();
  const begun = useRef(false);
  const go = async (keep?: OnlyHere) => {
    try {
      await ask("DELETE /api/session");
    } catch (fault) {
      if (!(fault instanceof Refusal && fault.status === 401)) {
        announce(fault instanceof Error ? fault.message : "Signing out did not work.", { tone: "fault" });
        return close();
      }
    }
    await clearCopies(member, keep);
    location.assign("/signin");
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it begins once
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void onlyHere(member).then((found) => (found.changes || found.copies.length ? setLeft(found) : go()));
  }, []);
  if (!left) return null;
  return (
    <Dialog
      title="Not everything is saved"
      onClose={close}
      size="md"
      footer={
        <>
          <Button onClick={close}>Stay signed in</Button>
          <Button kind="danger" icon="trash" onClick={() => void go()}>
            Delete and sign out
          </Button>
          <Button kind="primary" icon="sign-out" onClick={() => void go(left)}>
            Keep and sign out
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <p>{sayLeft(left)}</p>
        <p className="text-sm text-ink-soft">
          Kept, it is saved when you sign in here again and open the map. Whoever else uses this browser could find it.
        </p>
      </div>
    </Dialog>
  );
}

/** What only this browser has, in a sentence. */
function sayLeft({ changes, maps, copies }: OnlyHere): string {
  const parts = [
    changes && `${counted(changes, "change")} in ${counted(maps.length, "map")}`,
    copies.length && counted(copies.length, "recovered copy").replace("copys", "copies"),
  ].filter(Boolean);
  return `Only this browser has ${parts.join(" and ")}.`;
}
