import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import type { AuditRow } from "~/contract/api";
import { sayFirst } from "~/overlay/say";
import { ask } from "~/session/api";
import { Button, Empty, Fault, Icon, Skeleton } from "~/view/kit";
import { instant } from "~/view/when";
import { Frame } from "../Frame";

const PAGE = 100;

/** Who did what, the newest first; and whether the chain of rows is whole. */
export default function AuditPage() {
  const rows = useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam }) =>
      ask("GET /api/audit", { query: { limit: String(PAGE), ...(pageParam ? { before: String(pageParam) } : {}) } }),
    initialPageParam: 0,
    getNextPageParam: (last: AuditRow[]) => (last.length === PAGE ? last.at(-1)!.id : undefined),
  });
  const members = useQuery({ queryKey: ["members"], queryFn: () => ask("GET /api/members") });
  const names = new Map(members.data?.map((one) => [one.id, one.name]));
  const all = rows.data?.pages.flat() ?? [];
  return (
    <Frame
      title="Audit log"
      about="Who signed in, who changed members, links and maps as a whole. Rows are only ever added."
      actions={<Check />}
    >
      {rows.isError && <Fault says={rows.error.message} retry={() => rows.refetch()} />}
      {rows.isPending && <Skeleton className="h-64 w-full" />}
      {rows.isSuccess && all.length === 0 && <Empty icon="history" title="Nothing has been noted yet" />}
      {all.length > 0 && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keys
          tabIndex={0}
          aria-label="Audit log"
          className="overflow-x-auto rounded-xl border border-line bg-sheet"
        >
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b border-line text-left text-ink-soft">
                {["When", "Who", "What", "Details"].map((title) => (
                  <th key={title} scope="col" className="px-4 py-2.5 font-medium">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {all.map((one) => (
                <tr key={one.id} className="align-top">
                  <td className="px-4 py-2.5 whitespace-nowrap tabular-nums">{instant(one.at)}</td>
                  <td className="px-4 py-2.5 whitespace-nowrap">
                    {one.name || (one.who ? one.who : "the command line")}
                  </td>
                  <td className="px-4 py-2.5 whitespace-nowrap">{words(one.what)}</td>
                  <td className="px-4 py-2.5 text-ink-soft">{detailsOf(one, names)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {rows.hasNextPage && (
        <Button className="mt-4" busy={rows.isFetchingNextPage} onClick={() => rows.fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </Frame>
  );
}

/** What a row holds, with people by their names. */
function detailsOf({ whole }: AuditRow, names: ReadonlyMap<string, string>): string {
  return Object.entries(whole)
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${names.get(String(value)) ?? String(value)}`)
    .join(" · ");
}

const WHAT: Record<string, string> = {
  "customer.opened": "Looked at a customer’s journey",
  "customers.exported": "Exported a list of customers",
  "customers.listed": "Had a long list of customers on screen",
  "data.files_discarded": "Discarded files with refused rows",
  "data.imported": "Imported data",
  "data.refusals_exported": "Downloaded refused rows",
  "data.undone": "Undid an import",
  "invitation.made": "Invited somebody",
  "invitation.revoked": "Took an invitation back",
  "link.made": "Made a link that signs in",
  "map.archived": "Archived a map",
  "map.exported": "Exported a map",
  "map.restored": "Took a map out of the archive",
  "member.activated": "Let a member in again",
  "member.deactivated": "Let a member in no more",
  "member.first": "Became the first owner",
  "member.joined": "Joined by an invitation",
  "member.renamed": "Renamed a member",
  "member.role": "Changed a role",
  "password.changed": "Changed the password",
  "recipe.written": "Changed a recipe",
  "share.ended": "Took a share link back",
  "share.made": "Made a share link",
  "token.made": "Made an API token",
  "token.revoked": "Ended an API token",
};

/** In words; `some.other` as “Some other”. */
function words(what: string): string {
  if (WHAT[what]) return WHAT[what];
  const said = what.replaceAll(/[._-]/g, " ");
  return sayFirst(said);
}

function Check() {
  const check = useMutation({ mutationFn: () => ask("GET /api/audit/check") });
  return (
    <span className="flex flex-wrap items-center gap-3">
      {check.data && (
        <span
          role="status"
          className={`flex items-center gap-1.5 text-sm ${check.data.whole ? "text-leaf" : "text-coral"}`}
        >
          <Icon name={check.data.whole ? "check" : "error"} />
          {check.data.whole
            ? `Whole: all ${check.data.rows} rows fit`
            : `Row ${check.data.broken_at} was changed after it was written`}
        </span>
      )}
      {check.isError && <span className="text-sm text-coral">{check.error.message}</span>}
      <Button icon="link" busy={check.isPending} onClick={() => check.mutate()}>
        Check the chain
      </Button>
    </span>
  );
}
