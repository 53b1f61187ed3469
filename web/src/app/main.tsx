import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Refusal } from "~/session/api";
import { App } from "./App";
import { wearTheme } from "./browser";
import { signInFor } from "./signIn";
import "./theme.css";

/** Whoever is not signed in is asked to, and then comes back to where they wanted to go. */
function signIn(fault: Error): void {
  if (!(fault instanceof Refusal) || fault.status !== 401 || location.pathname === "/signin") return;
  location.assign(signInFor(location));
}

function again(count: number, fault: Error): boolean {
  return count < 2 && !(fault instanceof Refusal && fault.status >= 400 && fault.status < 500);
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError: signIn }),
  defaultOptions: { queries: { retry: again, staleTime: 5_000 } },
});

wearTheme();
createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
