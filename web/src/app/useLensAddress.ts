import { useEffect } from "react";
import { hashOf, type Lens, lensIn } from "~/overlay/lens";

/** Keeps in the address which journey one looks at, whose and of when: loading again and a link show the same. */
export function useLensAddress(lens: Lens) {
  useEffect(() => {
    const read = () => lens.set(lensIn(location.hash));
    const write = () => {
      const hash = hashOf(lens.read());
      if (hash !== location.hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
    };
    read();
    addEventListener("popstate", read);
    const stop = lens.subscribe(write);
    return () => {
      removeEventListener("popstate", read);
      stop();
    };
  }, [lens]);
}
