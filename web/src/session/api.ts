/** Questions to the server, typed by its own description. */
import type { Job, Operations, Problem } from "~/contract/api";

/** The server said no, or could not be reached (`status` 0). `message` is for people. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    says: string,
  ) {
    super(says);
  }
}

/** The answer is being worked on: ask again when the job is done. */
export class Working extends Error {
  constructor(readonly job: Job) {
    super("The server works on the answer.");
  }
}

type Path<K> = K extends `${string} ${infer P}` ? P : never;
type Answer<K extends keyof Operations> = Operations[K]["answer"];

/** Ask for one operation: `ask("GET /api/maps/{map_id}", { path: { map_id } })`. Throws a Refusal, or Working for an answer that takes a while. */
export async function ask<K extends keyof Operations>(
  operation: K,
  said: {
    path?: Record<string, string>;
    query?: Record<string, string | readonly string[]>;
    body?: Operations[K]["body"];
    form?: FormData;
  } = {},
): Promise<Answer<K>> {
  const [method, template] = operation.split(" ") as [string, Path<K> & string];
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(said.path?.[name] ?? ""));
  const query = said.query ? `?${written(said.query)}` : "";
  const init: RequestInit = { method, credentials: "same-origin", headers: { Accept: "application/json" } };
  if (said.form) init.body = said.form;
  else if (said.body !== undefined) {
    init.headers = { ...init.headers, "Content-Type": "application/json" };
    init.body = JSON.stringify(said.body);
  }
  const answer = await reach(path + query, init);
  if (!answer.ok) throw await refusal(answer);
  if (answer.status === 204) return undefined as Answer<K>;
  if (answer.status === 202 && method === "GET") throw new Working((await answer.json()) as Job);
  return (await answer.json()) as Answer<K>;
}

/** A list is said once for each of its words. */
function written(query: Record<string, string | readonly string[]>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, said]) =>
      [said].flat().map((one): [string, string] => [name, one as string]),
    ),
  );
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch {
    throw new Refusal(
      0,
      "unreachable",
      "The server cannot be reached. What you changed in maps is kept in this browser.",
    );
  }
}

/** What the server says in an answer that is not ok. */
export async function refusal(answer: Response): Promise<Refusal> {
  const told = (await answer.json().catch(() => undefined)) as Partial<Problem> | undefined;
  return new Refusal(answer.status, told?.code ?? "http", told?.says ?? `The server answered ${answer.status}.`);
}
