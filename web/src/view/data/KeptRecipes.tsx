import { useMutation } from "@tanstack/react-query";
import type { RecipeKept } from "~/contract/api";
import { ask } from "~/session/api";
import { announce, Fault } from "../kit";
import { useAnswer } from "../useAnswer";
import { RecipeEdit } from "./RecipeEdit";

/** The recipes that were used here, by which the next files are read; each can be changed. */
export function KeptRecipes() {
  const { answer, fault, again } = useAnswer({ operation: "GET /api/data/recipes" });
  const failed = fault && <Fault says={fault.message} retry={again} />;
  if (!answer?.length) return failed;
  return (
    <section aria-labelledby="kept-recipes">
      <h2 id="kept-recipes" className="mb-1 font-semibold">
        Recipes of this workspace
      </h2>
      <p className="mb-2 text-sm text-ink-soft">Files of the same names are read by them without asking again.</p>
      <ul className="space-y-1">
        {answer.map((one) => (
          <li key={one.name}>
            <Kept kept={one} again={again} />
          </li>
        ))}
      </ul>
      {failed}
    </section>
  );
}

function Kept({ kept, again }: { kept: RecipeKept; again: () => void }) {
  const write = useMutation({
    mutationFn: (text: string) => ask("PUT /api/data/recipes/{name}", { path: { name: kept.name }, body: { text } }),
    onSuccess: () => {
      announce("The recipe is kept.");
      again();
    },
  });
  return (
    <details>
      <summary className="min-h-6 cursor-pointer">{kept.name}</summary>
      <div className="mt-2">
        <RecipeEdit
          text={kept.text}
          does="Keep it so"
          busy={write.isPending}
          fault={write.error?.message}
          onTake={(text) => write.mutate(text)}
        />
      </div>
    </details>
  );
}
