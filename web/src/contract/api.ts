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

export interface Body_data_api_doors_data_post {
  files: string[];
  answers?: string;
}

export interface Body_upload_api_maps__map_id__pictures_post {
  file: string;
}

/** What leads from one state of a map to another; `before` and `after` are what the map was and is. */
export interface Compared {
  changes: MapChange[];
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** How much of the data the map explains, and how much of the map the data do. */
export interface CoverageOf {
  events: number;
  events_explained: number;
  customers: number;
  customers_explained: number;
  touchpoints_bound: number;
  touchpoints_visited: number;
  silent: string[];
  unbound: string[];
  off_map: OffMap[];
  off_map_rare: number;
}

/** What a person says of their files: the time zone, how 3/4/2026 is meant, who the customer is, ends of scores. */
export interface DataAnswers {
  zone?: string | null;
  day_first?: boolean | null;
  customer?: string | null;
  scales?: Record<string, unknown[]>;
}

/** What was measured, and from when to when. */
export interface DataWindow {
  events: number;
  customers: number;
  journeys: number;
  from: string | null;
  to: string | null;
}

/** The map that shows the demo company here; none until somebody asks for it. */
export interface DemoShown {
  map_id: string | null;
}

/** A way in which customers leave the intended path at a place, and what goes with it. */
export interface Deviation {
  rank: number;
  kind: string;
  place: string;
  customers: number | null;
  journeys: number | null;
  of: number | null;
  of_what: string;
  share: number | null;
  low: number | null;
  high: number | null;
  conversion_effect: number | null;
  conversion_low: number | null;
  conversion_high: number | null;
  score_effect: number | null;
  score_low: number | null;
  score_high: number | null;
  score_unit: string | null;
  value_effect: number | null;
  value_low: number | null;
  value_high: number | null;
  value_unit: string | null;
  loss: number | null;
  says: string;
  note: string;
}

/** Somebody changed these fields of a record ("" for the map's head). `by` is a name, "" for nobody known. */
export interface EditCard {
  record: string;
  fields: string[];
  by: string;
  at: string;
}

/** A kind of file. `loses`: what of a map is not in it; nothing: everything is. */
export interface ExportFormat {
  name: string;
  title: string;
  ending: string;
  says: string;
  loses: string[];
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

/** A new link. Its address (`path`, behind that of the server) is shown only now. */
export interface MadeShare {
  share: ShareCard;
  secret: string;
  path: string;
}

/** A new token; it is shown only now. */
export interface MadeToken {
  about: TokenCard;
  token: string;
}

/** What was changed, and the versions that were made around it; none where nothing was changed. */
export interface MapBrought {
  changes: MapChange[];
  before: VersionCard | null;
  after: VersionCard | null;
}

/** A map as it stands in a list. Instants are ISO texts in UTC, "" for never; `made_by` and `here` are names. */
export interface MapCard {
  id: string;
  map_id: string;
  title: string;
  owner: string;
  made_by: string;
  made_at: string;
  changed_at: string;
  archived_at: string;
  here: string[];
  sketch: MapSketch | null;
}

/** One difference between two states of a map, and a sentence about it. `field` is "" for a whole record. */
export interface MapChange {
  kind: string;
  record: string;
  id: string;
  field: string;
  old: unknown;
  new: unknown;
  says: string;
}

/** How the copy of a map is called. */
export interface MapCopy {
  title: string;
}

/** A map's file. `name` is what the file is called; with `dry_run` nothing is changed, only told. */
export interface MapFileText {
  text: string;
  name?: string;
  dry_run?: boolean;
}

/** What a map is called, and whose it is; what is left out stays. */
export interface MapHeadEdit {
  title?: string | null;
  owner?: string | null;
}

/** A map, measured. */
export interface MapMeasured {
  map: string;
  data: DataWindow;
  coverage: CoverageOf;
  readings: Reading[];
  deviations: Deviation[];
}

/** A map in a few numbers. */
export interface MapSketch {
  stages: string[];
  points: PointSketch[];
  cards: number;
  personas: string[];
  remarks: RemarkCounts;
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

/** What a measure means: its unit, the kinds of places where it can be read, how many customers it needs. */
export interface MeasureKnown {
  measure: string;
  title: string;
  family: string;
  unit: string;
  places: string[];
  minimum: number;
  about: string;
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

/** A comment in which you were named. `map_id` is the map's, `by` a name. */
export interface MentionCard {
  id: number;
  map_id: string;
  title: string;
  comment_id: string;
  by: string;
  at: string;
  says: string;
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

/** A file from which a map is begun, and how the map is called if not as the file says. */
export interface NewMapFile {
  text: string;
  name?: string;
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

/** A note on whom the link is for, and for how many days it works; none: until it is taken back. */
export interface NewShare {
  title?: string;
  days?: number | null;
}

/** What the token is for, what it may do, and for how many days. */
export interface NewToken {
  title: string;
  scopes: Right[];
  days?: number;
}

/** What a text holds: the map in short, what to know about it, and its file, from which a map can be begun. */
export interface NotationRead {
  notation: "yaml" | "mermaid" | "grid";
  title: string;
  stages: StageRead[];
  cards: number;
  personas: string[];
  lacks: string[];
  text: string;
}

/** A text in another notation. `notation` is found out when it is missing; `title` is for a grid, which has none. */
export interface NotationText {
  text: string;
  name?: string;
  notation?: "yaml" | "mermaid" | "grid" | null;
  title?: string;
}

/** Events on no touchpoint of the map. */
export interface OffMap {
  event: string;
  channel: string;
  events: number;
  customers: number;
}

/** A picture that a record may name as its `image`, and its size in pixels. */
export interface PictureCard {
  id: string;
  width: number;
  height: number;
}

/** A touchpoint: the number of its stage from 0, the intended feeling (−2 to 2), and what it is. */
export interface PointSketch {
  stage: number;
  feeling: number | null;
  moment_of_truth: boolean;
  front: boolean;
}

/** What went wrong. */
export interface Problem {
  code: string;
  says: string;
}

/** Which pieces of a proposal to take (all, when none are named), and how the map is called. */
export interface ProposalChoice {
  pieces?: string[] | null;
  title?: string;
}

/** Whether a map is put away. */
export interface PutAway {
  archived: boolean;
}

/** A measure at a place, of a group in a period. Without a value its `note` says why. */
export interface Reading {
  measure: string;
  at: string;
  group: string;
  period: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  unit: string;
  note: string;
}

/** What the map linter says, by how much it matters. */
export interface RemarkCounts {
  errors?: number;
  warnings?: number;
  hints?: number;
}

/** What a member, or a token, may do. Everything that is not granted is denied. */
export type Right = "read" | "comment" | "edit" | "share" | "manage";

/** What a member is in a workspace. */
export type Role = "owner" | "editor" | "commenter" | "viewer";

/** How many of them were new. */
export interface SeenCount {
  seen: number;
}

/** Mentions that you looked at. */
export interface SeenMentions {
  ids: number[];
}

/** A link. `made_by` is a name; `expires_at` and `ended_at` are "" for never; `opened` counts how often it was. */
export interface ShareCard {
  id: string;
  title: string;
  made_by: string;
  made_at: string;
  expires_at: string;
  ended_at: string;
  opened: number;
  works: boolean;
}

/** A map as anybody with the link sees it: without comments, votes, and who changed what. */
export interface SharedMap {
  title: string;
  changed_at: string;
  expires_at: string;
  data: Record<string, unknown>;
}

/** A member's name and password. */
export interface SignIn {
  name: string;
  password: string;
}

/** A stage as it was read, with the titles of its touchpoints. */
export interface StageRead {
  title: string;
  touchpoints: string[];
}

/** A map to begin with. */
export interface Template {
  name: string;
  title: string;
  about: string;
  sketch: MapSketch;
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

/** A version in a list. `made_by` is a name, "" for nobody who is known any more. */
export interface VersionCard {
  id: string;
  number: number;
  title: string;
  kind: VersionKind;
  made_by: string;
  at: string;
}

/** Why there is a version. */
export type VersionKind = "named" | "before-restore" | "restored" | "before-import" | "imported" | "daily";

/** How a version is called. */
export interface VersionTitle {
  title: string;
}

/** A version with the map as it was, in the shape of its file. */
export interface VersionWhole {
  version: VersionCard;
  data: Record<string, unknown>;
}

export interface Operations {
  "GET /api/audit": { body: undefined; answer: AuditRow[] };
  "GET /api/audit/check": { body: undefined; answer: AuditCheck };
  "POST /api/doors/data": { body: BodyInit; answer: Job };
  "DELETE /api/doors/data/{upload_id}": { body: undefined; answer: undefined };
  "POST /api/doors/data/{upload_id}/accept": { body: ProposalChoice; answer: Job };
  "POST /api/doors/data/{upload_id}/answers": { body: DataAnswers; answer: Job };
  "GET /api/doors/demo": { body: undefined; answer: DemoShown };
  "POST /api/doors/demo": { body: undefined; answer: Job };
  "GET /api/exports": { body: undefined; answer: ExportFormat[] };
  "POST /api/imports": { body: NewMapFile; answer: MapCard };
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
  "PATCH /api/maps/{map_id}": { body: MapHeadEdit; answer: MapCard };
  "PUT /api/maps/{map_id}/archived": { body: PutAway; answer: MapCard };
  "POST /api/maps/{map_id}/copies": { body: MapCopy; answer: MapCard };
  "GET /api/maps/{map_id}/data": { body: undefined; answer: Record<string, unknown> };
  "GET /api/maps/{map_id}/edits": { body: undefined; answer: EditCard[] };
  "GET /api/maps/{map_id}/exports/{format}": { body: undefined; answer: undefined };
  "GET /api/maps/{map_id}/file": { body: undefined; answer: undefined };
  "PUT /api/maps/{map_id}/file": { body: MapFileText; answer: MapBrought };
  "GET /api/maps/{map_id}/measured": { body: undefined; answer: MapMeasured };
  "POST /api/maps/{map_id}/pictures": { body: BodyInit; answer: PictureCard };
  "GET /api/maps/{map_id}/pictures/{picture_id}": { body: undefined; answer: undefined };
  "GET /api/maps/{map_id}/shares": { body: undefined; answer: ShareCard[] };
  "POST /api/maps/{map_id}/shares": { body: NewShare; answer: MadeShare };
  "DELETE /api/maps/{map_id}/shares/{share_id}": { body: undefined; answer: ShareCard };
  "GET /api/maps/{map_id}/versions": { body: undefined; answer: VersionCard[] };
  "POST /api/maps/{map_id}/versions": { body: VersionTitle; answer: VersionCard };
  "GET /api/maps/{map_id}/versions/{version_id}": { body: undefined; answer: VersionWhole };
  "PATCH /api/maps/{map_id}/versions/{version_id}": { body: VersionTitle; answer: VersionCard };
  "GET /api/maps/{map_id}/versions/{version_id}/changes": { body: undefined; answer: Compared };
  "POST /api/maps/{map_id}/versions/{version_id}/restore": { body: undefined; answer: MapBrought };
  "GET /api/me": { body: undefined; answer: Me };
  "PATCH /api/me": { body: NewName; answer: Me };
  "PUT /api/me/password": { body: NewPassword; answer: undefined };
  "DELETE /api/me/sessions": { body: undefined; answer: undefined };
  "GET /api/measures": { body: undefined; answer: MeasureKnown[] };
  "GET /api/members": { body: undefined; answer: MemberCard[] };
  "PATCH /api/members/{member_id}": { body: MemberChange; answer: MemberCard };
  "POST /api/members/{member_id}/link": { body: undefined; answer: MemberLink };
  "GET /api/mentions": { body: undefined; answer: MentionCard[] };
  "POST /api/mentions/seen": { body: SeenMentions; answer: SeenCount };
  "POST /api/notations": { body: NotationText; answer: NotationRead };
  "DELETE /api/session": { body: undefined; answer: undefined };
  "POST /api/session/link": { body: Link; answer: undefined };
  "POST /api/session/password": { body: SignIn; answer: undefined };
  "GET /api/shared/{secret}": { body: undefined; answer: SharedMap };
  "GET /api/shared/{secret}/pictures/{picture_id}": { body: undefined; answer: undefined };
  "GET /api/templates": { body: undefined; answer: Template[] };
  "GET /api/templates/{name}": { body: undefined; answer: Record<string, unknown> };
  "GET /api/tokens": { body: undefined; answer: TokenCard[] };
  "POST /api/tokens": { body: NewToken; answer: MadeToken };
  "DELETE /api/tokens/{token_id}": { body: undefined; answer: undefined };
  "GET /healthz": { body: undefined; answer: Health };
  "GET /metrics": { body: undefined; answer: string };
  "GET /readyz": { body: undefined; answer: Health };
}
