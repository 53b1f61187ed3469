"""One file per noun; `ROUTERS` lists them."""

from __future__ import annotations

from desireline.server.routes import health, jobs, maps, me, templates

ROUTERS = (health.router, me.router, templates.router, maps.router, jobs.router)
