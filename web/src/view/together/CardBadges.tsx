import { memo, useCallback, useSyncExternalStore } from "react";
import { vote } from "~/commands/voting";
import { counted } from "~/maps/words";
import { Icon, type IconName } from "../kit";
import { type Marks, NO_MARKS } from "./marks";
import { type Together, useTogether } from "./useTogether";

const never = () => () => undefined;

/** What people and the linter say about a record, small, below its words; nothing where nobody says anything. */
export const CardBadges = memo(function CardBadges({ id }: { id: string }) {
  const together = useTogether();
  const subscribe = useCallback((listener: () => void) => together?.marks.subscribe(listener) ?? never(), [together]);
  const marks = useSyncExternalStore(subscribe, () => together?.marks.of(id) ?? NO_MARKS);
  if (!together || marks === NO_MARKS) return null;
  return <Badges id={id} marks={marks} together={together} />;
});

function Badges({ id, marks, together }: { id: string; marks: Marks; together: Together }) {
  const open = (panel: string, more?: unknown) => {
    together.desk().select([id]);
    together.desk().show(panel, more);
  };
  const { threads, comments, suggestions, remarks, severity, votes, voting } = marks;
  if (!threads && !suggestions && !remarks && !votes && !voting) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps what is done here from the card below
    <div
      className="-mx-1 mt-1 -mb-0.5 flex w-fit flex-wrap items-center gap-0.5"
      onPointerDown={keepFrom}
      onDoubleClick={keepFrom}
      onClick={keepFrom}
      onKeyDown={(event) => event.key !== "Escape" && !event.ctrlKey && !event.metaKey && event.stopPropagation()}
    >
      {threads > 0 && (
        <Badge
          icon="comment"
          tone="text-sky"
          count={comments}
          label={counted(comments, "comment")}
          onClick={() => open("comments")}
        />
      )}
      {suggestions > 0 && (
        <Badge
          icon="suggest"
          tone="text-spruce"
          count={suggestions}
          label={counted(suggestions, "suggestion")}
          onClick={() => open("comments", { tab: "suggestions" })}
        />
      )}
      {remarks > 0 && (
        <Badge
          icon={severity === "error" ? "error" : severity === "warning" ? "warning" : "info"}
          tone={severity === "error" ? "text-coral" : severity === "warning" ? "text-amber" : "text-ink-faint"}
          count={remarks > 1 ? remarks : 0}
          label={counted(remarks, "remark")}
          onClick={() => open("remarks")}
        />
      )}
      {(votes > 0 || voting) && <Votes id={id} marks={marks} together={together} />}
    </div>
  );
}

function keepFrom(event: { stopPropagation: () => void }): void {
  event.stopPropagation();
}

interface Given {
  icon: IconName;
  tone: string;
  count: number;
  label: string;
  onClick: () => void;
}

function Badge({ icon, tone, count, label, onClick }: Given) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      data-tip={label}
      onClick={onClick}
      className={`flex h-6 min-w-6 items-center justify-center gap-0.5 rounded-md px-1 text-xs font-semibold hover:bg-ink/8 ${tone}`}
    >
      <Icon name={icon} size={14} />
      {count > 0 && count}
    </button>
  );
}

/** While people vote: one more, one less. Before and after: how many there are. */
function Votes({ id, marks, together }: { id: string; marks: Marks; together: Together }) {
  const hello = together.session.getState().hello;
  const mayVote = marks.voting && hello !== undefined && hello.role !== "viewer";
  const total = counted(marks.votes, "vote");
  return (
    <span className="flex h-6 items-center rounded-full bg-spruce-soft text-xs font-semibold text-spruce">
      {mayVote && marks.mine > 0 && (
        <VoteButton icon="minus" label="Take my vote back" onClick={() => vote(together.desk(), id, -1)} />
      )}
      {marks.voting && !marks.votes ? null : (
        <span className="flex items-center gap-1 px-1.5" role="img" aria-label={total} data-tip={told(marks)}>
          <Dots mine={marks.mine} all={marks.votes} />
          {marks.votes}
        </span>
      )}
      {mayVote && <VoteButton icon="plus" label="Vote" onClick={() => vote(together.desk(), id, 1)} />}
    </span>
  );
}

function VoteButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      onClick={onClick}
      className="flex size-6 items-center justify-center rounded-full hover:bg-spruce hover:text-on-spruce"
    >
      <Icon name={icon} size={14} />
    </button>
  );
}

const MOST_DOTS = 5;

/** One dot a vote, filled where it is mine. */
function Dots({ mine, all }: { mine: number; all: number }) {
  const shown = Math.min(all, MOST_DOTS);
  return (
    <svg aria-hidden="true" width={shown * 7} height="8" viewBox={`0 0 ${shown * 7} 8`}>
      {Array.from({ length: shown }, (_, place) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: dots are all alike
          key={place}
          cx={3.5 + place * 7}
          cy="4"
          r="2.5"
          fill={place < mine ? "currentColor" : "none"}
          stroke="currentColor"
          strokeWidth="1.3"
        />
      ))}
    </svg>
  );
}

function told(marks: Marks): string {
  return marks.mine ? `${counted(marks.votes, "vote")}, ${marks.mine} of them mine` : counted(marks.votes, "vote");
}
