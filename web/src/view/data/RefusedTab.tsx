import { useMutation } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { DataHeld, RefusalReason, Refusals, RefusedRow } from "~/contract/api";
import { sayCount, sayMany } from "~/overlay/say";
import type { Asked } from "~/session/answers";
import { download } from "../exchange/download";
import { Button, Chip, Empty, Fault } from "../kit";
import { Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import type { DataTab } from "./DataView";
import { Grid } from "./Grid";
import { NoData } from "./NoData";
import { Replay } from "./Replay";

interface Props extends PanelProps {
  asked: Asked<DataHeld> & { again: () => void };
  go: (tab: DataTab) => void;
}

/** Rows that were not taken: by reason, as a file, and their imports to be read again by a corrected recipe. */
export function RefusedTab({ desk, session, asked, go }: Props) {
  const [reason, setReason] = useState("");
  const operation = "GET /api/data/refusals";
  const refused = useAnswer({ operation });
  const some = useAnswer(reason ? { operation, query: { reason, limit: "50" } } : undefined);
  const again = useCallback(() => session.answers.stale(), [session]);
  const shown = ({ rows, reasons }: Refusals) => (
    <Rows rows={rows} reason={reasons.find((one) => one.reason === reason)} />
  );
  if (refused.fault?.code === "no-data") return <NoData mayEdit={desk.mayEdit} go={go} />;
  return (
    <Waiting asked={refused} what="refused rows">
      {(answer) =>
        answer.total === 0 ? (
          <Empty icon="check" title="No row was refused">
            Every row of every file became a record, served as a partner of one, or was known already.
          </Empty>
        ) : (
          <div className="space-y-8">
            <Reasons answer={answer} chosen={reason} choose={setReason} mayEdit={desk.mayEdit} />
            {reason ? (
              <Waiting asked={some} what="rows of this reason">
                {shown}
              </Waiting>
            ) : (
              shown(answer)
            )}
            {desk.mayEdit && (
              <Waiting asked={asked} what="the imports">
                {({ imports }) => <Replay imports={imports} again={again} />}
              </Waiting>
            )}
          </div>
        )
      }
    </Waiting>
  );
}

function Reasons({
  answer,
  chosen,
  choose,
  mayEdit,
}: {
  answer: Refusals;
  chosen: string;
  choose: (reason: string) => void;
  mayEdit: boolean;
}) {
  const save = useMutation({
    mutationFn: () => download(`/api/data/refusals.csv${chosen ? `?reason=${chosen}` : ""}`, "refused-rows.csv"),
  });
  return (
    <section aria-labelledby="refused-reasons">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id="refused-reasons" className="mr-auto font-semibold">
          {sayMany(answer.total, "row")} refused, by reason
        </h2>
        {mayEdit && (
          <Button size="sm" icon="download" busy={save.isPending} onClick={() => save.mutate()}>
            Download {chosen ? "these" : "all"}
          </Button>
        )}
      </div>
      {save.error && <Fault says={save.error.message} />}
      <ul className="grid gap-2 sm:grid-cols-2">
        {answer.reasons.map((one) => (
          <li key={one.reason}>
            <button
              type="button"
              aria-pressed={one.reason === chosen}
              onClick={() => choose(one.reason === chosen ? "" : one.reason)}
              className="flex h-full w-full items-baseline gap-3 rounded-lg border border-line bg-sheet px-3 py-2 text-left hover:border-line-strong aria-pressed:border-spruce aria-pressed:bg-spruce-soft"
            >
              <span className="font-semibold tabular-nums">{sayCount(one.rows)}</span>
              <span className="min-w-0 text-sm">
                {one.says} <span className="text-ink-soft">({one.reason})</span>
                {one.replayed > 0 && (
                  <span className="mt-1 block">
                    <Chip icon="repeat">{sayCount(one.replayed)} were taken up again since</Chip>
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rows({ rows, reason }: { rows: readonly RefusedRow[]; reason: RefusalReason | undefined }) {
  return (
    <section aria-labelledby="refused-rows">
      <h2 id="refused-rows" className="mb-2 font-semibold">
        The first rows
        {reason ? `: ${sayCount(rows.length)} of ${sayCount(reason.rows)}` : ""}
      </h2>
      <p className="mb-2 text-sm text-ink-soft">Personal data is masked.</p>
      <Grid
        label="Table of refused rows"
        heads={["File", "Row#", "Why", "As it came"]}
        rows={rows.map((one) => ({
          key: `${one.import_id} ${one.source} ${one.row} ${one.reason}`,
          cells: [
            one.source,
            one.row === null ? "" : sayCount(one.row),
            one.detail,
            <code key="raw" className="text-xs break-all text-ink-soft">
              {(one.raw ?? "").slice(0, 300)}
            </code>,
          ],
        }))}
      />
    </section>
  );
}
