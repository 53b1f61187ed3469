/** What people may be, in words. */
import type { Right, Role } from "~/contract/api";

export const ROLES: readonly { value: Role; title: string; about: string }[] = [
  { value: "owner", title: "Owner", about: "Everything, also members and the audit log" },
  { value: "editor", title: "Editor", about: "Draws maps, and shares them by link" },
  { value: "commenter", title: "Commenter", about: "Comments, suggests and votes" },
  { value: "viewer", title: "Viewer", about: "Only looks" },
];

export const RIGHTS: Record<Right, { title: string; about: string }> = {
  read: { title: "Read", about: "See maps, comments and versions" },
  comment: { title: "Comment", about: "Comment, suggest and vote" },
  edit: { title: "Edit", about: "Change maps, restore versions, import" },
  share: { title: "Share", about: "Make and end share links" },
  manage: { title: "Manage", about: "Members, invitations, audit log, archive" },
};

export function roleTitle(role: Role): string {
  return ROLES.find((one) => one.value === role)?.title ?? role;
}
