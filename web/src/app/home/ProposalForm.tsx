import { useMemo, useState } from "react";
import { Button, Field, Select, Tick } from "~/view/kit";
import { PreviewDrawing } from "./PreviewDrawing";
import { type Found, leave, type Piece, type ProposedStage, stagesOf, successOf, take } from "./pieces";

const whole = new Intl.NumberFormat("en");

/** The proposed map: how well it fits, its parts with the customers behind each, and which of them to take. */
export function ProposalForm({
  found,
  busy,
  onTake,
}: {
  found: Found;
  busy: boolean;
  onTake: (pieces: string[], title: string, success: string) => void;
}) {
  const proposal = found.proposal!;
  const stages = useMemo(() => stagesOf(proposal.pieces), [proposal]);
  const [taken, setTaken] = useState<ReadonlySet<string>>(() => new Set(proposal.pieces.map((one) => one.id)));
  const [title, setTitle] = useState("");
  const [chosen, choose] = useState<string>(); // "": none on purpose
  const success = chosen === "" || (chosen && taken.has(chosen)) ? chosen : successOf(proposal.pieces, taken);
  const sketch = useMemo(() => sketchOf(stages, taken), [stages, taken]);
  const tick = (piece: Piece, on: boolean) => setTaken((on ? take : leave)(proposal.pieces, taken, piece.id));
  return (
    <form
      className="grid gap-6 md:grid-cols-[1fr_20rem]"
      onSubmit={(event) => {
        event.preventDefault();
        onTake(
          proposal.pieces.filter((one) => taken.has(one.id)).map((one) => one.id),
          title.trim(),
          success,
        );
      }}
    >
      <div>
        <div className="overflow-hidden rounded-lg bg-sunken">
          <PreviewDrawing sketch={sketch} />
        </div>
        <div className="mt-4 space-y-4 md:max-h-80 md:overflow-auto">
          {stages.map((stage) => (
            <fieldset key={stage.piece.id}>
              <legend className="contents">
                <Tick
                  label={<span className="font-semibold">{stage.title}</span>}
                  checked={taken.has(stage.piece.id)}
                  onChange={(on) => tick(stage.piece, on)}
                />
              </legend>
              <ul className="ml-7">
                {stage.points.map(({ piece, title: name }) => (
                  <li key={piece.id} className="flex items-baseline gap-3">
                    <span className="min-w-0 flex-1">
                      <Tick label={name} checked={taken.has(piece.id)} onChange={(on) => tick(piece, on)} />
                    </span>
                    <span className="text-sm text-ink-soft tabular-nums">{reached(piece)}</span>
                  </li>
                ))}
              </ul>
            </fieldset>
          ))}
        </div>
      </div>
      <div className="space-y-5">
        <dl className="grid grid-cols-2 gap-3">
          <Figure title="customers" value={whole.format(proposal.customers)} />
          <Figure title="journeys" value={whole.format(proposal.journeys)} />
          <Figure title="of what they did is drawn" value={share(proposal.fit.fitness)} />
          <Figure title="of what is drawn happens" value={share(proposal.fit.precision)} />
        </dl>
        {found.counts && (
          <p className="text-sm text-ink-soft">
            {whole.format(found.counts.read)} rows read, {whole.format(found.counts.refused)} refused.
          </p>
        )}
        {found.unused && found.unused.length > 0 && (
          <p className="text-sm text-ink-soft">
            Not used: {found.unused.join(", ")}, where nothing says who did what, and when. The map’s Data view takes
            lists of customers and answers, too.
          </p>
        )}
        <Field
          label="Title of the map"
          value={title}
          onChange={setTitle}
          maxLength={120}
          placeholder="Discovered journey"
        />
        <Select
          label="Success is to reach"
          value={success}
          onChange={choose}
          options={[
            { value: "", title: "Choose…" },
            ...stages.flatMap(({ points }) =>
              points
                .filter(({ piece }) => taken.has(piece.id))
                .map(({ piece, title: name }) => ({ value: piece.id, title: name })),
            ),
          ]}
          hint={`Conversion and losses are counted by it. It can be changed on the map${proposal.left_out ? `, also to one of the ${whole.format(proposal.left_out)} that are too rare to be drawn here: add it there, under “Not on the map”` : ""}.`}
        />
        <Button kind="primary" type="submit" icon="check" busy={busy} disabled={!success} className="w-full">
          Bring in the data and draw the map
        </Button>
      </div>
    </form>
  );
}

function Figure({ title, value }: { title: string; value: string }) {
  return (
    <div className="flex flex-col-reverse rounded-lg bg-sunken px-3 py-2">
      <dt className="text-sm text-ink-soft">{title}</dt>
      <dd className="text-lg font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

function share(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function reached({ support }: Piece): string {
  if (!support) return "";
  if (support.customers === null) return support.note;
  return `${whole.format(support.customers)} of ${whole.format(support.of)}`;
}

function sketchOf(stages: readonly ProposedStage[], taken: ReadonlySet<string>) {
  const kept = stages.filter((one) => taken.has(one.piece.id));
  const points = kept.flatMap((one, stage) =>
    one.points
      .filter(({ piece }) => taken.has(piece.id))
      .map(() => ({ stage, feeling: null, moment_of_truth: false, front: true })),
  );
  return { stages: kept.map((one) => one.title), points };
}
