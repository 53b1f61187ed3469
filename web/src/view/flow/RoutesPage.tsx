import { useState } from "react";
import type { RoutesTaken, RouteTaken } from "~/contract/api";
import { heightPerShare } from "~/overlay/flow/sankey";
import { partOf } from "~/overlay/flow/whose";
import { sayGroup } from "~/overlay/groups";
import { moreRoutes, ROUTES, type Top } from "~/overlay/more";
import { sayCount, sayValue } from "~/overlay/say";
import { Empty } from "../kit";
import { More } from "../More";
import { Waiting } from "../numbers/Waiting";
import { Column, Columns, Legend, Rows } from "./Chart";
import { type FlowPage, titleOn } from "./flow";
import { Nowhere, TooFew } from "./Lacking";
import { RouteList } from "./RouteList";
import { RouteSteps } from "./RouteSteps";
import { RoutesDrawn, Whole } from "./RoutesDrawn";
import { usePaths } from "./usePaths";

const TAKEN = "GET /api/maps/{map_id}/paths/routes";
const HEIGHT = 300;

/** The routes that most customers share, against the moves that the map plans; of two groups side by side. */
export function RoutesPage(page: FlowPage) {
  const { groups } = page;
  const [top, setTop] = useState<Top>({ before: ROUTES, now: ROUTES });
  const first = usePaths(TAKEN, page, groups[0], top);
  const second = usePaths(TAKEN, page, groups[1], top);
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

interface Shown {
  page: FlowPage;
  group: string;
  asked: ReturnType<typeof usePaths<typeof TAKEN>>;
  perShare: number;
  top: Top;
  more: (next: Top) => void;
}

function RoutesOf({ page, group, asked, perShare, top, more }: Shown) {
  const { desk, period } = page;
  const [lit, setLit] = useState<number>();
  const [chosen, setChosen] = useState<readonly string[]>([]); // by their touchpoints: ranks are others in other data
  const title = sayGroup(desk.map, group);
  if (!partOf(group, period)) return <NotSo title={title} />;
  const toggle = (key: string) =>
    setChosen((had) => (had.includes(key) ? had.filter((one) => one !== key) : [...had, key].slice(-2)));
  return (
    <Waiting asked={asked} what="routes" bring={() => desk.show("data")}>
      {(found) => {
        const routes = found.rows.filter((row) => chosen.includes(keyOf(row)));
        const choose = (rank: number) => toggle(keyOf(found.rows.find((row) => row.rank === rank)!));
        const shared = { desk, title, found, lit, light: setLit, choose };
        return (
          <Column title={title} says={sayRoutes(found)}>
            {!found.distinct && <Nowhere desk={desk} />}
            {found.distinct > 0 && found.rows.length === 0 && <TooFew desk={desk} what="route" />}
            {found.rows.length > 0 && (
              <>
                <Whole found={found} />
                <RoutesDrawn {...shared} perShare={perShare} />
                <RouteList {...shared} chosen={routes.map(({ rank }) => rank)} />
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
                <RouteSteps page={page} group={group} routes={routes} />
              </>
            )}
          </Column>
        );
      }}
    </Waiting>
  );
}

function keyOf({ route }: RouteTaken): string {
  return route.join(">");
}

/** "4,000 customers took 3,162 different routes. …" */
function sayRoutes(found: RoutesTaken): string {
  if (!found.distinct) return "No route was taken.";
  const customers = found.customers === null ? "Fewer than 5 customers" : `${sayCount(found.customers)} customers`;
  const parts = [
    `${customers} took ${found.distinct === 1 ? "one route" : `${sayCount(found.distinct)} different routes`}.`,
  ];
  if (!found.rows.length) parts.push("No route is shared by five customers.");
  else if (found.rows.length === 1) parts.push("This is the one that most of them share.");
  else parts.push(`These are the ${sayCount(found.rows.length)} that most of them share.`);
  if (found.other && found.other_share !== null)
    parts.push(`${sayCount(found.other)} customers (${sayValue(found.other_share, "share")}) took other routes.`);
  if (found.hidden)
    parts.push(
      `${found.hidden === 1 ? "1 route is" : `${sayCount(found.hidden)} routes are`} not shown: ${found.note}.`,
    );
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
