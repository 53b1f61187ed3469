import type { Desk } from "~/commands/command";
import { sayCount } from "~/overlay/say";
import { useAnswer } from "../useAnswer";
import { sayFresh } from "../when";
import { BarButton } from "./BarButton";

/** Until when the data reach, and which sources fell silent; a click leads to them. */
export function FreshChip({ desk }: { desk: Desk }) {
  const { answer } = useAnswer({ operation: "GET /api/data" });
  if (!answer?.last) return null;
  const quiet = answer.silences.filter((one) => one.until === null);
  const [first] = quiet;
  const tips = [
    `${sayCount(answer.counts.events)} events of ${sayCount(answer.counts.customers)} customers`,
    ...quiet.map((one) => one.says),
    "Open the data",
  ];
  return (
    <BarButton
      icon={first ? "warning" : "table"}
      tone={first ? "coral" : "neutral"}
      tip={tips.join("\n")}
      onClick={() => desk.show("data")}
    >
      {sayFresh(answer.last)}
      {first &&
        (quiet.length > 1 ? ` · ${quiet.length} sources silent` : ` · “${first.source}” ${sayQuiet(first.kind)}`)}
    </BarButton>
  );
}

function sayQuiet(kind: string): string {
  return kind === "thin" ? "runs thin" : "is silent";
}
