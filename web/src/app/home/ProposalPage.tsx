import { Busy } from "~/view/kit";

export default function ProposalPage() {
  return <Busy />;
}
