"""One file per noun; `ROUTERS` lists them."""

from __future__ import annotations

from desireline.server.routes import audit, health, invitations, jobs, maps, me, members, session, templates, tokens

ROUTERS = (
    health.router,
    me.router,
    session.router,
    members.router,
    invitations.router,
    tokens.router,
    audit.router,
    templates.router,
    maps.router,
    jobs.router,
)
