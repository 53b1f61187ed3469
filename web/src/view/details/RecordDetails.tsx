import { type ReactNode, useMemo } from "react";
import type { Desk } from "~/commands/command";
import type { Section } from "~/maps/shape";
import { WhoChanged } from "../together/WhoChanged";
import { useRecord } from "../useMap";
import { CardDetails } from "./CardDetails";
import { Foot } from "./Foot";
import { PlaceContext } from "./fields/place";
import { Group } from "./Group";
import { HeadDetails } from "./HeadDetails";
import { LinkDetails } from "./LinkDetails";
import { CampaignDetails, ChannelDetails, SystemDetails, TeamDetails } from "./ListedDetails";
import { PersonaDetails } from "./PersonaDetails";
import { StageDetails } from "./StageDetails";
import { TouchpointDetails } from "./TouchpointDetails";

export interface SheetProps {
  mapId: string;
}

const SHEETS: Record<Section, (props: SheetProps) => ReactNode> = {
  personas: PersonaDetails,
  teams: TeamDetails,
  channels: ChannelDetails,
  systems: SystemDetails,
  stages: StageDetails,
  touchpoints: TouchpointDetails,
  links: LinkDetails,
  campaigns: CampaignDetails,
  cards: CardDetails,
};

/** All fields of a record, or of the map's head (null), with what can be done to it. */
export function RecordDetails({
  desk,
  id,
  mapId,
  onGone,
}: {
  desk: Desk;
  id: string | null;
  mapId: string;
  /** It was deleted here. */
  onGone: () => void;
}): ReactNode {
  const place = useMemo(() => ({ desk, id }), [desk, id]);
  const record = useRecord(id ?? "");
  const Sheet = record ? SHEETS[record.section] : HeadDetails;
  return (
    <PlaceContext value={place}>
      <Sheet mapId={mapId} />
      <Group name="changes" title="Who changed this" icon="history">
        <WhoChanged id={id ?? ""} />
      </Group>
      {record && <Foot onGone={onGone} />}
    </PlaceContext>
  );
}
