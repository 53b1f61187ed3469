// Written by `python web/contract.py` from the Python models. Do not edit.

/** The server answers. */
export interface Health {
  status?: "ok";
}

/** The secret of a one-time link: what stands after `#`. */
export interface Link {
  secret: string;
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
}

/** A map to be begun from a template. */
export interface NewMap {
  template?: string;
  title?: string;
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

/** A map to begin with. */
export interface Template {
  name: string;
  title: string;
  about: string;
}

export interface Operations {
  "GET /api/maps": { body: undefined; answer: MapCard[] };
  "POST /api/maps": { body: NewMap; answer: MapCard };
  "GET /api/maps/{map_id}": { body: undefined; answer: MapCard };
  "GET /api/maps/{map_id}/data": { body: undefined; answer: Record<string, unknown> };
  "GET /api/me": { body: undefined; answer: Me };
  "DELETE /api/session": { body: undefined; answer: undefined };
  "POST /api/session/link": { body: Link; answer: undefined };
  "GET /api/templates": { body: undefined; answer: Template[] };
  "GET /healthz": { body: undefined; answer: Health };
  "GET /readyz": { body: undefined; answer: Health };
}
