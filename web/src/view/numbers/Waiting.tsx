import type { ReactNode } from "react";
import type { Asked } from "~/session/answers";
import { Button, Empty, Fault, Icon, Spinner } from "../kit";

interface Props<T> {
  asked: Asked<T> & { again: () => void };
  /** "findings": what is looked for. */
  what: string;
  /** Goes where data are brought in. */
  bring?: () => void;
  children: (answer: T) => ReactNode;
}

/** Faults that asking again does not mend: the question does not suit the data, or the map. */
const NOT_SO = new Set(["unusable", "wrong-use"]);
const EARLIER = "These are the numbers from before. ";

/** An answer of the data, or why it is not there. An earlier one stays in sight while a new one is looked for. */
export function Waiting<T>({ asked, what, bring, children }: Props<T>) {
  const { answer, job, fault, again } = asked;
  if (answer === undefined) {
    if (fault?.code === "no-data") return <NoData bring={bring} />;
    if (fault && NOT_SO.has(fault.code))
      return (
        <Empty
          icon="info"
          title="This cannot be told yet"
          action={bring && <Button onClick={bring}>Look at the data</Button>}
        >
          {fault.message}
        </Empty>
      );
    if (fault)
      return (
        <div className="p-4">
          <Fault says={fault.message} retry={again} />
        </div>
      );
    return <Looking says={job?.says || `Looking for ${what}`} share={job?.share ?? undefined} />;
  }
  return (
    <>
      <OnTheWay asked={asked} what={what} />
      {children(answer)}
    </>
  );
}

/** Above what can be read without the answer, or with an earlier one: it is on its way, or why it is not. */
export function OnTheWay({ asked, what }: Pick<Props<unknown>, "asked" | "what">) {
  const { answer, asking, job, fault, again } = asked;
  const [before, looking] = answer === undefined ? ["", `Looking for ${what}`] : [EARLIER, "Looking again"];
  return (
    <>
      {fault && (
        <div className="p-3">
          <Fault says={`${before}${fault.message}`} {...(!NOT_SO.has(fault.code) && { retry: again })} />
        </div>
      )}
      {asking && (
        <p role="status" className="kit-late flex items-center gap-2 px-4 py-1.5 text-sm text-ink-soft">
          <Spinner />
          {job?.says || looking}
        </p>
      )}
    </>
  );
}

function Looking({ says, share }: { says: string; share: number | undefined }) {
  return (
    <div className="kit-late mx-auto flex w-full max-w-sm flex-col gap-3 px-4 py-12">
      <p role="status" className="flex items-center gap-2.5 font-medium">
        <Spinner />
        {says}
      </p>
      <progress
        aria-label={says}
        max={1}
        {...(share === undefined ? {} : { value: share })}
        className="kit-progress w-full"
      />
    </div>
  );
}

/** Nothing was imported: what that means, and the way to where it is done. */
export function NoData({ bring }: { bring: (() => void) | undefined }) {
  return (
    <Empty
      icon="table"
      title="There are no data yet"
      action={
        bring && (
          <Button kind="primary" onClick={bring}>
            Bring in data
          </Button>
        )
      }
    >
      Nothing was imported into this workspace, so there is nothing to measure the map on.
    </Empty>
  );
}

/** Where nothing was measured: hatched, and said. Never a zero. */
export function NotMeasured({ why = "Not measured" }: { why?: string }) {
  return (
    <span className="not-measured inline-flex items-center gap-1 rounded px-1.5 text-xs text-ink-soft">
      <Icon name="optional" size={12} />
      {why}
    </span>
  );
}
