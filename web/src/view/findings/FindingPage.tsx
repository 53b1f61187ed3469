import { type ReactNode, useId } from "react";
import type { FindingHarm, FindingTold } from "~/contract/api";
import { sayCount, sayEffect, sayEffectRange, sayMany } from "~/overlay/say";
import { reveal } from "../customers/reveal";
import { Button, Chip, CopyField } from "../kit";
import { Deciding, type FindingProps } from "./Deciding";
import { EffectChart } from "./EffectChart";
import { Decided } from "./FindingsList";
import { Made } from "./Made";

const OUTCOMES: Record<string, string> = {
  conversion: "journeys that succeed",
  score: "mean score",
  value: "value per journey",
};

/** All about one finding: the claim, its chart, how it was found, whom it is about, and what can be done. */
export function FindingPage(props: FindingProps) {
  const { one, desk, mapId } = props;
  return (
    <article className="mx-auto max-w-3xl space-y-7 px-4 py-5 sm:px-8">
      <Claim {...props} />
      {desk.mayEdit && <Deciding {...props} />}
      <Made one={one} mapId={mapId} />
      <Costs one={one} />
      <Part title="How large it is">
        <EffectChart effect={one.effect} evidence={one.evidence} />
        {one.harms.length > 0 && <Harms harms={one.harms} />}
      </Part>
      {one.what_helps && (
        <Part title="What helps">
          <p>{one.what_helps}</p>
        </Part>
      )}
      {one.quotes.length > 0 && (
        <Part title="In their words">
          <ul className="space-y-2">
            {one.quotes.map((quote) => (
              <li key={quote} className="border-l-2 border-line-strong pl-3 break-words">
                “{quote}”
              </li>
            ))}
          </ul>
        </Part>
      )}
      {one.beside.length > 0 && (
        <Part title="It also shows in">
          <ul className="list-disc space-y-1 pl-5">
            {one.beside.map((says) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
        </Part>
      )}
      <Method one={one} />
    </article>
  );
}

function Claim({ one, desk }: FindingProps) {
  const record = one.records.at(-1);
  return (
    <header>
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-soft">
        {one.title}
        <Chip>Grade {one.grade}</Chip>
        {one.sort === "chance" && (
          <Chip tone="leaf" icon="opportunity">
            chance
          </Chip>
        )}
        <Decided one={one} />
        {one.cost.influence_says && <Chip tone="amber">{one.cost.influence_says}</Chip>}
      </p>
      <h2 className="mt-1 text-xl font-semibold break-words">{one.place}</h2>
      <p className="mt-2 text-lg break-words">{one.says}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        {record && (
          <Button size="sm" icon="board" onClick={() => reveal(desk, record)}>
            Show on the map
          </Button>
        )}
        {one.opens && desk.offers("customers") && (
          <Button size="sm" icon="users" onClick={() => desk.show("customers", { finding: one.id })}>
            {sayMany(one.customers, "customer")}
          </Button>
        )}
      </div>
    </header>
  );
}

/** What it costs in a year, where that can be known. */
function Costs({ one }: { one: FindingTold }) {
  const { cost } = one;
  if (!cost.lost)
    return (
      <Part title="What it costs">
        <p className="text-ink-soft">
          <span className="not-measured rounded px-1">not measured</span>: what it does to success, scores or money is
          not known or not clear. {sayCount(one.customers)} customers are affected.
        </p>
      </Part>
    );
  const facts: [string, string | undefined, string][] = [
    ["Lost journeys a year", cost.lost.told, "Journeys wholly lost that it comes to"],
    ["Money a year", cost.money?.told, "In the map’s currency"],
    ["Journeys affected a year", cost.reach?.told, "Beyond those that would be affected anyway"],
    [
      "Place in the order",
      cost.ranks
        ? cost.ranks.low === cost.ranks.high
          ? `${cost.ranks.low}`
          : `${cost.ranks.low}–${cost.ranks.high}`
        : undefined,
      "Where it stands by loss in 90 % of draws",
    ],
  ];
  return (
    <Part title="What it costs">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 md:grid-cols-4">
        {facts
          .filter(([, told]) => told)
          .map(([title, told, about]) => (
            <div key={title}>
              <dt className="text-sm text-ink-soft">{title}</dt>
              <dd className="font-semibold tabular-nums">
                {told!.split(" [")[0]}
                <span className="block text-sm font-normal text-ink-soft">
                  {told!.includes("[") ? told!.split(" [")[1]!.replace("]", "") : about}
                </span>
              </dd>
            </div>
          ))}
      </dl>
    </Part>
  );
}

function Harms({ harms }: { harms: readonly FindingHarm[] }) {
  return (
    <p className="mt-3 text-sm text-ink-soft">
      One affected journey costs:{" "}
      {harms
        .map(
          (harm) =>
            `${OUTCOMES[harm.outcome] ?? harm.outcome} ${sayEffect(harm.value, harm.unit)} [${sayEffectRange(harm.low, harm.high, harm.unit)}]`,
        )
        .join("; ")}
      .
    </p>
  );
}

function Method({ one }: { one: FindingTold }) {
  return (
    <Part title="How it was found">
      <ul className="list-disc space-y-1 pl-5">
        {one.method.map((says) => (
          <li key={says}>{says}</li>
        ))}
      </ul>
      <details className="mt-3">
        <summary className="min-h-6 cursor-pointer text-sm font-medium text-spruce">What this rule looks for</summary>
        <p className="mt-2 text-sm whitespace-pre-line text-ink-soft">{one.about}</p>
      </details>
      <div className="mt-4">
        <CopyField label="Compute it again" value={one.recompute} />
      </div>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 flex items-center gap-2 text-sm font-semibold">
        {title}
      </h3>
      {children}
    </section>
  );
}
