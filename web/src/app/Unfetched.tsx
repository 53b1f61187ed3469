import { useCallback, useEffect, useState } from "react";
import { askRelease, entryOf, isUnfetched, type Release } from "~/session/release";
import { Busy, Button, Empty, Fault } from "~/view/kit";

/** A part of a page broke: says so. One that could not be fetched says why, and what to do. */
export function Broken({ fault, says }: { fault: Error; says: string }) {
  return isUnfetched(fault) ? <Unfetched /> : <Fault says={says} retry={() => location.reload()} />;
}

const KEPT = "What you changed is kept: on the server, or in this browser until the server has it.";

/** What is said of a part that could not be fetched. */
const TOLD = {
  renewed: {
    title: "The app was renewed",
    says: `A new release was installed while this page was open. ${KEPT}`,
    does: "Load the page again",
  },
  same: {
    title: "This part did not come",
    says: `Loading the page again mostly helps. ${KEPT}`,
    does: "Load the page again",
  },
  away: {
    title: "The server cannot be reached",
    says: "This part of the app comes from it. The map that is open goes on, and what you change is kept in this browser.",
    does: "Try again",
  },
} as const satisfies Record<Release, { title: string; says: string; does: string }>;

/** A part of the app could not be fetched: a new release has taken the place of the page's, or the server is away. */
export function Unfetched() {
  const [release, setRelease] = useState<Release>();
  const ask = useCallback(() => askRelease(entryOf(document)), []);
  useEffect(() => void ask().then(setRelease), [ask]);
  if (!release) return <Busy />;
  const { title, says, does } = TOLD[release];
  const act = async () => {
    const now = release === "away" ? await ask() : release; // a page that cannot come again must stay
    if (now === "away") setRelease(now);
    else location.reload();
  };
  return (
    <div role="alert">
      <Empty
        icon={release === "away" ? "warning" : "restore"}
        title={title}
        action={
          <Button kind="primary" onClick={() => void act()}>
            {does}
          </Button>
        }
      >
        {says}
      </Empty>
    </div>
  );
}
