import { useState } from "react";
import type { Desk } from "~/commands/command";
import type { Fields } from "~/maps/shape";
import { isStale, SUGGESTED, type Suggestion, type Suggestions } from "~/maps/suggestions";
import type { MapSession } from "~/session/session";
import { Avatar, Button, Chip, Empty, Segments } from "../kit";
import { ago, instant } from "../when";
import { SuggestForm } from "./SuggestForm";
import { Place } from "./Thread";
import { useNames } from "./useNames";
import { type Me, useChanges, useMe } from "./useTogether";
import { WasIs } from "./WasIs";

interface Given {
  desk: Desk;
  session: MapSession;
  suggestions: Suggestions;
}

/** The changes that people suggest: what it says, what it would say, and who decides. */
export function SuggestionList({ desk, session, suggestions }: Given) {
  const me = useMe(session);
  useChanges(suggestions);
  const [which, setWhich] = useState<"open" | "decided">("open");
  const here = desk.selection.ids.at(-1);
  const shown = [...suggestions.all()].reverse().filter((one) => (one.state === "open") === (which === "open"));
  shown.sort((a, b) => Number(b.at === here) - Number(a.at === here));
  return (
    <div className="space-y-3 p-3">
      <Segments
        label="Which suggestions"
        tabs={[
          { id: "open", title: "Open" },
          { id: "decided", title: "Decided" },
        ]}
        value={which}
        onChange={setWhich}
      />
      {here && me?.mayComment && which === "open" && <SuggestForm key={here} desk={desk} session={session} id={here} />}
      {shown.map((one) => (
        <SuggestionCard key={one.id} {...{ one, desk, me, suggestions }} placed />
      ))}
      {shown.length === 0 && (
        <Empty icon="suggest" title={which === "open" ? "No open suggestions" : "Nothing is decided yet"}>
          {which === "open" &&
            "Select a card to suggest other words for it. Whoever may edit the map accepts or declines."}
        </Empty>
      )}
    </div>
  );
}

interface Card {
  one: Suggestion;
  desk: Desk;
  me: Me | undefined;
  suggestions: Suggestions;
  placed?: boolean;
}

/** One suggestion, as was → is. */
function SuggestionCard({ one, desk, me, suggestions, placed = false }: Card) {
  const record = (one.at ? desk.map.get(one.at) : desk.map.getHead()) as Fields | undefined;
  const open = one.state === "open";
  const name = useNames()(one.by, one.name);
  const gone = one.at !== "" && (!record || record.deleted === true);
  const stale = open && !gone && isStale(one, record);
  const accept = () => {
    suggestions.accept(one.id, desk.map, me!);
    desk.announce(`Accepted what ${name} suggested. Undo takes it back.`);
  };
  const decline = () => {
    suggestions.decline(one.id, me!);
    desk.announce(one.by === me?.id ? "The suggestion is taken back." : `Declined what ${name} suggested.`);
  };
  return (
    <article aria-label={`Suggestion by ${name}`} className="rounded-lg border border-line bg-raised p-3">
      {placed && <Place desk={desk} id={one.at} />}
      <div className="flex min-h-7 items-center gap-2 text-sm">
        <Avatar name={name} id={one.by} size="sm" />
        <p className="min-w-0 flex-1 truncate">
          <span className="font-semibold">{name}</span>{" "}
          <time dateTime={one.on} data-tip={instant(one.on)} className="text-ink-faint">
            {ago(one.on)}
          </time>
        </p>
        {!open && (
          <Chip
            tone={one.state === "accepted" ? "leaf" : "neutral"}
            icon={one.state === "accepted" ? "check" : "close"}
          >
            {one.state === "accepted" ? "Accepted" : "Declined"}
          </Chip>
        )}
      </div>
      <p className="mt-1.5 mb-0.5 text-xs text-ink-soft">{SUGGESTED[one.field] ?? one.field}</p>
      <WasIs was={String(one.was ?? "")} is={String(one.value ?? "")} />
      {stale && (
        <p className="mt-2 text-sm text-amber">
          Meanwhile it says “{String(record?.[one.field] ?? "") || "nothing"}”. Accepting replaces that.
        </p>
      )}
      {open && me && (
        <div className="mt-2.5 flex flex-wrap gap-2">
          {me.mayEdit && !gone && (
            <Button kind="primary" size="sm" icon="check" onClick={accept}>
              Accept
            </Button>
          )}
          {(me.mayEdit || one.by === me.id) && (
            <Button size="sm" onClick={decline}>
              {one.by === me.id && !me.mayEdit ? "Take back" : "Decline"}
            </Button>
          )}
          {!me.mayEdit && one.by !== me.id && <p className="text-sm text-ink-soft">An editor decides.</p>}
        </div>
      )}
    </article>
  );
}
