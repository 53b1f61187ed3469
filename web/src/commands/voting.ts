/** Commands for votes in a workshop: each goes to the selected record, or the one that the keyboard is on. */
import { counted } from "~/maps/words";
import { command, type Desk } from "./command";
import { subjects } from "./subjects";

function mayVote({ mayComment, me, workshop }: Desk): boolean {
  return mayComment && me !== "" && workshop.state().voting;
}

function left({ workshop, me }: Desk): number {
  return Math.max(0, workshop.state().votes_each - workshop.given(me));
}

/** One vote more for the record, or one less, and what is left. */
export function vote(desk: Desk, record: string, step: 1 | -1): void {
  if (!desk.workshop.vote(record, desk.me, step)) {
    const none = "You have no votes left. Take one back from another card first.";
    desk.announce(step === 1 ? none : "You have not voted for this.");
  } else desk.announce(`${step === 1 ? "Voted" : "Taken back"}. ${counted(left(desk), "vote")} left.`);
}

export const VOTING = [
  command({
    id: "vote.give",
    title: "Vote for it",
    group: "Together",
    keys: "Y",
    enabled: (desk) => mayVote(desk) && subjects(desk).length === 1,
    run: (desk) => vote(desk, subjects(desk)[0]!.id, 1),
  }),
  command({
    id: "vote.take",
    title: "Take my vote back",
    group: "Together",
    enabled: (desk) => mayVote(desk) && subjects(desk).some((one) => desk.workshop.count(one.id, desk.me) > 0),
    run: (desk) => vote(desk, subjects(desk).find((one) => desk.workshop.count(one.id, desk.me) > 0)!.id, -1),
  }),
];
