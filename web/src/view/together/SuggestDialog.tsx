import { useEffect, useRef } from "react";
import { Dialog } from "../kit";
import type { PanelProps } from "../panel";
import { SuggestForm } from "./SuggestForm";

/** `desk.show("suggest", { id })`: other words for a record, by somebody who may not change it. */
export default function SuggestDialog({ desk, session, close, more }: PanelProps) {
  const id = (more as { id?: string } | undefined)?.id ?? desk.selection.ids.at(-1);
  const ref = useRef<HTMLDivElement>(null);
  // After the dialog itself has taken the focus.
  useEffect(() => ref.current?.querySelector("textarea")?.focus(), []);
  if (!id) return null;
  return (
    <Dialog title="Suggest a change" onClose={close}>
      <div ref={ref}>
        <SuggestForm desk={desk} session={session} id={id} done={close} bare />
      </div>
    </Dialog>
  );
}
