import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { FilesSaid, Job } from "~/contract/api";
import { ask } from "~/session/api";
import { Button, Fault } from "../kit";
import type { PanelProps } from "../panel";
import { Begin } from "./Begin";
import { Counted } from "./Counted";
import type { DataTab } from "./DataView";
import { JobProgress } from "./JobProgress";
import { failure, Questions } from "./Questions";
import { ReadingShown } from "./ReadingShown";
import { brokeOff, type Imported, type Reading, resultOf } from "./reading";
import { useUnderway } from "./underway";
import { useJob } from "./useJob";

interface Props extends PanelProps {
  onDone: () => void;
  /** Something was under way before this part was there. */
  onFound: () => void;
  go: (tab: DataTab) => void;
}

/** Files into the workspace: drop, answer what they leave open, look at what they would become, import. */
export function BringTab({ desk, session, onDone, onFound, go }: Props) {
  const { begun, reading, answered = false, put, told } = useUnderway(session, onFound);
  const job = useJob(begun?.id);
  // One at a time, so that the fault of an earlier step does not stand beside a later one.
  const step = useMutation({
    mutationFn: (begin: () => Promise<Job>) => begin(),
    onSuccess: (made) => put({ begun: made }),
  });
  const send = (files: readonly File[]) => {
    const form = new FormData();
    for (const file of files) form.append("files", file);
    step.mutate(() => ask("POST /api/data/files", { form }));
  };
  const answer = (upload_id: string, said: FilesSaid) =>
    step.mutate(() => ask("POST /api/data/files/{upload_id}/answers", { path: { upload_id }, body: said }), {
      onSuccess: () => put({ answered: true }),
    });
  const bring = (upload_id: string) =>
    step.mutate(() => ask("POST /api/data/files/{upload_id}/import", { path: { upload_id } }));
  const isReading = begun?.kind === "reading";
  const read = isReading ? resultOf<Reading>(job) : undefined;
  const done = isReading ? undefined : resultOf<Imported>(job);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read before is looked at once
  useEffect(() => {
    // The reasons stay where a correction is read.
    if (read) put({ reading: read.reasons.length ? read : { ...read, reasons: reading?.reasons ?? [] } });
  }, [read]);
  useEffect(() => {
    if (!done) return;
    told();
    onDone();
  }, [done, told, onDone]);
  const again = () => {
    if (reading && !done)
      void ask("DELETE /api/data/files/{upload_id}", { path: { upload_id: reading.upload } }).catch(() => undefined);
    step.reset();
    put({ begun: undefined, reading: undefined, answered: false });
  };
  if (!desk.mayEdit) return <p className="text-ink-soft">Only those who may edit bring in data.</p>;
  const anew = reading?.how === "suggested" && answered ? () => answer(reading.upload, {}) : undefined;
  const working = begun !== undefined && !brokeOff(job) && !read && !done;
  const { error: fault, isPending: busy } = step;
  const asked = (!done && reading?.questions) || [];
  const wrong = asked.length ? (fault?.message ?? failure(job)) : undefined;
  return (
    <div className="space-y-5">
      {fault && !wrong && !working && <Fault says={fault.message} />}
      {brokeOff(job) && !wrong && (
        <JobProgress
          job={job}
          what=""
          stopped={
            isReading
              ? "Stopped, before it was told how the files are understood. Drop them again when you like."
              : `Stopped. Nothing was imported${reading ? ", and the files still wait below" : ""}.`
          }
        />
      )}
      {working && <JobProgress job={job} what={isReading ? "Looking at the files" : "Importing"} />}
      {busy && !begun && (
        <p role="status" className="text-ink-soft">
          Sending…
        </p>
      )}
      {done && <Done done={done} again={again} go={go} />}
      {!reading && !working && !busy && !done && <Begin onFiles={(files) => files.length && send(files)} />}
      {reading && asked.length > 0 && (
        <div hidden={working} className="max-w-xl space-y-4">
          <Questions
            key={JSON.stringify(asked)}
            asked={asked}
            busy={busy}
            fault={working || busy ? undefined : wrong}
            onAnswer={(said) => answer(reading.upload, said)}
          />
          <div className="flex flex-wrap gap-2">
            <Button kind="quiet" onClick={again}>
              Other files
            </Button>
            {anew && (
              <Button kind="quiet" onClick={anew}>
                Answer anew
              </Button>
            )}
          </div>
        </div>
      )}
      {reading && !done && reading.questions.length === 0 && (
        // Hidden, not gone: what was typed is there again when it could not be read.
        <div hidden={working}>
          <ReadingShown
            reading={reading}
            busy={busy}
            onImport={() => bring(reading.upload)}
            onRecipe={(recipe) => answer(reading.upload, { recipe })}
            onCorrect={(corrections) => answer(reading.upload, { corrections })}
            onAnew={anew}
            onLeave={again}
          />
        </div>
      )}
    </div>
  );
}

function Done({ done, again, go }: { done: Imported; again: () => void; go: (tab: DataTab) => void }) {
  return (
    <div role="status" className="space-y-3">
      <p className="font-semibold">Imported.</p>
      <Counted counts={done.counts} />
      <div className="flex flex-wrap gap-2">
        {done.aside && (
          <Button kind="primary" icon="warning" onClick={() => go("refused")}>
            Look at the refused rows
          </Button>
        )}
        <Button icon="link" onClick={() => go("binding")}>
          Bind the map to them
        </Button>
        <Button kind="quiet" icon="upload" onClick={again}>
          Bring in more
        </Button>
      </div>
    </div>
  );
}
