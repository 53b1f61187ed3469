import { Button, ButtonLink, CopyField, Empty } from "../kit";
import type { DataTab } from "./DataView";

/** Nothing was imported yet: three ways on. */
export function NoData({ mayEdit, go }: { mayEdit: boolean; go: (tab: DataTab) => void }) {
  if (!mayEdit)
    return (
      <Empty icon="table" title="There are no data yet">
        Whoever may edit brings files in here. Until then the map shows the journey as it is intended.
      </Empty>
    );
  return (
    <>
      <Empty icon="table" title="There are no data yet">
        Until then the map shows the journey as it is intended. Three ways on:
      </Empty>
      <ol className="mx-auto max-w-xl space-y-3">
        <li className="rounded-lg border border-line bg-sheet p-4">
          <p className="mb-2">Drop files of events, answers or customers. You see what becomes of them first.</p>
          <Button kind="primary" icon="upload" onClick={() => go("bring")}>
            Bring in files
          </Button>
        </li>
        <li className="rounded-lg border border-line bg-sheet p-4">
          <p className="mb-2">See how it looks with a company that was made up: the start page has it.</p>
          <ButtonLink href="/" icon="building">
            To the start page
          </ButtonLink>
        </li>
        <li className="rounded-lg border border-line bg-sheet p-4">
          <p className="mb-2">Import on the server, by hand or every night.</p>
          <CopyField label="Command" value="desireline import -w WORKSPACE FILES" />
        </li>
      </ol>
    </>
  );
}
