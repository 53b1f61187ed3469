import { useMutation } from "@tanstack/react-query";
import type { InitiativeEdit, InitiativeNew, InitiativeTold, StatusMove, TaskSaid } from "~/contract/api";
import { ask } from "~/session/api";
import { announce } from "../kit";
import type { PanelProps } from "../panel";

export type Page = Pick<PanelProps, "desk" | "session" | "mapId">;

/** Everything that can be done to an initiative; after each everybody's numbers are asked again. */
export function useInitiatives(
  { session, mapId }: Pick<Page, "session" | "mapId">,
  done?: (one: InitiativeTold) => void,
) {
  const at = (id: string) => ({ map_id: mapId, initiative_id: id });
  const told = (says: (one: InitiativeTold) => string) => (one: InitiativeTold) => {
    announce(says(one));
    session.answers.stale();
    done?.(one);
  };
  const propose = useMutation({
    mutationFn: (body: InitiativeNew) => ask("POST /api/maps/{map_id}/initiatives", { path: { map_id: mapId }, body }),
    onSuccess: told((one) => `Proposed: ${one.title}`),
  });
  const edit = useMutation({
    mutationFn: ({ id, body }: { id: string; body: InitiativeEdit }) =>
      ask("PATCH /api/maps/{map_id}/initiatives/{initiative_id}", { path: at(id), body }),
    onSuccess: told((one) => `Changed: ${one.title}`),
  });
  const move = useMutation({
    mutationFn: ({ id, body }: { id: string; body: StatusMove }) =>
      ask("POST /api/maps/{map_id}/initiatives/{initiative_id}/status", { path: at(id), body }),
    onSuccess: told((one) => `${one.title} is ${one.status} now`),
  });
  const measure = useMutation({
    mutationFn: (id: string) =>
      ask("POST /api/maps/{map_id}/initiatives/{initiative_id}/baseline", { path: at(id), body: {} }),
    onSuccess: told(() => "The baseline is measured"),
  });
  const addTask = useMutation({
    mutationFn: ({ id, body }: { id: string; body: TaskSaid }) =>
      ask("POST /api/maps/{map_id}/initiatives/{initiative_id}/tasks", { path: at(id), body }),
    onSuccess: told((one) => `Task added: ${one.tasks.at(-1)?.title ?? ""}`),
  });
  const setTask = useMutation({
    mutationFn: ({ id, number, done }: { id: string; number: number; done: boolean }) =>
      ask("PATCH /api/maps/{map_id}/initiatives/{initiative_id}/tasks/{number}", {
        path: { ...at(id), number: String(number) },
        body: { done },
      }),
    onSuccess: told(() => "Saved"),
  });
  const judge = useMutation({
    mutationFn: (id: string) => ask("POST /api/maps/{map_id}/initiatives/{initiative_id}/verdict", { path: at(id) }),
    onSuccess: told((one) => `Verdict: ${one.verdicts.at(-1)?.word ?? ""}`),
  });
  return { propose, edit, move, measure, addTask, setTask, judge };
}
