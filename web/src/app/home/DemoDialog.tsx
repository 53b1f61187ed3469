import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { ask } from "~/session/api";
import { JobProgress } from "~/view/data/JobProgress";
import { useJob } from "~/view/data/useJob";
import { Button, Dialog, Fault } from "~/view/kit";

/** The demo company: generated here, in a minute or less; or opened when it is there already. */
export function DemoDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation();
  const client = useQueryClient();
  const [id, setId] = useState<string>();
  const shown = useQuery({ queryKey: ["demo"], queryFn: () => ask("GET /api/doors/demo") });
  const start = useMutation({
    mutationFn: () => ask("POST /api/doors/demo"),
    onSuccess: (job) => setId(job.id),
  });
  const job = useJob(id);
  const made = job?.state === "done" ? String(job.result?.map_id) : undefined;
  useEffect(() => {
    if (!made) return;
    void client.invalidateQueries({ queryKey: ["demo"] });
    go(`/maps/${made}`);
  }, [made, client, go]);
  const there = shown.data?.map_id;
  const running = id !== undefined && job?.state !== "failed" && job?.state !== "cancelled";
  return (
    <Dialog
      title="Explore the demo"
      size="md"
      onClose={onClose}
      footer={
        there ? (
          <Button kind="primary" icon="arrow-right" onClick={() => go(`/maps/${there}`)}>
            Open its map
          </Button>
        ) : (
          <Button kind="primary" busy={running || start.isPending} onClick={() => start.mutate()}>
            Bring in the demo company
          </Button>
        )
      }
    >
      <p>
        An online clothing retailer with 4,000 made-up customers: a year of visits, orders, deliveries, returns,
        tickets, chats, surveys and reviews, and the map that its teams drew.
      </p>
      <p className="mt-2 text-ink-soft">
        Twelve problems are hidden in it. Everything is generated on this computer; nothing is fetched.
      </p>
      {there && <p className="mt-4 font-medium text-leaf">The demo company is in this workspace already.</p>}
      {start.isError && <Fault says={start.error.message} />}
      {id && (
        <div className="mt-4">
          <JobProgress job={job} what="Generating the company" />
        </div>
      )}
    </Dialog>
  );
}
