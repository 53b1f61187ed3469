import { useEffect, useState } from "react";
import { Button, View } from "../kit";
import { Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { useAnswer } from "../useAnswer";
import { InitiativeBoard } from "./InitiativeBoard";
import { InitiativeForm } from "./InitiativeForm";
import { InitiativePage } from "./InitiativePage";
import { Teams } from "./Teams";
import { WhatIf } from "./WhatIf";

const TABS = [
  { id: "board", title: "Initiatives", icon: "goal" },
  { id: "whatif", title: "What if", icon: "spark" },
  { id: "teams", title: "Teams", icon: "team" },
] as const;

type Tab = (typeof TABS)[number]["id"];

/** What is shown, as others may ask for it: `desk.show("decisions", { new: { finding } })`. */
interface More {
  tab?: Tab;
  initiative?: string;
  new?: { finding?: string; at?: string };
  /** A place whose rates and waits are looked at in a what-if. */
  at?: string;
}

/** What was decided because of the numbers, and whether it helped. */
export default function DecisionsView(props: PanelProps) {
  const { desk, mapId } = props;
  const more = props.more as More | undefined;
  const [tab, setTab] = useState<Tab>("board");
  const [chosen, choose] = useState<string>();
  const [making, make] = useState<More["new"]>();
  useEffect(() => {
    if (more?.tab) setTab(more.tab);
    if (more?.initiative) choose(more.initiative);
    if (more?.new) make(more.new);
    if (more?.initiative || more?.new) setTab("board");
  }, [more]);
  const asked = useAnswer({ operation: "GET /api/maps/{map_id}/initiatives", path: { map_id: mapId } });
  const shown = asked.answer?.find((one) => one.id === chosen);
  const open = (id: string) => {
    choose(id);
    setTab("board");
  };
  return (
    <View
      title="Decisions"
      about="What was decided because of the numbers, and whether it helped."
      actions={
        desk.mayEdit &&
        tab === "board" &&
        !shown && (
          <Button kind="primary" size="sm" icon="plus" onClick={() => make({})}>
            New initiative
          </Button>
        )
      }
      pages={{ label: "Decisions", tabs: TABS, value: tab, onChange: setTab }}
      fill
      yields={shown !== undefined && tab === "board"}
    >
      <div className="relative min-h-0 flex-1 overflow-auto">
        {tab === "whatif" ? (
          <WhatIf {...props} at={more?.at} />
        ) : (
          <Waiting asked={asked} what="initiatives" bring={() => desk.show("data")}>
            {(answer) =>
              tab === "teams" ? (
                <Teams {...props} initiatives={answer} open={open} />
              ) : shown ? (
                <InitiativePage {...props} key={shown.id} one={shown} back={() => choose(undefined)} />
              ) : chosen !== undefined && asked.asking ? null : (
                <InitiativeBoard {...props} initiatives={answer} open={open} make={() => make({})} />
              )
            }
          </Waiting>
        )}
      </div>
      {making && (
        <InitiativeForm
          {...props}
          from={making}
          onClose={() => make(undefined)}
          done={(one) => {
            make(undefined);
            open(one.id);
          }}
        />
      )}
    </View>
  );
}
