import { Dialog } from "../kit";
import type { PanelProps } from "../panel";
import { SuggestForm } from "./SuggestForm";

/** `desk.show("suggest", { id })`: other words for a record, by somebody who may not change it. */
export default function SuggestDialog({ desk, session, close, more }: PanelProps) {
  const id = (more as { id?: string } | undefined)?.id ?? desk.selection.ids.at(-1);
  if (!id) return null;
  return (
    <Dialog title="Suggest a change" onClose={close}>
      <SuggestForm desk={desk} session={session} id={id} done={close} bare />
    </Dialog>
  );
}
