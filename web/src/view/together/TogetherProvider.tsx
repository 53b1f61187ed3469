import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { Desk } from "~/commands/command";
import { People } from "~/session/presence";
import type { MapSession } from "~/session/session";
import { MarkStore } from "./marks";
import { goTo } from "./places";
import { besideOf } from "./shared";
import { type Together, TogetherContext } from "./useTogether";

interface Given {
  desk: Desk;
  session: MapSession;
  mapId: string;
  children: ReactNode;
}

/** Everything inside knows who is there and what they say; the others learn what is selected here. */
export function TogetherProvider({ desk, session, mapId, children }: Given) {
  const latest = useRef(desk);
  latest.current = desk;
  const people = useMemo(() => new People(session), [session]);
  const together = useMemo<Together>(() => {
    const beside = besideOf(session.map);
    const marks = new MarkStore(session, beside);
    return { ...beside, session, mapId, people, marks, desk: () => latest.current };
  }, [session, mapId, people]);
  useEffect(() => {
    people.listen();
    return () => people.close();
  }, [people]);
  useEffect(() => {
    people.go({ at: desk.selection.ids.at(-1) ?? null, selection: desk.selection.ids });
  }, [people, desk.selection.ids]);
  useEffect(() => comeForComment(together), [together]);
  return <TogetherContext value={together}>{children}</TogetherContext>;
}

/** An address with `?comment=ID` opens the panel at that comment, as soon as it is known here. */
function comeForComment({ comments, desk }: Together): (() => void) | undefined {
  const wanted = new URLSearchParams(location.search).get("comment");
  if (!wanted) return undefined;
  let done = false;
  const come = () => {
    const found = comments.get(wanted);
    if (!found || done) return;
    done = true;
    history.replaceState(null, "", location.pathname + location.hash);
    if (found.at) goTo(desk(), found.at);
    desk().show("comments", { comment: found.thread || found.id });
  };
  const timer = setTimeout(come);
  const leave = comments.subscribe("any", () => setTimeout(come));
  return () => {
    clearTimeout(timer);
    leave();
  };
}
