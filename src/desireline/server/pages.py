"""The web app's files: hashed names for ever, the page itself never kept, and the page for every address of the app."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from desireline.server.problems import problem

FOLDER = Path(__file__).parent.parent / "static"
OURS = ("/api/", "/healthz/", "/readyz/", "/metrics/")
MISSING = (
    "The web app was not built, so there is nothing to show here; the API under /api works.\n"
    "In a clone, `make web` builds it. An installed Desireline carries it: please report this.\n"
)


def add_pages(app: FastAPI, folder: Path = FOLDER) -> None:
    """Every address that is not the API's answers with the app. Call it last."""
    assets = folder / "assets"
    if assets.is_dir():
        app.mount("/assets", _Assets(directory=assets), name="assets")
    router = APIRouter(include_in_schema=False)

    @router.get("/{path:path}")
    def page(path: str) -> Response:
        if f"/{path}".startswith(OURS):
            return problem(404, "no-such-address", "The API has nothing at this address.")
        file = folder / path
        if path and path.count("/") == 0 and file.is_file():
            return FileResponse(file)
        index = folder / "index.html"
        if not index.is_file():
            return PlainTextResponse(MISSING, status_code=503)
        return FileResponse(index, headers={"Cache-Control": "no-cache", "X-Robots-Tag": "noindex, nofollow"})

    app.include_router(router)


class _Assets(StaticFiles):
    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
