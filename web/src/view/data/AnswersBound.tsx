import type { AskedOf, Binding } from "~/contract/api";
import type { RuleData } from "~/maps/rules";
import { answersRule, narrow, widen } from "~/overlay/binding";
import { sayMany } from "~/overlay/say";
import { Select } from "../kit";
import type { PanelProps } from "../panel";
import { useHead, useMap, useSection } from "../useMap";

const BEFORE = "";
const WHOLE = "map";

/** What customers were asked, and what each question speaks about: chosen here, kept as a rule of that place. */
export function AnswersBound({ desk, answer }: PanelProps & { answer: Binding }) {
  const map = useMap();
  const head = useHead();
  const [stages, points] = [useSection("stages"), useSection("touchpoints")];
  if (!answer.answers.length) return null;
  const ruleAt = (id: string) =>
    (id === WHOLE ? head.feedback : (map.get(id) as { feedback?: RuleData } | undefined)?.feedback) as
      | RuleData
      | undefined;
  const write = (id: string, feedback: RuleData | undefined) =>
    id === WHOLE ? map.changeHead({ feedback }) : map.change(id, { feedback });
  const places = [
    { value: BEFORE, title: "What came right before the answer" },
    { value: WHOLE, title: "The whole journey" },
    ...stages.flatMap((stage) =>
      points
        .filter((one) => one.stage === stage.id)
        .map((one) => ({ value: one.id, title: one.title || one.id, under: stage.title || stage.id })),
    ),
  ];
  const put = (asked: AskedOf, from: string, to: string) => {
    const rule = answersRule(asked);
    desk.edit("Bind answers", () => {
      if (from) write(from, narrow(ruleAt(from), rule));
      if (to) write(to, widen(ruleAt(to), rule));
    });
    const title = places.find((one) => one.value === to)?.title;
    desk.announce(`“${named(asked)}” speaks about “${title}” now.`);
  };
  return (
    <section aria-labelledby="binding-answers">
      <h2 id="binding-answers" className="mb-1 font-semibold">
        Answers
      </h2>
      <p className="mb-2 text-sm text-ink-soft">
        What is a question about? Scores, causes and words are told of that place.
      </p>
      <ul className="space-y-1.5">
        {answer.answers.map((one) => {
          const rule = answersRule(one);
          const claimed = (id: string) => Boolean(ruleAt(id)) && narrow(ruleAt(id), rule) !== ruleAt(id);
          const at = [...points.map((point) => point.id), WHOLE].find(claimed) ?? BEFORE;
          const other = at === BEFORE && one.about.length > 0;
          return (
            <li
              key={JSON.stringify([one.kind, one.question])}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-sheet px-3 py-2"
            >
              <span className="min-w-0 flex-1 basis-56">
                <span className="font-medium break-words">{named(one)}</span>{" "}
                {one.question !== null && <span className="text-sm text-ink-soft">{one.kind}</span>}
                <span className="block text-sm text-ink-soft tabular-nums">
                  {sayMany(one.answers, "answer")} of {sayMany(one.customers, "customer")}
                  {other && "; a rule of its own claims some of them"}
                </span>
              </span>
              <Select
                size="sm"
                hideLabel
                className="w-full sm:w-72"
                label={`What “${named(one)}” speaks about`}
                value={at}
                options={places}
                disabled={!desk.mayEdit}
                onChange={(to) => put(one, at, to)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function named({ kind, question }: AskedOf): string {
  return question ?? kind;
}
