import type { ReactNode } from "react";
import type { Desk } from "~/commands/command";
import { Button, Empty } from "../kit";

/** There are data, and the map does not say where they belong: what that means here, and the way to where it is said. */
export function NothingBound({ desk, title, children }: { desk: Desk; title: string; children: ReactNode }) {
  return (
    <Empty
      icon="link"
      title={title}
      action={
        <Button kind="primary" onClick={() => desk.show("data", { tab: "binding" })}>
          {desk.mayEdit ? "Bind events" : "See what is bound"}
        </Button>
      }
    >
      {children}
    </Empty>
  );
}
