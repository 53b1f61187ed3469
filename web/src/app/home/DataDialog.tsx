import { Dialog, Empty } from "~/view/kit";

export function DataDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="On its way" onClose={onClose}>
      <Empty title="Not there yet" />
    </Dialog>
  );
}
