import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Template } from "~/contract/api";
import { ask } from "~/session/api";
import { Button, Dialog, Fault, Field, Skeleton } from "~/view/kit";
import { PreviewDrawing } from "./PreviewDrawing";

export const TEMPLATES = queryOptions({
  queryKey: ["templates"],
  queryFn: () => ask("GET /api/templates"),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The templates, each with its drawing, its stages and whose journey it is. */
export function TemplateDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<string>();
  const [title, setTitle] = useState("");
  const templates = useQuery(TEMPLATES);
  const name = chosen ?? templates.data?.[0]?.name;
  const look = templates.data?.find((one) => one.name === name);
  const begin = useMutation({
    mutationFn: () => ask("POST /api/maps", { body: { template: name!, title: title.trim() } }),
    onSuccess: (made) => go(`/maps/${made.id}`),
  });
  return (
    <Dialog
      title="Start from a template"
      about="Each has stages, touchpoints, personas and promises to begin with. Everything can be changed."
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Field
            label="Title"
            hideLabel
            value={title}
            onChange={setTitle}
            maxLength={300}
            placeholder="Title (or keep the template’s)"
            className="min-w-52 flex-1"
          />
          <Button kind="primary" busy={begin.isPending} disabled={!name} onClick={() => begin.mutate()}>
            Begin
          </Button>
        </>
      }
    >
      {begin.isError && <Fault says={begin.error.message} />}
      {templates.isError && <Fault says={templates.error.message} retry={() => templates.refetch()} />}
      <div className="grid gap-5 md:grid-cols-[18rem_1fr]">
        <div role="radiogroup" aria-label="Templates" className="flex flex-col gap-1 md:max-h-[24rem] md:overflow-auto">
          {templates.isPending && <Skeleton className="h-80 w-full" />}
          {templates.data?.map((one) => (
            <label
              key={one.name}
              className="cursor-pointer rounded-lg px-3 py-2 has-checked:bg-spruce-soft has-focus-visible:outline-2 has-focus-visible:outline-focus hover:bg-sunken has-checked:hover:bg-spruce-soft"
            >
              <input
                type="radio"
                name="template"
                className="sr-only"
                checked={one.name === name}
                onChange={() => setChosen(one.name)}
                onDoubleClick={() => begin.mutate()}
              />
              <span className="block font-medium">{one.title}</span>
              <span className="block text-sm text-ink-soft">{one.about}</span>
            </label>
          ))}
        </div>
        <div className="order-first md:order-last md:min-h-[24rem]">
          {look ? <Look one={look} /> : <Skeleton className="h-52 w-full" />}
        </div>
      </div>
    </Dialog>
  );
}

function Look({ one: { about, sketch } }: { one: Template }) {
  return (
    <div aria-live="polite">
      <div className="overflow-hidden rounded-lg bg-sunken">
        <PreviewDrawing sketch={sketch} />
      </div>
      <p className="mt-3">{about}</p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        <dt className="text-ink-soft">Stages</dt>
        <dd>{sketch.stages.join(" → ")}</dd>
        <dt className="text-ink-soft">Personas</dt>
        <dd>{sketch.personas.join(" · ") || "none yet"}</dd>
        <dt className="text-ink-soft">Inside</dt>
        <dd>
          {sketch.points.length} touchpoints, {sketch.cards} cards
        </dd>
      </dl>
    </div>
  );
}
