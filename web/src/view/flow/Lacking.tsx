import { Button, Empty } from "../kit";
import { NothingBound } from "../numbers/NothingBound";
import type { FlowPage } from "./flow";

/** Customers are on the map, and too few of them went the same way. */
export function TooFew({ desk, what }: Pick<FlowPage, "desk"> & { what: string }) {
  return (
    <Empty
      icon="users"
      title={`No ${what} can be shown`}
      action={<Button onClick={() => desk.show("data")}>Look at the data</Button>}
    >
      A {what} is shown when five customers share it: bring in more data, or look at more of the time.
    </Empty>
  );
}

/** The data and the map do not meet. */
export function Nowhere({ desk }: Pick<FlowPage, "desk">) {
  return (
    <NothingBound desk={desk} title="Nobody is seen on the map">
      No event of these customers is on a touchpoint. Say which events belong to which.
    </NothingBound>
  );
}
