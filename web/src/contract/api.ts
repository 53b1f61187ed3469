// Written by `python web/contract.py` from the Python models. Do not edit.

/** Whether the chain of rows is whole; `broken_at` is the first row that does not fit. */
export interface AuditCheck {
  whole: boolean;
  rows: number;
  broken_at: number | null;
  newest: string;
}

/** One row: `who` is the id of a member ("" for the command line), `name` what they are called today. */
export interface AuditRow {
  id: number;
  at: string;
  who: string;
  name: string;
  what: string;
  whole: Record<string, unknown>;
}

/** The server answers. */
export interface Health {
  status?: "ok";
}

/** An invitation that nobody has accepted yet. `title` says for whom it is. */
export interface InvitationCard {
  id: string;
  title: string;
  role: Role;
  made_by: string;
  made_at: string;
  expires_at: string;
}

/** What stands after `#` in the link. */
export interface InvitationSecret {
  secret: string;
}

/** What an invitation offers. */
export interface Invited {
  workspace: string;
  role: Role;
  by: string;
  expires_at: string;
}

/** A piece of work as it stands now. */
export interface Job {
  id: string;
  kind: string;
  by: string;
  state?: "waiting" | "running" | "done" | "failed" | "cancelled";
  share?: number | null;
  says?: string;
  result?: Record<string, unknown> | null;
  problem?: Problem | null;
}

/** Who accepts: the name that others see and that one signs in with, and a password. */
export interface Joining {
  secret: string;
  name: string;
  password: string;
}

/** The secret of a one-time link: what stands after `#`. */
export interface Link {
  secret: string;
}

/** A new invitation; its secret is shown only now. The link is `/join#SECRET`. */
export interface MadeInvitation {
  invitation: InvitationCard;
  secret: string;
}

/** A new token; it is shown only now. */
export interface MadeToken {
  about: TokenCard;
  token: string;
}

/** A map as it stands in a list. Instants are ISO texts in UTC, "" for never. */
export interface MapCard {
  id: string;
  map_id: string;
  title: string;
  owner: string;
  made_at: string;
  changed_at: string;
  archived_at: string;
}

/** The member who asks. */
export interface Me {
  id: string;
  name: string;
  role: Role;
  rights: Right[];
  workspace: string;
  has_password: boolean;
  needs_current: boolean;
}

/** A member as others see them. `active`: may come in. */
export interface MemberCard {
  id: string;
  name: string;
  role: Role;
  active: boolean;
  made_at: string;
}

/** What is to be changed; what is left out stays. */
export interface MemberChange {
  name?: string | null;
  role?: Role | null;
  active?: boolean | null;
}

/** A link that signs a member in once: `/open#SECRET`. It is shown only now. */
export interface MemberLink {
  secret: string;
  expires_at: string;
}

/** Whom to invite: a note for owners, a role, and how many days the link lasts. */
export interface NewInvitation {
  role?: Role;
  title?: string;
  days?: number;
}

/** A map to be begun from a template. */
export interface NewMap {
  template?: string;
  title?: string;
}

/** What a member wants to be called. */
export interface NewName {
  name: string;
}

/** A new password; `current` is the one that it replaces. */
export interface NewPassword {
  password: string;
  current?: string;
}

/** What the token is for, what it may do, and for how many days. */
export interface NewToken {
  title: string;
  scopes: Right[];
  days?: number;
}

/** What went wrong. */
export interface Problem {
  code: string;
  says: string;
}

/** What a member, or a token, may do. Everything that is not granted is denied. */
export type Right = "read" | "comment" | "edit" | "share" | "manage";

/** What a member is in a workspace. */
export type Role = "owner" | "editor" | "commenter" | "viewer";

/** A member's name and password. */
export interface SignIn {
  name: string;
  password: string;
}

/** A map to begin with. */
export interface Template {
  name: string;
  title: string;
  about: string;
}

/** A token that is still good; `used_at` is "" for never. */
export interface TokenCard {
  id: string;
  title: string;
  member: string;
  scopes: Right[];
  made_at: string;
  expires_at: string;
  used_at: string;
}

export interface Operations {
  "GET /api/audit": { body: undefined; answer: AuditRow[] };
  "GET /api/audit/check": { body: undefined; answer: AuditCheck };
  "GET /api/invitations": { body: undefined; answer: InvitationCard[] };
  "POST /api/invitations": { body: NewInvitation; answer: MadeInvitation };
  "POST /api/invitations/accept": { body: Joining; answer: undefined };
  "POST /api/invitations/look": { body: InvitationSecret; answer: Invited };
  "DELETE /api/invitations/{invitation_id}": { body: undefined; answer: undefined };
  "DELETE /api/jobs/{job_id}": { body: undefined; answer: Job };
  "GET /api/jobs/{job_id}": { body: undefined; answer: Job };
  "GET /api/jobs/{job_id}/events": { body: undefined; answer: undefined };
  "GET /api/maps": { body: undefined; answer: MapCard[] };
  "POST /api/maps": { body: NewMap; answer: MapCard };
  "GET /api/maps/{map_id}": { body: undefined; answer: MapCard };
  "GET /api/maps/{map_id}/data": { body: undefined; answer: Record<string, unknown> };
  "GET /api/me": { body: undefined; answer: Me };
  "PATCH /api/me": { body: NewName; answer: Me };
  "PUT /api/me/password": { body: NewPassword; answer: undefined };
  "DELETE /api/me/sessions": { body: undefined; answer: undefined };
  "GET /api/members": { body: undefined; answer: MemberCard[] };
  "PATCH /api/members/{member_id}": { body: MemberChange; answer: MemberCard };
  "POST /api/members/{member_id}/link": { body: undefined; answer: MemberLink };
  "DELETE /api/session": { body: undefined; answer: undefined };
  "POST /api/session/link": { body: Link; answer: undefined };
  "POST /api/session/password": { body: SignIn; answer: undefined };
  "GET /api/templates": { body: undefined; answer: Template[] };
  "GET /api/tokens": { body: undefined; answer: TokenCard[] };
  "POST /api/tokens": { body: NewToken; answer: MadeToken };
  "DELETE /api/tokens/{token_id}": { body: undefined; answer: undefined };
  "GET /healthz": { body: undefined; answer: Health };
  "GET /readyz": { body: undefined; answer: Health };
}
