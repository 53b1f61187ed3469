import { useState } from "react";
import type { RoutesTaken } from "~/contract/api";
import { moreRoutes, ROUTES, type Top } from "~/overlay/flow/more";
import { heightPerShare } from "~/overlay/flow/sankey";
import { partOf } from "~/overlay/flow/whose";
import { sayGroup } from "~/overlay/groups";
import { sayCount, sayValue } from "~/overlay/say";
import { Empty } from "../kit";
import { Waiting } from "../numbers/Waiting";
import { useAnswer } from "../useAnswer";
import { Column, Columns, Legend, Rows } from "./Chart";
import { type FlowPage, titleOn } from "./flow";
import { Nowhere, TooFew } from "./Lacking";
import { More } from "./More";
import { RouteList } from "./RouteList";
import { RouteSteps } from "./RouteSteps";
import { RoutesDrawn, Whole } from "./RoutesDrawn";

const HEIGHT = 300;

/** The routes that most customers share, against the moves that the map plans; of two groups side by side. */
export function RoutesPage(page: FlowPage) {
  const { groups, period, mapId } = page;
  const [top, setTop] = useState<Top>({ before: ROUTES, now: ROUTES });
  const first = useRoutes(mapId, groups[0]!, period, top);
  const second = useRoutes(mapId, groups[1], period, top);
  const rows = [first, second].map(({ answer }) => answer?.rows ?? []);
  const perShare = heightPerShare(rows, HEIGHT);
  return (
    <>
      <Columns two={groups.length > 1}>
        {groups.map((group, at) => (
          <RoutesOf
            key={group}
            page={page}
            group={group}
            asked={at ? second : first}
            perShare={perShare}
            top={top}
            more={setTop}
          />
        ))}
      </Columns>
      {rows.some((one) => one.length > 0) && <Legend />}
    </>
  );
}

/** The first routes of a group; a shorter list stays in sight until a longer one comes. */
function useRoutes(map_id: string, group: string | undefined, period: string, top: Top) {
  const part = group === undefined ? undefined : partOf(group, period);
  const operation = "GET /api/maps/{map_id}/paths/routes";
  const had = useAnswer(part && { operation, path: { map_id }, query: { top: String(top.before), ...part } });
  const now = useAnswer(part && { operation, path: { map_id }, query: { top: String(top.now), ...part } });
  return now.answer || !had.answer ? now : { ...now, answer: had.answer };
}

interface Shown {
  page: FlowPage;
  group: string;
  asked: ReturnType<typeof useRoutes>;
  perShare: number;
  top: Top;
  more: (next: Top) => void;
}

function RoutesOf({ page, group, asked, perShare, top, more }: Shown) {
  const { desk, period } = page;
  const [lit, setLit] = useState<number>();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const title = sayGroup(desk.map, group);
  if (!partOf(group, period)) return <NotSo title={title} />;
  const choose = (rank: number) =>
    setChosen((had) => (had.includes(rank) ? had.filter((one) => one !== rank) : [...had, rank].slice(-2)));
  return (
    <Waiting asked={asked} what="routes" bring={() => desk.show("data")}>
      {(found) => (
        <Column title={title} says={sayRoutes(found)}>
          {!found.distinct && <Nowhere desk={desk} />}
          {found.distinct > 0 && found.rows.length === 0 && <TooFew desk={desk} what="route" />}
          {found.rows.length > 0 && (
            <>
              <Whole found={found} />
              <RoutesDrawn
                desk={desk}
                title={title}
                found={found}
                perShare={perShare}
                lit={lit}
                light={setLit}
                choose={choose}
              />
              <RouteList
                desk={desk}
                title={title}
                found={found}
                lit={lit}
                light={setLit}
                chosen={chosen}
                choose={choose}
              />
              <More next={moreRoutes(found, top)} says="More routes" show={more} />
              <Rows
                title={`Routes of ${title}`}
                heads={["Route", "Customers", "Share"]}
                rows={found.rows.map((row) => [
                  row.route.map((id) => titleOn(desk.map, id)).join(" → "),
                  sayCount(row.customers),
                  row.share === null ? "–" : sayValue(row.share, "share"),
                ])}
              />
              <RouteSteps page={page} group={group} routes={found.rows.filter(({ rank }) => chosen.includes(rank))} />
            </>
          )}
        </Column>
      )}
    </Waiting>
  );
}

/** "4,000 customers took 3,162 different routes. …" */
function sayRoutes(found: RoutesTaken): string {
  if (!found.distinct) return "No route was taken.";
  const customers = found.customers === null ? "Fewer than 5 customers" : `${sayCount(found.customers)} customers`;
  const parts = [
    `${customers} took ${found.distinct === 1 ? "one route" : `${sayCount(found.distinct)} different routes`}.`,
  ];
  if (!found.rows.length) parts.push("No route is shared by five customers.");
  else parts.push(`These are the ${found.rows.length} that most of them share.`);
  if (found.other && found.other_share !== null)
    parts.push(`${sayCount(found.other)} customers (${sayValue(found.other_share, "share")}) took other routes.`);
  if (found.hidden)
    parts.push(`${found.hidden === 1 ? "1 route is" : `${found.hidden} routes are`} not shown: ${found.note}.`);
  return parts.join(" ");
}

/** Paths cannot be asked of every group that measures can. */
export function NotSo({ title }: { title: string }) {
  return (
    <Empty icon="users" title={`The ways of “${title}” cannot be told apart`}>
      Routes and moves are told of personas, channels and properties of customers. Choose one of these.
    </Empty>
  );
}
