import { type ReactNode, useId } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Fault } from "./States";

/** What sends the form: it is on its way, or it did not work. A mutation is one. */
interface Sending {
  mutate: () => void;
  isPending: boolean;
  error: Error | null;
}

/** A dialog with fields: they can be left as they are, or sent by the button that says `does`, and by Enter. */
export function FormDialog({
  title,
  about,
  does,
  sending,
  onClose,
  children,
}: {
  title: string;
  about?: ReactNode;
  does: string;
  sending: Sending;
  onClose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Dialog
      title={title}
      about={about}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={id} busy={sending.isPending}>
            {does}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate();
        }}
      >
        {children}
        {sending.error && <Fault says={sending.error.message} />}
      </form>
    </Dialog>
  );
}
