import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ImportMade, Job } from "~/contract/api";
import { sayCount, sayMany } from "~/overlay/say";
import { ask } from "~/session/api";
import { announce, Button, Fault } from "../kit";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { ago } from "../when";
import { Counted } from "./Counted";
import { JobProgress } from "./JobProgress";
import { RecipeEdit } from "./RecipeEdit";
import { brokeOff, type Imported, resultOf } from "./reading";
import { useJob } from "./useJob";

/** Imports whose files are kept since rows of them were refused: correct the recipe, and read them again. */
export function Replay({ imports, again }: { imports: readonly ImportMade[]; again: () => void }) {
  const waiting = imports.filter((one) => one.aside);
  return (
    <section aria-labelledby="replay">
      <h2 id="replay" className="mb-1 font-semibold">
        Fix and replay
      </h2>
      {waiting.length === 0 ? (
        <p className="text-sm text-ink-soft">
          No files are kept to be read again. Correct the files or their recipe, and bring them in anew: rows that are
          known stay as they are.
        </p>
      ) : (
        <>
          <p className="mb-2 text-sm text-ink-soft">
            The files of these imports are kept. Correct the recipe: rows that were refused get another chance, rows
            that are known stay as they are.
          </p>
          <ul className="space-y-2">
            {waiting.map((one) => (
              <li key={one.id}>
                <OneReplay made={one} again={again} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function OneReplay({ made, again }: { made: ImportMade; again: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="rounded-lg border border-line bg-sheet px-3.5 py-2"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="min-h-6 cursor-pointer">
        {made.files.map((file) => file.name).join(", ")}, {ago(made.at)}: rows refused: {sayCount(made.refused)}
      </summary>
      {open && <Correct made={made} again={again} />}
    </details>
  );
}

function Correct({ made, again }: { made: ImportMade; again: () => void }) {
  const path = { import_id: made.id };
  const asked = useAnswer({ operation: "GET /api/data/imports/{import_id}/recipe", path });
  const [begun, setBegun] = useState<Job>();
  const [tried, setTried] = useState("");
  const job = useJob(begun?.id);
  const replay = useMutation({
    mutationFn: ({ recipe, dry_run }: { recipe: string; dry_run: boolean }) => {
      setTried(recipe);
      return ask("POST /api/data/imports/{import_id}/replay", { path, body: { recipe, dry_run } });
    },
    onSuccess: setBegun,
  });
  const discard = useMutation({
    mutationFn: () => ask("DELETE /api/data/imports/{import_id}/files", { path }),
    onSuccess: again,
  });
  const told = resultOf<Imported>(job);
  const done = told?.import_id;
  useEffect(() => {
    if (!done) return;
    announce("The files were read again.");
    again();
  }, [done, again]);
  const working = begun !== undefined && !told && !brokeOff(job);
  return (
    <div className="space-y-3 py-2">
      <Waiting asked={asked} what="the recipe">
        {({ text }) => (
          <RecipeEdit
            text={text}
            does="Try it"
            always
            busy={replay.isPending || working}
            fault={replay.error?.message}
            onTake={(recipe) => replay.mutate({ recipe, dry_run: true })}
          />
        )}
      </Waiting>
      {(working || brokeOff(job)) && <JobProgress job={job} what="Reading the files again" />}
      {told && !done && (
        <div className="space-y-3">
          <p className="font-semibold">What would happen</p>
          <Counted counts={told.counts} />
          <Button
            kind="primary"
            icon="repeat"
            busy={replay.isPending}
            disabled={told.counts.accepted === 0}
            onClick={() => replay.mutate({ recipe: tried, dry_run: false })}
          >
            Take up {sayMany(told.counts.accepted, "row")}
          </Button>
        </div>
      )}
      <div>
        <Button size="sm" kind="quiet" icon="trash" busy={discard.isPending} onClick={() => discard.mutate()}>
          Discard these files
        </Button>
        {discard.error && <Fault says={discard.error.message} />}
      </div>
    </div>
  );
}
