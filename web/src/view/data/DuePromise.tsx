import type { Promise as Promised } from "~/contract/maps";
import { Button, Icon } from "../kit";
import type { PanelProps } from "../panel";
import { useMap, useRecord } from "../useMap";

/** The events of a touchpoint say by when they were due: promised here by one click, so that lateness is measured. */
export function DuePromise({ id, title, desk }: Pick<PanelProps, "desk"> & { id: string; title: string }) {
  const map = useMap();
  const record = useRecord<"touchpoints">(id) as { promise?: Promised } | undefined;
  const time = record?.promise?.time;
  if (time && !time.by_due) return null;
  const promised = Boolean(time?.by_due);
  const put = () =>
    desk.edit("Promise the due time", () =>
      map.change(id, { promise: { ...record?.promise, time: { by_due: true } } as Promised }),
    );
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-t border-line px-3 py-2 text-sm text-ink-soft">
      <Icon name="timer" size={16} className="shrink-0" />
      <span className="min-w-0 flex-1">
        {promised ? "Promised by the time at which each event was due." : "These events say by when they were due."}
      </span>
      {!promised && desk.mayEdit && (
        <Button size="sm" icon="plus" aria-label={`Promise the due time at ${title}`} onClick={put}>
          Promise the due time
        </Button>
      )}
    </p>
  );
}
