"""The server's application, put together: routes with their guards, the rooms' socket, the pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute

from desireline.server import sockets
from desireline.server.bodies import Bodies
from desireline.server.desk import Desk
from desireline.server.guards import Guard, Open
from desireline.server.headers import SafeHeaders
from desireline.server.pages import add_pages
from desireline.server.problems import Problem, add_problems
from desireline.server.requests import Requests
from desireline.server.routes import ROUTERS
from desireline.version import __version__

PROBLEMS: dict[int | str, dict[str, object]] = {"4XX": {"model": Problem}, "5XX": {"model": Problem}}


def create_app(desk: Desk) -> FastAPI:
    """The application for one workspace."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        going_on = [asyncio.create_task(work) for work in (desk.present.keep_asking(), desk.ready.keep(desk))]
        yield
        for task in going_on:
            task.cancel()
        desk.jobs.close()
        await desk.rooms.close()

    check_guards()
    app = FastAPI(
        title="Desireline",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=PROBLEMS,
    )
    app.state.desk = desk
    add_problems(app)
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(sockets.router)
    add_pages(app)
    app.add_middleware(Bodies, desk=desk)
    app.add_middleware(Requests, metrics=desk.metrics)
    app.add_middleware(SafeHeaders)
    return app


def check_guards() -> None:
    """Every route of the API says who may use it: one that does not is a fault of this program."""
    for route in routes():
        if len(guards_of(route)) != 1:
            raise TypeError(f"{route.methods} {route.path} needs exactly one guard (`server.guards`)")


def routes() -> list[APIRoute]:
    """All routes of the API; whatever else the application answers is in `server.pages` and `server.sockets`."""
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def guards_of(route: APIRoute) -> list[Guard | Open]:
    """What a route declares; a router's guard and the route's own are both there."""
    found = [one.call for one in route.dependant.dependencies]
    return [one for one in found if isinstance(one, Guard | Open)]
