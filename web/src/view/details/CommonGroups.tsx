/** The groups of fields that several kinds of records have. */
import type { ReactNode } from "react";
import type { Evidence, Kpi, Promise as Promised } from "~/contract/maps";
import { nameOf } from "~/maps/kinds";
import { useMap } from "../useMap";
import { EvidenceField, sayEvidence } from "./fields/EvidenceField";
import { KpisField, sayKpi } from "./fields/KpisField";
import { PictureField } from "./fields/PictureField";
import { PromiseField, sayPromise } from "./fields/PromiseField";
import { usePlace } from "./fields/place";
import { Group } from "./Group";
import type { SheetProps } from "./RecordDetails";

export function PromiseGroup(): ReactNode {
  const { fields } = usePlace();
  const map = useMap();
  const digest = sayPromise(fields.promise as Promised | undefined, (id) => nameOf(map.get(id)));
  return (
    <Group name="promise" title="Promise" icon="promise" digest={digest}>
      <PromiseField />
    </Group>
  );
}

/** The KPIs, and below them the rules by which data is known. `otherwise`: its digest while there is no KPI. */
export function DataGroup({ otherwise, children }: { otherwise?: string; children: ReactNode }): ReactNode {
  const { fields } = usePlace();
  const kpis = ((fields.kpis as Kpi[] | undefined) ?? []).map(sayKpi).join(", ");
  return (
    <Group name="data" title="Data and KPIs" icon="chart" digest={kpis || otherwise}>
      <KpisField />
      {children}
    </Group>
  );
}

export function EvidenceGroup({ open = false }: { open?: boolean }): ReactNode {
  const { fields } = usePlace();
  const digest = sayEvidence(fields.evidence as Evidence | undefined);
  return (
    <Group name="evidence" title="Evidence" icon="search" open={open} digest={digest}>
      <EvidenceField />
    </Group>
  );
}

export function PictureGroup({ mapId }: SheetProps): ReactNode {
  const { fields } = usePlace();
  return (
    <Group name="picture" title="Picture" icon="image" digest={fields.image ? "There is one" : ""}>
      <PictureField mapId={mapId} />
    </Group>
  );
}
