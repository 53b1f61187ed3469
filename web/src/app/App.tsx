import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { ToastLayer, TooltipLayer } from "~/view/kit";
import { HomePage } from "./HomePage";
import { LinkPage } from "./LinkPage";

const MapPage = lazy(() => import("./MapPage"));

/** The pages by address. What only some people need is loaded when they come there. */
export function App() {
  return (
    <Suspense fallback={<p className="p-8 text-ink-soft">Loading…</p>}>
      <Switch>
        <Route path="/">
          <HomePage />
        </Route>
        <Route path="/open">
          <LinkPage />
        </Route>
        <Route path="/maps/:id">{({ id }) => <MapPage key={id} id={id} />}</Route>
        <Route>
          <main className="p-8">
            <h1 className="text-xl font-semibold">There is no such page</h1>
            <p className="mt-2">
              <a className="underline" href="/">
                All maps
              </a>
            </p>
          </main>
        </Route>
      </Switch>
      <ToastLayer />
      <TooltipLayer />
    </Suspense>
  );
}
