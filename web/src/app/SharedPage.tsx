import { Busy } from "~/view/kit";

export default function SharedPage() {
  return <Busy />;
}
