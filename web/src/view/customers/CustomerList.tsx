import { useMutation } from "@tanstack/react-query";
import type { Desk } from "~/commands/command";
import type { CustomersBehind } from "~/contract/api";
import { moreCustomers, type Top } from "~/overlay/more";
import { paragraphs } from "~/overlay/readings";
import { sayCount, sayMany } from "~/overlay/say";
import { download } from "../exchange/download";
import { announceFault, Button, Empty, GUTTERS, Icon, Tick } from "../kit";
import { More } from "../More";
import { type Opened, queryOf } from "./opened";

interface Props {
  desk: Desk;
  mapId: string;
  opened: Opened;
  answer: CustomersBehind;
  chosen: string | undefined;
  /** Only those who wrote something are shown. */
  texts: boolean;
  setTexts: (on: boolean) => void;
  open: (id: string) => void;
  top: Top;
  more: (next: Top) => void;
}

/** Whom a number or a finding is about: what it is, and its customers, each with their share of it. */
export function CustomerList({ desk, mapId, opened, answer, chosen, texts, setTexts, open, top, more }: Props) {
  const { n, note, customers, with_texts, about } = answer;
  const all = (texts ? with_texts : n) ?? 0;
  return (
    <div className={chosen === undefined ? `max-w-4xl py-4 ${GUTTERS}` : "p-4"}>
      <Meaning desk={desk} opened={opened} about={about} />
      {n === null ? (
        <Empty icon="lock" title="These customers are not listed">
          {note.startsWith("fewer") ? `The number is about ${note}; so few could be recognised.` : note}
        </Empty>
      ) : n === 0 ? (
        <Empty icon="users" title="Nobody">
          No customer stands behind this number in these data.
        </Empty>
      ) : (
        <>
          <p className="mt-4 mb-2 flex flex-wrap items-center gap-2 text-sm text-ink-soft">
            <span className="flex-1">
              {sayMany(n, "customer")}
              {customers.length < all && `, the first ${sayCount(customers.length)} shown`}
            </span>
            {desk.mayEdit && <Export mapId={mapId} opened={opened} />}
          </p>
          {(with_texts > 0 || texts) && (
            <Tick
              label={<span className="text-sm">Only who wrote something ({sayCount(with_texts)})</span>}
              checked={texts}
              onChange={setTexts}
            />
          )}
          <ul className="mt-1 divide-y divide-line overflow-hidden rounded-xl border border-line bg-sheet">
            {customers.map((one) => (
              <li key={one.customer_id}>
                <button
                  type="button"
                  aria-current={one.customer_id === chosen ? "true" : undefined}
                  onClick={() => open(one.customer_id)}
                  className="flex min-h-10 w-full items-center gap-3 px-3 py-1.5 text-left hover:bg-sunken focus-visible:outline-offset-[-2px] aria-[current]:bg-spruce-soft"
                >
                  <span className="min-w-0 flex-1 truncate">{one.customer_id}</span>
                  {one.texts > 0 && (
                    <span className="flex items-center gap-1 text-xs text-ink-soft">
                      <Icon name="quote" size={14} />
                      {sayMany(one.texts, "text")}
                    </span>
                  )}
                  {one.says !== null && (
                    <span className="text-sm text-ink-soft tabular-nums">
                      {one.says} of {sayCount(one.m ?? 0)}
                    </span>
                  )}
                  <Icon name="chevron-right" size={16} className="text-ink-soft" />
                </button>
              </li>
            ))}
          </ul>
          <More next={moreCustomers(answer, all, top)} says="More customers" show={more} />
        </>
      )}
    </div>
  );
}

/** What a finding says; what a number means. */
function Meaning({ desk, opened, about }: { desk: Desk; opened: Opened; about: string }) {
  if (opened.finding)
    return (
      <>
        <p className="max-w-prose">{about}</p>
        <Button
          size="sm"
          icon="flag"
          className="mt-2"
          onClick={() => desk.show("findings", { finding: opened.finding })}
        >
          The finding
        </Button>
      </>
    );
  return (
    <details className="text-sm">
      <summary className="min-h-6 cursor-pointer font-medium">What this number means</summary>
      {paragraphs(about).map((text) => (
        <p key={text} className="mt-2 max-w-prose text-ink-soft">
          {text}
        </p>
      ))}
      <p className="mt-2 max-w-prose text-ink-soft">
        Beside each customer stands how much of it is theirs, out of how many.
      </p>
    </details>
  );
}

/** The whole list as a file; the server notes who had it. */
function Export({ mapId, opened }: { mapId: string; opened: Opened }) {
  const asked = new URLSearchParams(queryOf(opened) ?? {});
  const save = useMutation({
    mutationFn: () => download(`/api/maps/${encodeURIComponent(mapId)}/customers.csv?${asked}`, "customers.csv"),
    onError: announceFault,
  });
  return (
    <Button
      size="sm"
      icon="download"
      busy={save.isPending}
      onClick={() => save.mutate()}
      data-tip="All of them, for a spreadsheet. The audit log notes that you had the list."
    >
      Export
    </Button>
  );
}
