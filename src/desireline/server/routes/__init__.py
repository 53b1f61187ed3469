"""One file per noun; `ROUTERS` lists them."""

from __future__ import annotations

from desireline.server.routes import (
    audit,
    doors,
    edits,
    exports,
    health,
    imports,
    invitations,
    jobs,
    maps,
    me,
    members,
    mentions,
    numbers,
    pictures,
    session,
    shares,
    templates,
    tokens,
    versions,
)

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
    versions.router,
    imports.router,
    exports.router,
    shares.router,
    pictures.router,
    mentions.router,
    edits.router,
    doors.router,
    numbers.router,
)
