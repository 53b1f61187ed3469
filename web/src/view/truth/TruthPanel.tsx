import { type ReactNode, useState } from "react";
import type { Desk } from "~/commands/command";
import type { CheckFailed, MapTruth, TruthPart } from "~/contract/api";
import { nameOf } from "~/maps/kinds";
import { sayFirst } from "~/overlay/say";
import { type Doubtful, doubtful, PARTS, sayCheck, sayGrade, sayScore, titleOf } from "~/overlay/truth";
import { Button, Icon, Panel, useFocusBack } from "../kit";
import { Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { goTo } from "../together/places";
import { useMap } from "../useMap";
import { useTruth } from "./useTruth";

const MOST = 12;

/** How far the map may be believed: the score and its parts, what does not hold, and which cards are in doubt. */
export default function TruthPanel({ desk, mapId, close }: PanelProps): ReactNode {
  const asked = useTruth(mapId);
  return (
    <Panel title="Truth of this map" close={close}>
      <Waiting asked={asked} what="what holds" bring={() => desk.show("data")}>
        {(answer) => (
          <div className="flex flex-col gap-6 p-4">
            <Score answer={answer} />
            <Failures desk={desk} failures={answer.failures} />
            <Cards desk={desk} answer={answer} close={close} />
            <p className="text-xs text-ink-soft">
              The score is a convention: watch its parts rather than the sum. Grades come from the data alone, each with
              the reason beside it.
            </p>
          </div>
        )}
      </Waiting>
    </Panel>
  );
}

function Score({ answer }: { answer: MapTruth }): ReactNode {
  const { parts, weakest } = answer.truth;
  return (
    <section aria-label="Score" className="flex flex-col gap-3">
      <p>
        <span className="text-xl font-semibold tabular-nums">{sayScore(answer)}</span>
        <span className="block text-sm text-ink-soft">
          How far the drawn map agrees with what customers do and say, and how well it is looked after.
        </span>
      </p>
      <ul className="flex flex-col gap-2.5">
        {parts.map((part) => (
          <Part key={part.name} part={part} weakest={part.name === weakest} />
        ))}
      </ul>
    </section>
  );
}

function Part({ part, weakest }: { part: TruthPart; weakest: boolean }): ReactNode {
  const { value, says, weight } = part;
  return (
    <li className="text-sm">
      <span className="flex items-baseline justify-between gap-3">
        <span className="font-medium">{titleOf(part)}</span>
        <span className={`tabular-nums ${value === null ? "not-measured px-1 text-ink-soft" : ""}`}>
          {value === null ? "Not known" : `${Math.round(100 * value)}\u202f%`}
        </span>
      </span>
      <span aria-hidden="true" className="my-1 block h-1.5 overflow-hidden rounded-full bg-sunken">
        <span
          className={`block h-full rounded-full ${weakest ? "bg-amber" : "bg-spruce"}`}
          style={{ width: `${100 * (value ?? 0)}%` }}
        />
      </span>
      <span className="text-ink-soft">
        {sayFirst(says)}. Counts {weight} of 100.
      </span>
      {weakest && (
        <span className="mt-1 block">
          <strong className="font-medium text-amber">Costs most.</strong> {PARTS[part.name]?.way}
        </span>
      )}
    </li>
  );
}

function Failures({ desk, failures }: { desk: Desk; failures: readonly CheckFailed[] }): ReactNode {
  if (failures.length === 0)
    return (
      <p className="flex items-center gap-2 text-sm text-leaf">
        <Icon name="check" size={16} />
        Nothing that the map says is surely broken.
      </p>
    );
  return (
    <section aria-labelledby="truth-failures" className="flex flex-col gap-2">
      <h3 id="truth-failures" className="text-sm font-semibold">
        Does not hold
      </h3>
      <ul className="flex flex-col gap-2">
        {failures.map((one) => (
          <li key={`${one.check} ${one.says}`} className="rounded-lg border border-line p-2.5 text-sm">
            <p className="font-medium text-coral">{sayCheck(one)}</p>
            <p className="mt-0.5 break-words">{one.says}</p>
            <Way desk={desk} failure={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What can be done about it, here. */
function Way({ desk, failure: { check, at } }: { desk: Desk; failure: CheckFailed }): ReactNode {
  const ways: Record<string, readonly [string, () => void] | undefined> = {
    promise: ["What goes with it", () => desk.show("findings", { at })],
    drift: ["What goes with it", () => desk.show("findings", { at })],
    source: ["Look at the sources", () => desk.show("data")],
    data: ["Bring in what came since", () => desk.show("data", { tab: "bring" })],
    review: [
      "Note a review",
      () => {
        desk.select([]);
        desk.show("details");
      },
    ],
  };
  const way = ways[check];
  if (!way) return null;
  return (
    <Button size="sm" className="mt-2" onClick={way[1]}>
      {way[0]}
    </Button>
  );
}

function Cards({ desk, answer, close }: { desk: Desk; answer: MapTruth; close: () => void }): ReactNode {
  const all = doubtful(answer).filter((one) => one.cards.length > 0);
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="truth-cards" className="flex flex-col gap-2">
      <h3 id="truth-cards" className="text-sm font-semibold">
        Cards in doubt
      </h3>
      {all.map((one) => (
        <Group key={one.id} desk={desk} group={one} close={close} />
      ))}
    </section>
  );
}

function Group({ desk, group, close }: { desk: Desk; group: Doubtful; close: () => void }): ReactNode {
  const map = useMap();
  const [all, setAll] = useState(false);
  const further = useFocusBack<HTMLLIElement>(!all);
  const shown = all ? group.cards : group.cards.slice(0, MOST);
  const rest = group.cards.length - shown.length;
  return (
    <details open={group.id === "wrong"} className="rounded-lg border border-line">
      <summary className="min-h-9 cursor-pointer px-2.5 py-2 text-sm font-medium">
        {group.title} <span className="font-normal text-ink-soft tabular-nums">{group.cards.length}</span>
      </summary>
      <p className="px-2.5 pb-1 text-sm text-ink-soft">{group.way}</p>
      <ul className="divide-y divide-line border-t border-line">
        {shown.map(({ card, why }, at) => (
          <li key={card.card} ref={at === MOST ? further : undefined}>
            <button
              type="button"
              data-tip={sayGrade(card)}
              onClick={() => goTo(desk, card.card, close)}
              className="w-full px-2.5 py-1.5 text-left text-sm hover:bg-sunken focus-visible:outline-offset-[-2px]"
            >
              <span className="block break-words">{card.says || "Empty card"}</span>
              <span className="block text-xs text-ink-soft">
                {nameOf(map.get(card.at))}: {why}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p className="border-t border-line p-1.5">
          <Button size="sm" kind="quiet" onClick={() => setAll(true)}>
            {rest} more
          </Button>
        </p>
      )}
    </details>
  );
}
