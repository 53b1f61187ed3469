import { Component, type ReactNode } from "react";
import { isUnfetched } from "~/session/release";
import { Button } from "~/view/kit";
import { Alone } from "./Alone";
import { Unfetched } from "./Unfetched";

interface Props {
  /** What stands in the place of a part that broke, where the rest of the page goes on. */
  instead?: (fault: Error) => ReactNode;
  children: ReactNode;
}

/** When a page breaks: says so, and that what was saved is safe. A part of the app that cannot be fetched is such a break. */
export class Safe extends Component<Props, { fault: Error | undefined }> {
  override state: { fault: Error | undefined } = { fault: undefined };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    if (this.props.instead) return this.props.instead(fault);
    if (isUnfetched(fault))
      return (
        <Alone title="A part of the app is missing">
          <Unfetched />
        </Alone>
      );
    return (
      <Alone
        title="This page has stopped"
        about="What you changed is kept: on the server, or in this browser until the server is back."
      >
        <p className="mb-5 rounded-md bg-sunken px-3 py-2 text-sm text-ink-soft">{fault.message}</p>
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" onClick={() => location.reload()}>
            Load it again
          </Button>
          <Button onClick={() => location.assign("/")}>All maps</Button>
        </div>
      </Alone>
    );
  }
}
