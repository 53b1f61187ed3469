import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { ask } from "~/session/api";
import { FileDrop } from "~/view/exchange/FileDrop";
import { Button, Dialog, Fault, Field, Icon } from "~/view/kit";
import { PreviewDrawing } from "./PreviewDrawing";

interface Read {
  name: string;
  text: string;
  title: string;
  stages: readonly { title: string; touchpoints: readonly string[] }[];
  lacks: readonly string[];
}

/** A map that is drawn already: our own file, a Mermaid journey, or a table whose first row holds the stages. */
export function FileDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation();
  const [title, setTitle] = useState("");
  const begin = useMutation({
    mutationFn: (one: { name: string; text: string; title: string }) => ask("POST /api/imports", { body: one }),
    onSuccess: (made) => go(`/maps/${made.id}`),
  });
  const read = useMutation({
    mutationFn: async (file: File): Promise<Read | undefined> => {
      begin.reset();
      const name = file.name.slice(0, 200);
      const text = await file.text();
      if (/\.(ya?ml)$/i.test(name)) {
        begin.mutate({ name, text, title: "" });
        return undefined;
      }
      const found = await ask("POST /api/notations", { body: { text, name, title: name.replace(/\.\w+$/, "") } });
      setTitle(found.title);
      return { ...found, name };
    },
  });
  const found = read.data;
  const fault = read.error ?? begin.error;
  return (
    <Dialog
      title="Import a map"
      about="A map file (YAML), a Mermaid journey, or a table (CSV) whose first row holds the stages."
      size="md"
      onClose={onClose}
      footer={
        found && (
          <Button
            kind="primary"
            busy={begin.isPending}
            onClick={() => begin.mutate({ name: found.name, text: found.text, title: title.trim() })}
          >
            Begin this map
          </Button>
        )
      }
    >
      <div className="space-y-4">
        <FileDrop
          label="Map to import"
          accept=".yaml,.yml,.mmd,.mermaid,.md,.txt,.csv,.tsv"
          onFiles={([file]) => file && read.mutate(file)}
        >
          Drop a file here
        </FileDrop>
        {fault && <Fault says={fault.message} />}
        {found && (
          <>
            <Field label="Title" value={title} onChange={setTitle} maxLength={120} />
            <div className="overflow-hidden rounded-lg bg-sunken">
              <PreviewDrawing sketch={sketchOf(found)} />
            </div>
            <p className="text-sm text-ink-soft">{found.stages.map((one) => one.title).join(" → ")}</p>
            {found.lacks.length > 0 && (
              <ul className="space-y-1 text-sm">
                {found.lacks.map((one) => (
                  <li key={one} className="flex gap-2">
                    <Icon name="info" size={16} className="mt-0.5 text-sky" />
                    {one}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

function sketchOf({ stages }: Read) {
  return {
    stages: stages.map((one) => one.title),
    points: stages.flatMap((one, stage) =>
      one.touchpoints.map(() => ({ stage, feeling: null, moment_of_truth: false, front: true })),
    ),
  };
}
