import type { ReactNode } from "react";
import type { Desk } from "~/commands/command";
import type { MapSession } from "~/session/session";

export default function OutlineView({ desk }: { desk: Desk; session: MapSession; mapId: string }): ReactNode {
  return <p className="p-6">{desk.map.list("stages").length} stages</p>;
}
