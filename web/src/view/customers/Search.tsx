import { useState } from "react";
import type { Desk } from "~/commands/command";
import { Button, Field, Icon } from "../kit";

/** Before a number was opened: how to come to customers, and a way to one whose id is known. */
export function Search({ desk, open }: { desk: Desk; open: (id: string) => void }) {
  const [id, setId] = useState("");
  const wanted = id.trim();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-xl flex-col gap-6 px-4 py-10 sm:px-8">
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted) open(wanted);
          }}
        >
          <Field
            className="min-w-0 flex-1"
            label={desk.mayEdit ? "Customer id" : "Customer"}
            hint={
              desk.mayEdit
                ? "As it stands in your data."
                : "As lists name them: “Customer 3f9a…”. Who may edit the map sees ids."
            }
            value={id}
            onChange={setId}
            autoComplete="off"
            spellCheck={false}
            maxLength={1000}
          />
          <Button type="submit" kind="primary" icon="search" className="mb-6" disabled={!wanted}>
            Open
          </Button>
        </form>
        <section aria-labelledby="ways-to-customers" className="rounded-xl border border-line bg-sheet p-4">
          <h2 id="ways-to-customers" className="font-semibold">
            From a number to its customers
          </h2>
          <ul className="mt-3 flex flex-col gap-3">
            <Way icon="board" title="On the map" go={() => actual(desk)}>
              Look at the actual journey, open the numbers of a touchpoint, then click one of them.
            </Way>
            {desk.offers("findings") && (
              <Way icon="flag" title="In the findings" go={() => desk.show("findings")}>
                Open a finding, then the customers whom it is about.
              </Way>
            )}
            {desk.offers("flow") && (
              <Way icon="branch" title="In the flow" go={() => desk.show("flow")}>
                Click a move between two touchpoints.
              </Way>
            )}
          </ul>
        </section>
      </div>
    </div>
  );
}

function actual(desk: Desk) {
  desk.lens.set({ way: "actual" });
  desk.show("board");
}

function Way({
  icon,
  title,
  go,
  children,
}: {
  icon: "board" | "flag" | "branch";
  title: string;
  go: () => void;
  children: string;
}) {
  return (
    <li className="flex items-start gap-3">
      <Icon name={icon} className="mt-0.5 text-ink-soft" />
      <span className="min-w-0">
        <button type="button" onClick={go} className="min-h-6 rounded font-medium text-spruce hover:underline">
          {title}
        </button>
        <span className="block text-sm text-ink-soft">{children}</span>
      </span>
    </li>
  );
}
