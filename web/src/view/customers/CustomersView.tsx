import { type ReactNode, useState } from "react";
import type { CustomersBehind } from "~/contract/api";
import { CUSTOMERS, type Top } from "~/overlay/more";
import { beside } from "~/overlay/timeline";
import { View } from "../kit";
import { NoData, Waiting } from "../numbers/Waiting";
import type { PanelProps } from "../panel";
import { orEarlier, useAnswer } from "../useAnswer";
import { CustomerList } from "./CustomerList";
import { CustomerPage, type Neighbours } from "./CustomerPage";
import { listQuestion, type Opened, openedOf, queryOf } from "./opened";
import { Search } from "./Search";

const FIRST: Top = { before: CUSTOMERS, now: CUSTOMERS };
const ABOUT = "Who stands behind a number or a finding, and what one customer did and said.";

/** The customers behind a number or a finding, and one customer's journeys. */
export default function CustomersView({ desk, mapId, more }: PanelProps) {
  const opened = openedOf(more);
  const [texts, setTexts] = useState(false);
  const [longer, lengthen] = useState<{ of: string; top: Top }>();
  const of = JSON.stringify([queryOf(opened), texts]);
  const top = longer && longer.of === of ? longer.top : FIRST;
  const earlier = { texts: texts && top.now > top.before, shown: top.before };
  const question = listQuestion(mapId, opened, { texts, shown: top.now });
  const asked = orEarlier(useAnswer(question), useAnswer(listQuestion(mapId, opened, earlier)));
  const show = (next: Opened) => desk.show("customers", next);
  const { customer, ...list } = opened;
  return (
    <View
      title="Customers"
      about={question && asked.answer ? <Behind opened={list} answer={asked.answer} /> : ABOUT}
      fill
      yields={customer !== undefined}
    >
      <div className="flex min-h-0 flex-1">
        {question && (
          <div
            className={`min-h-0 overflow-y-auto ${customer ? "w-80 shrink-0 border-r border-line bg-sheet max-lg:hidden" : "flex-1"}`}
          >
            <Waiting asked={asked} what="customers" bring={() => desk.show("data")}>
              {(answer) => (
                <CustomerList
                  desk={desk}
                  mapId={mapId}
                  opened={list}
                  answer={answer}
                  chosen={customer}
                  texts={texts}
                  setTexts={setTexts}
                  top={top}
                  more={(next) => lengthen({ of, top: next })}
                  open={(id) => show({ ...list, customer: id })}
                />
              )}
            </Waiting>
          </div>
        )}
        {customer && (
          <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
            <CustomerPage
              key={customer}
              desk={desk}
              mapId={mapId}
              id={customer}
              neighbours={neighboursOf(question ? asked.answer : undefined, customer)}
              open={(id) => show({ ...list, customer: id })}
              back={() => show(list)}
              inList={question !== undefined}
            />
          </div>
        )}
        {!question && !customer && (
          <Begin desk={desk}>
            <Search desk={desk} open={(id) => show({ customer: id })} />
          </Begin>
        )}
      </div>
    </View>
  );
}

/** Whom the list is of. */
function Behind({ opened, answer: { title, place, whose, period } }: { opened: Opened; answer: CustomersBehind }) {
  return (
    <>
      {opened.finding ? "The customers of a finding: " : "The customers behind "}
      <strong className="font-semibold text-ink">{title}</strong>
      {[place, whose, period].filter(Boolean).map((one) => ` · ${one}`)}
    </>
  );
}

/** The way to customers; where there are none yet, or they cannot be reached, that is said in its place. */
function Begin({ desk, children }: Pick<PanelProps, "desk"> & { children: ReactNode }) {
  const asked = useAnswer({ operation: "GET /api/data" });
  const bring = () => desk.show("data");
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Waiting asked={asked} what="customers" bring={bring}>
        {({ counts }) => (counts.customers ? children : <NoData bring={bring} />)}
      </Waiting>
    </div>
  );
}

function neighboursOf(answer: CustomersBehind | undefined, id: string): Neighbours {
  const ids = answer?.customers.map((one) => one.customer_id) ?? [];
  return { before: beside(ids, id, -1), after: beside(ids, id, 1) };
}
