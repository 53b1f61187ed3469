import { type ComponentType, lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Busy, ButtonLink, ToastLayer, TooltipLayer } from "~/view/kit";
import { Alone } from "./Alone";
import { HomePage } from "./HomePage";
import { LinkPage } from "./LinkPage";
import { Safe } from "./Safe";

const MapPage = lazy(() => import("./MapPage"));

/** Pages that only some people need: loaded when they come there. */
const PAGES: [path: string, page: ComponentType][] = [
  ["/signin", lazy(() => import("./people/SignInPage"))],
  ["/join", lazy(() => import("./people/InvitationPage"))],
  ["/members", lazy(() => import("./people/MembersPage"))],
  ["/tokens", lazy(() => import("./people/TokensPage"))],
  ["/me", lazy(() => import("./people/MePage"))],
  ["/audit", lazy(() => import("./people/AuditPage"))],
  ["/shared/:secret", lazy(() => import("./SharedPage"))],
];

/** The pages by address. */
export function App() {
  return (
    <Safe>
      <Suspense fallback={<Busy />}>
        <Switch>
          <Route path="/">
            <HomePage />
          </Route>
          <Route path="/open">
            <LinkPage />
          </Route>
          <Route path="/maps/:id">{({ id }) => <MapPage key={id} id={id} />}</Route>
          {PAGES.map(([path, Page]) => (
            <Route key={path} path={path} component={Page} />
          ))}
          <Route>
            <Alone title="There is no such page" about="The address may be mistyped, or what was here has moved.">
              <ButtonLink href="/" kind="primary">
                All maps
              </ButtonLink>
            </Alone>
          </Route>
        </Switch>
      </Suspense>
      <ToastLayer />
      <TooltipLayer />
    </Safe>
  );
}
