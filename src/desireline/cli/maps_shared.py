"""desireline map list, pull, push: the maps that people draw together in a workspace, as files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import HERE, AsJson, Force, WorkspaceFolder
from desireline.cli.output import free, there, write_output
from desireline.cli.served import Server
from desireline.cli.voice import out, say, say_json
from desireline.draw.figures import many
from desireline.draw.table import show_table
from desireline.errors import DesirelineError, did_you_mean

if TYPE_CHECKING:
    from desireline.ledger.documents import Document, Documents
    from desireline.server.files import Brought

NAME = "The map's id, as `desireline map list` tells it."


class UnclearMap(DesirelineError):
    """A word names no shared map, or several."""

    exit_code = 2

    def __init__(self, name: str, some: Iterable[Document], known: Iterable[str]) -> None:
        several = ", ".join(one.id for one in some)
        hint = f"Say which: {several}." if several else did_you_mean(name, known, "`desireline map list` tells them.")
        super().__init__(f"{name!r} names {'several shared maps' if several else 'no shared map'} here. {hint}")


def register(app: typer.Typer) -> None:
    """Add these commands to the group `map`."""
    app.command("list")(list_)
    app.command()(pull)
    app.command()(push)


def list_(
    workspace: WorkspaceFolder = HERE,
    archived: Annotated[bool, typer.Option("--archived", help="Those that were put away.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the maps that people draw together in a workspace."""
    found = [one for one in _all(workspace) if bool(one.archived_at) == archived]
    if as_json:
        say_json([_told(one) for one in found])
        return
    rows = [[one.map_id, one.title, one.owner, one.changed_at[:16].replace("T", " "), one.id] for one in found]
    empty = f"No map is here yet. Draw one: desireline serve -w {workspace}"
    show_table(out(), ["Map", "Title", "Owner", "Changed (UTC)", "Id"], rows, empty=empty)


def pull(
    name: Annotated[str, typer.Argument(metavar="MAP", help=NAME)],
    workspace: WorkspaceFolder = HERE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; MAP.journey.yaml when missing.")
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write a shared map to its file; lines that nobody changed are as they were when the file came in."""
    one = _named(_all(workspace), name)
    path = output or Path(f"{one.map_id}.journey.yaml")
    free(path, force=force)
    text = _text(_documents(workspace), one)
    write_output(path, text)
    if as_json:
        say_json({"map": one.map_id, "id": one.id, "file": path})
    else:
        say(f"{path} is “{one.title}”. Change it, then: desireline map push {path} -w {workspace}")


def push(
    path: Annotated[Path, typer.Argument(metavar="FILE", callback=there, help="A *.journey.yaml file.")],
    workspace: WorkspaceFolder = HERE,
    name: Annotated[str | None, typer.Option("--to", help=f"{NAME} The file's own id when missing.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring a file into the shared map of its id, as an edit that people see; a new map where there is none."""
    from desireline.maps.files import load_map
    from desireline.maps.written import read_text

    wanted = name or load_map(path).map.id
    workspace.mkdir(parents=True, exist_ok=True)
    some = [one for one in _all(workspace) if not one.archived_at]
    one = _named(some, wanted) if name or any(_is(one, wanted) for one in some) else None
    told = _pushed(workspace, one, read_text(path), path.name, dry_run=dry_run)
    if as_json:
        say_json(told)
    else:
        _say_pushed(path, told, dry_run=dry_run)


def _pushed(workspace: Path, one: Document | None, text: str, name: str, *, dry_run: bool) -> dict[str, Any]:
    """What was done: by the server that works in the workspace, else here."""
    from desireline.server.lock import only_server, works_at

    if one is None and dry_run:
        return {"new": True, "id": None, "changes": []}
    address = works_at(workspace)
    if address:
        with Server(workspace, address) as server:
            return _by(server, one, text, name, dry_run=dry_run)
    with only_server(workspace):
        if one is None:
            return {"new": True, "id": _begin(workspace, text), "changes": []}
        found = _bring(workspace, one, text, name, dry_run=dry_run)
        return {"new": False, "id": one.id, "changes": [change.as_json() for change in found.changes]}


def _by(server: Server, one: Document | None, text: str, name: str, *, dry_run: bool) -> dict[str, Any]:
    if one is None:
        made = server.ask("POST", "/api/imports", {"text": text, "name": name})
        return {"new": True, "id": made["id"], "changes": []}
    body = {"text": text, "name": name, "dry_run": dry_run}
    return {"new": False, "id": one.id, "changes": server.ask("PUT", f"/api/maps/{one.id}/file", body)["changes"]}


def _say_pushed(path: Path, told: dict[str, Any], *, dry_run: bool) -> None:
    if told["new"]:
        say(f"{path} {'would be' if dry_run else 'is'} a new shared map.")
        return
    for change in told["changes"]:
        say(change["says"])
    counted = many(len(told["changes"]), "change") if told["changes"] else "No change"
    say(f"{counted}{' would be made' if dry_run else ''} in the shared map.")


def _documents(workspace: Path) -> Documents:
    from desireline.ledger.documents import Documents
    from desireline.ledger.engine import connect, ledger_url
    from desireline.ledger.workspace_id import workspace_id

    return Documents(connect(ledger_url(workspace)), workspace_id(workspace))


def _all(workspace: Path) -> list[Document]:
    """All shared maps, archived ones too. Looking makes no ledger."""
    from desireline.ledger.engine import connect, is_there, ledger_url
    from desireline.ledger.workspace_id import FILE

    if not (there(workspace) / FILE).exists() or not is_there(connect(ledger_url(workspace))):
        return []
    return _documents(workspace).all(archived=True)


def _is(one: Document, name: str) -> bool:
    return name in (one.id, one.map_id)


def _named(some: list[Document], name: str) -> Document:
    """The map that is called so. Raises UnclearMap."""
    found = [one for one in some if _is(one, name)]
    in_use = [one for one in found if not one.archived_at] or found
    if len(in_use) != 1:
        raise UnclearMap(name, in_use, [one.map_id for one in some])
    return in_use[0]


def _text(documents: Documents, one: Document) -> str:
    from desireline.live.document import document_data
    from desireline.live.shape import document_of
    from desireline.live.written import written_text

    doc = document_of(documents.history(one.id).bodies)
    return written_text(document_data(doc), documents.text(one.id))


def _begin(workspace: Path, text: str) -> str:
    from desireline.server.desk import open_desk
    from desireline.server.files import begin

    desk = open_desk(workspace)
    return begin(desk.documents, desk.shelf, text, by="", at=desk.clock()).id


def _bring(workspace: Path, one: Document, text: str, name: str, *, dry_run: bool) -> Brought:
    import asyncio

    from desireline.server.desk import open_desk
    from desireline.server.files import bring_text, changes_to, import_words

    async def brought() -> Brought:
        desk = open_desk(workspace)
        try:
            if dry_run:
                return await changes_to(desk, one.id, text)
            return await bring_text(desk, one.id, text, by="", words=import_words(name))
        finally:
            desk.jobs.close()
            await desk.rooms.close()

    return asyncio.run(brought())


def _told(one: Document) -> dict[str, Any]:
    names = ("map_id", "title", "owner", "changed_at", "archived_at", "id")
    return {name.removesuffix("_id"): getattr(one, name) for name in names}
