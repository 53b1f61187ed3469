import { createContext, memo, useContext, useEffect, useRef, useState } from "react";
import type { Desk } from "~/commands/command";
import { type Comment, type Comments, mentionsIn, pieces, type Thread as Told } from "~/maps/comments";
import type { Writer } from "~/maps/said";
import { Avatar, Button, Icon, IconButton, Menu, MenuItem, useFocusBack } from "../kit";
import { ago, instant } from "../when";
import { MentionBox } from "./MentionBox";
import { goTo, placeOf } from "./places";
import { useNames } from "./useNames";
import type { Me } from "./useTogether";

interface Given {
  desk: Desk;
  comments: Comments;
  thread: Told;
  me: Me | undefined;
  members: readonly Writer[];
  /** It says at which record it stands. */
  placed: boolean;
  /** Somebody came for this one. */
  wanted?: boolean;
}

/** One thread: what was said, by whom, and what one can do about it. */
export const Thread = memo(function Thread({ desk, comments, thread, me, members, placed, wanted = false }: Given) {
  const [replying, setReplying] = useState(false);
  const reply = useFocusBack<HTMLButtonElement>(replying);
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (wanted) ref.current?.scrollIntoView({ block: "nearest" });
  }, [wanted]);
  const { first, replies } = thread;
  const names = useNames();
  const name = names(first.by, first.name);
  const maySettle = me?.mayEdit || (me?.mayComment && first.by === me.id);
  const settle = () => {
    comments.resolve(first.id, !first.resolved, me!);
    desk.announce(first.resolved ? "The thread is open again." : "The thread is resolved.");
  };
  return (
    <article
      aria-label={`Comment by ${name} on ${placeOf(desk.map, first.at).name}`}
      ref={ref}
      className={`rounded-lg border bg-raised p-3 ${wanted ? "border-spruce" : "border-line"}`}
    >
      {placed && <Place desk={desk} id={first.at} />}
      <Message one={first} {...{ comments, me, members, desk }}>
        {maySettle && (
          <IconButton
            icon={first.resolved ? "restore" : "check"}
            label={first.resolved ? "Open again" : "Resolve"}
            size="sm"
            onClick={settle}
          />
        )}
      </Message>
      {replies.length > 0 && (
        <ul className="mt-2.5 space-y-2.5 border-l-2 border-line pl-3">
          {replies.map((one) => (
            <li key={one.id}>
              <Message one={one} {...{ comments, me, members, desk }} />
            </li>
          ))}
        </ul>
      )}
      {first.resolved ? (
        <p className="mt-2 flex items-center gap-1.5 text-sm text-leaf">
          <Icon name="check" size={15} />
          Resolved{first.resolved_by && ` by ${names(first.resolved_by, first.resolved_by)}`}
        </p>
      ) : (
        me?.mayComment &&
        (replying ? (
          <div className="mt-2.5">
            <MentionBox
              label={`Reply to ${name}`}
              members={members}
              sendTitle="Reply"
              eager
              cancel={() => setReplying(false)}
              send={(says) => {
                comments.reply(first, { says, mentions: mentionsIn(says, members) }, me);
                setReplying(false);
              }}
            />
          </div>
        ) : (
          <Button ref={reply} kind="quiet" size="sm" className="mt-1.5 -ml-2" onClick={() => setReplying(true)}>
            Reply
          </Button>
        ))
      )}
    </article>
  );
});

/** Closes the panel in which something stands. */
export const CloseContext = createContext<(() => void) | undefined>(undefined);

/** The record at which something stands: a way there. */
export function Place({ desk, id }: { desk: Desk; id: string }) {
  const { name, kind, icon, gone } = placeOf(desk.map, id);
  const close = useContext(CloseContext);
  const inside = (
    <>
      <Icon name={icon} size={14} />
      <span className="truncate">{name}</span>
      {gone && <span className="shrink-0 text-ink-faint">(deleted)</span>}
    </>
  );
  const looks = "mb-1.5 flex min-h-6 max-w-full items-center gap-1.5 rounded-md px-1.5 text-xs font-medium -ml-1.5";
  if (!id || gone) return <p className={`${looks} text-ink-soft`}>{inside}</p>;
  return (
    <button
      type="button"
      aria-label={`Go to ${kind.toLowerCase()} ${name}`}
      className={`${looks} text-spruce hover:bg-spruce-soft`}
      onClick={() => goTo(desk, id, close)}
    >
      {inside}
    </button>
  );
}

interface Said {
  one: Comment;
  comments: Comments;
  me: Me | undefined;
  members: readonly Writer[];
  desk: Desk;
  children?: React.ReactNode;
}

function Message({ one, comments, me, members, desk, children }: Said) {
  const [editing, setEditing] = useState(false);
  const more = useFocusBack<HTMLSpanElement>(editing);
  const name = useNames()(one.by, one.name);
  const own = me?.mayComment && me.id === one.by && !one.deleted;
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
      <Avatar name={name} id={one.by} size="sm" />
      <div className="min-w-0">
        <div className="flex min-h-7 items-center gap-1">
          <p className="min-w-0 flex-1 truncate text-sm">
            <span className="font-semibold">{name}</span>{" "}
            <time dateTime={one.on} data-tip={instant(one.on)} className="text-ink-faint">
              {ago(one.on)}
              {one.edited && " · edited"}
            </time>
          </p>
          {children}
          {own && (
            <Menu
              label="Comment"
              button={(opens) => (
                <span ref={more} className="flex">
                  <IconButton {...opens} icon="more" label="More about this comment" size="sm" />
                </span>
              )}
            >
              <MenuItem icon="edit" onSelect={() => setEditing(true)}>
                Edit
              </MenuItem>
              <MenuItem
                icon="trash"
                danger
                onSelect={() => {
                  comments.takeBack(one.id);
                  desk.announce("The comment is deleted.");
                }}
              >
                Delete
              </MenuItem>
            </Menu>
          )}
        </div>
        {editing ? (
          <MentionBox
            label="Edit comment"
            members={members}
            sendTitle="Save"
            begin={one.says}
            eager
            cancel={() => setEditing(false)}
            send={(says) => {
              if (says !== one.says) comments.retell(one.id, { says, mentions: mentionsIn(says, members) });
              setEditing(false);
            }}
          />
        ) : (
          <Words one={one} members={members} />
        )}
      </div>
    </div>
  );
}

function Words({ one, members }: { one: Comment; members: readonly Writer[] }) {
  if (one.deleted) return <p className="text-sm text-ink-faint italic">This comment was deleted.</p>;
  const named = members.filter((member) => one.mentions.includes(member.id));
  let place = 0;
  return (
    <p className="text-base wrap-anywhere whitespace-pre-wrap" dir="auto">
      {pieces(one.says, named).map((piece) => {
        place += piece.text.length;
        return piece.member ? (
          <span key={place} className="rounded-sm bg-spruce-soft px-0.5 font-medium text-spruce">
            {piece.text}
          </span>
        ) : (
          piece.text
        );
      })}
    </p>
  );
}
