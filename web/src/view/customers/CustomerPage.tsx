import { useEffect, useRef } from "react";
import type { Desk } from "~/commands/command";
import type { CustomerTold } from "~/contract/api";
import { sayMany } from "~/overlay/say";
import { Button, Chip, Empty, IconButton } from "../kit";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { JourneyPart } from "./JourneyPart";
import { WordRow } from "./Timeline";

/** The customers before and after this one in the list from which one came. */
export interface Neighbours {
  before: string | undefined;
  after: string | undefined;
}

interface Props {
  desk: Desk;
  mapId: string;
  id: string;
  neighbours: Neighbours;
  open: (id: string) => void;
  back: () => void;
  /** Whether one came from a list. */
  inList: boolean;
}

/** One customer: who they are, and their journeys beside the map and in their words. */
export function CustomerPage(props: Props) {
  const { desk, mapId, id } = props;
  const asked = useAnswer({
    operation: "GET /api/maps/{map_id}/customer",
    path: { map_id: mapId },
    query: { id },
  });
  const unknown = asked.answer === undefined && asked.fault?.code === "unknown-customer";
  return (
    <article className="mx-auto max-w-3xl px-4 py-5 sm:px-8">
      <Way {...props} />
      {unknown ? (
        <Empty icon="search" title="No such customer in these data">
          {desk.mayEdit
            ? "Ids are written as in the data, capitals and all."
            : "Customers are opened from a list; you see them under other names than their ids."}
        </Empty>
      ) : (
        <Waiting asked={asked} what="this customer" bring={() => desk.show("data")}>
          {(answer) => <Told desk={desk} told={answer} />}
        </Waiting>
      )}
    </article>
  );
}

/** Back to the list, and to the customers beside this one. */
function Way({ neighbours, open, back, inList }: Props) {
  const { before, after } = neighbours;
  return (
    <nav aria-label="Customers" className="mb-3 flex items-center gap-1">
      <Button size="sm" kind="quiet" icon="arrow-left" onClick={back} className={inList ? "lg:invisible" : ""}>
        {inList ? "The list" : "Customers"}
      </Button>
      <span className="flex-1" />
      {inList && (
        <>
          <IconButton
            icon="chevron-up"
            label="Previous customer"
            disabled={!before}
            onClick={() => before && open(before)}
          />
          <IconButton
            icon="chevron-down"
            label="Next customer"
            disabled={!after}
            onClick={() => after && open(after)}
          />
        </>
      )}
    </nav>
  );
}

function Told({ desk, told }: { desk: Desk; told: CustomerTold }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const { journeys, properties, persona_title, feedback, cut_says } = told;
  const known = Object.entries(properties);
  return (
    <>
      <header>
        <h1 ref={head} tabIndex={-1} className="text-xl font-semibold tracking-tight break-words outline-none">
          {told.customer_id}
        </h1>
        <p className="mt-1 flex flex-wrap items-center gap-2">
          {persona_title ? (
            <Chip tone="spruce" icon="persona">
              {persona_title}
            </Chip>
          ) : (
            <span className="text-sm text-ink-soft">None of the map’s personas.</span>
          )}
          <span className="text-sm text-ink-soft">
            {sayMany(journeys.length, "journey")}. {cut_says}
          </span>
        </p>
        {known.length > 0 && (
          <dl className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {known.map(([name, value]) => (
              <div key={name} className="flex min-w-0 gap-1.5">
                <dt className="text-ink-soft">{name.replaceAll("_", " ")}</dt>
                <dd className="min-w-0 font-medium break-words">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </header>
      {journeys.length === 0 && (
        <Empty icon="curve" title="No journey">
          The data hold no event of this customer{feedback.length > 0 && ", only what they said"}.
        </Empty>
      )}
      {journeys.map((one) => (
        <JourneyPart
          key={one.number}
          desk={desk}
          journey={one}
          of={journeys.length}
          currency={told.currency}
          begin={journeys.length <= 4 || one === journeys.at(-1)}
        />
      ))}
      {feedback.length > 0 && (
        <section className="mt-6">
          <h2 className="font-semibold">Said outside of any journey</h2>
          <ul className="mt-2 flex flex-col gap-2">
            {feedback.map((word, number) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they have no names of their own, and stay as they are
              <li key={number}>
                <WordRow word={word} dated />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
