import { Button, CopyField, Dialog, Reach } from "~/view/kit";

/** A secret that is shown only now, to take along. `opens`: it is a link that somebody else shall open. */
export function OnceDialog({
  title,
  label,
  value,
  hint,
  opens = false,
  onClose,
}: {
  title: string;
  label: string;
  value: string;
  hint: string;
  opens?: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      size="md"
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyField label={label} value={value} hint={hint} />
      {opens && <Reach />}
    </Dialog>
  );
}
