import { useCallback, useEffect, useMemo, useState } from "react";
import type { Desk } from "~/commands/command";
import { type CommentFilter, filtered, mentionsIn, type Thread as Told, threadsOf } from "~/maps/comments";
import type { MapSession } from "~/session/session";
import { Empty, Icon, IconButton, Panel, Segments, Tabs } from "../kit";
import type { PanelProps } from "../panel";
import { MentionBox } from "./MentionBox";
import { placeOf } from "./places";
import { SuggestionList } from "./SuggestionList";
import { besideOf } from "./shared";
import { CloseContext, Thread } from "./Thread";
import { useMembers } from "./useMembers";
import { useSeen } from "./useSeen";
import { useChanges, useMe } from "./useTogether";

/** What people say about the map: threads, and the changes that they suggest. */
export default function CommentsPanel({ desk, session, mapId, close, more }: PanelProps) {
  const { comments, suggestions } = besideOf(session.map);
  const spoken = useChanges(comments);
  const suggested = useChanges(suggestions);
  const [tab, setTab] = useState<"comments" | "suggestions">(() => firstTab(session, desk.selection.ids.at(-1)));
  const { tab: wanted, comment } = (more ?? {}) as { tab?: string; comment?: string };
  useEffect(() => {
    if (wanted === "suggestions" || wanted === "comments") setTab(wanted);
  }, [wanted]);
  // Who comes with a card in hand comes to say something; later choices leave the keyboard where it is.
  const [begins, setBegins] = useState(() => !comment && desk.selection.ids.length > 0);
  useEffect(() => setBegins(false), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `spoken` says when somebody has spoken
  const threads = useMemo(() => threadsOf(comments.all()), [comments, spoken]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: likewise
  const open = useMemo(() => suggestions.all().filter((one) => one.state === "open"), [suggestions, suggested]);
  useSeen(mapId, threads);
  const tabs = [
    { id: "comments" as const, title: "Comments", count: threads.filter((one) => !one.first.resolved).length },
    { id: "suggestions" as const, title: "Suggestions", count: open.length },
  ];
  return (
    <CloseContext value={close}>
      <Panel
        title="Comments"
        close={close}
        footer={
          tab === "comments" ? (
            <Compose key={desk.selection.ids.at(-1)} desk={desk} session={session} eager={begins} />
          ) : undefined
        }
      >
        <Tabs label="What people say" tabs={tabs} value={tab} onChange={setTab} className="px-2 pt-1">
          {tab === "comments" ? (
            <Threads desk={desk} session={session} threads={threads} wanted={comment} />
          ) : (
            <SuggestionList desk={desk} session={session} suggestions={suggestions} />
          )}
        </Tabs>
      </Panel>
    </CloseContext>
  );
}

/** Where a record has open suggestions and no open thread, people come for the suggestions. */
function firstTab(session: MapSession, id: string | undefined): "comments" | "suggestions" {
  const { comments, suggestions } = besideOf(session.map);
  const wanted = suggestions.at(id ?? "").some((one) => one.state === "open");
  return wanted && !threadsOf(comments.at(id ?? "")).some((one) => !one.first.resolved) ? "suggestions" : "comments";
}

interface ThreadsGiven {
  desk: Desk;
  session: MapSession;
  threads: readonly Told[];
  /** The thread for which somebody came. */
  wanted: string | undefined;
}

function Threads({ desk, session, threads, wanted }: ThreadsGiven) {
  const me = useMe(session);
  const members = useMembers(session);
  const settled = threads.some((one) => one.first.id === wanted && one.first.resolved);
  const [filter, setFilter] = useState<CommentFilter>(settled ? "resolved" : "open");
  const shown = filtered(threads, filter, me?.id ?? "");
  const here = desk.selection.ids.at(-1);
  const near = here ? shown.filter((one) => one.first.at === here) : [];
  const far = here ? shown.filter((one) => one.first.at !== here) : shown;
  const given = { desk, me, members, comments: besideOf(session.map).comments };
  return (
    <div className="space-y-4 p-3">
      <Segments
        label="Which comments"
        tabs={[
          { id: "open", title: "Open" },
          { id: "mine", title: "Mine" },
          { id: "resolved", title: "Resolved" },
        ]}
        value={filter}
        onChange={setFilter}
      />
      {near.length > 0 && (
        <Group title={`On “${placeOf(desk.map, here!).name}”`}>
          {near.map((one) => (
            <Thread key={one.first.id} thread={one} placed={false} wanted={one.first.id === wanted} {...given} />
          ))}
        </Group>
      )}
      {far.length > 0 && (
        <Group title={near.length > 0 ? "Elsewhere on the map" : ""}>
          {far.map((one) => (
            <Thread key={one.first.id} thread={one} placed wanted={one.first.id === wanted} {...given} />
          ))}
        </Group>
      )}
      {shown.length === 0 && <Nothing filter={filter} mayComment={me?.mayComment ?? false} />}
    </div>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="space-y-2.5">
      {title && <h3 className="truncate text-xs font-semibold text-ink-soft">{title}</h3>}
      {children}
    </section>
  );
}

function Nothing({ filter, mayComment }: { filter: CommentFilter; mayComment: boolean }) {
  if (filter === "resolved") return <Empty icon="check" title="Nothing is resolved yet" />;
  if (filter === "mine")
    return (
      <Empty icon="at" title="Nobody waits for you">
        Threads that you wrote in, or that name you, are listed here.
      </Empty>
    );
  return (
    <Empty icon="comment" title="No open comments">
      {mayComment
        ? "Select a card and say below what you think. Write @ to name somebody."
        : "Your role lets you read comments. An owner can change your role."}
    </Empty>
  );
}

const held = new WeakMap<MapSession, Map<string, string>>();

/** What was begun and not sent yet, by record: looking at another card does not throw it away. */
function draftsOf(session: MapSession): Map<string, string> {
  const known = held.get(session) ?? new Map<string, string>();
  held.set(session, known);
  return known;
}

function Compose({ desk, session, eager }: { desk: Desk; session: MapSession; eager: boolean }) {
  const me = useMe(session);
  const members = useMembers(session);
  const [whole, setWhole] = useState(false);
  const selected = desk.selection.ids.at(-1) ?? "";
  const here = whole ? "" : selected;
  const drafts = draftsOf(session);
  const [begin] = useState(() => drafts.get(selected) ?? "");
  const note = useCallback((text: string) => void drafts.set(selected, text), [drafts, selected]);
  if (!me?.mayComment) return <p className="text-sm text-ink-soft">Your role lets you read comments.</p>;
  const { name, icon } = placeOf(session.map, here);
  return (
    <div>
      <p className="mb-1.5 flex min-h-6 items-center gap-1.5 text-sm text-ink-soft">
        <Icon name={icon} size={15} />
        <span className="min-w-0 flex-1 truncate">
          On <span className="font-medium text-ink">{here ? `“${name}”` : "the whole map"}</span>
        </span>
        {here && (
          <IconButton
            icon="close"
            label="Comment on the whole map instead"
            size="sm"
            className="-my-1"
            onClick={() => setWhole(true)}
          />
        )}
      </p>
      <MentionBox
        label={here ? `Comment on ${name}` : "Comment on the whole map"}
        placeholder="What do you think? @ names somebody"
        members={members}
        sendTitle="Comment"
        eager={eager}
        begin={begin}
        note={note}
        send={(says) => {
          besideOf(session.map).comments.begin(here, { says, mentions: mentionsIn(says, members) }, me);
          desk.announce("Your comment is there.");
        }}
      />
    </div>
  );
}
