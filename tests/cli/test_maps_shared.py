"""Maps that people draw together, as files: listed, pulled, pushed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from cli.shop import Desk
from desireline.server.desk import open_desk
from desireline.server.lock import only_server
from desireline.server.run import Server, address_of, listen

MAP = "shop.journey.yaml"


def test_looking_at_a_workspace_without_maps_makes_nothing(desk: Desk):
    Path("new").mkdir()
    assert "No map is here yet. Draw one: desireline serve -w new" in desk.say("map", "list", "-w", "new").out
    assert list(Path("new").iterdir()) == []


def test_a_file_goes_in_and_comes_out_as_it_was(desk: Desk):
    assert desk.say("map", "push", MAP, "-w", "shop").out == f"{MAP} is a new shared map.\n"
    (listed,) = desk.say("map", "list", "-w", "shop", "--json").data
    pulled = desk.say("map", "pull", listed["map"], "-w", "shop", "-o", "out.yaml")
    assert pulled.code == 0
    assert Path("out.yaml").read_bytes() == Path(MAP).read_bytes()
    assert desk.say("map", "pull", listed["map"], "-w", "shop", "-o", "out.yaml").code == 2


def test_a_push_tells_what_it_changes_and_a_dry_run_only_tells(desk: Desk):
    desk.say("map", "push", MAP, "-w", "shop")
    text = Path(MAP).read_text()
    title = next(line for line in text.splitlines() if line.strip().startswith("title:"))
    Path(MAP).write_text(text.replace(title, "  title: Another shop", 1))
    (listed,) = desk.say("map", "list", "-w", "shop", "--json").data
    dry = desk.say("map", "push", MAP, "-w", "shop", "--dry-run").out
    assert "is now called “Another shop”." in dry
    assert "1 change would be made in" in dry
    assert [one["title"] for one in desk.say("map", "list", "-w", "shop", "--json").data] == [listed["title"]]
    told = desk.say("map", "push", MAP, "-w", "shop", "--to", listed["id"], "--json").data
    assert [change["new"] for change in told["changes"]] == ["Another shop"]
    assert "No change in" in desk.say("map", "push", MAP, "-w", "shop").out
    assert [one["title"] for one in desk.say("map", "list", "-w", "shop", "--json").data] == ["Another shop"]


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(desk: Desk):
    desk.say("map", "push", MAP, "-w", "shop")
    (listed,) = desk.say("map", "list", "-w", "shop", "--json").data
    said = desk.say("map", "pull", listed["map"] + "x", "-w", "shop")
    assert (said.code, f"Did you mean {listed['map']!r}?" in said.err) == (2, True)


def test_while_a_server_works_there_it_is_the_server_that_brings_the_file_in(desk: Desk):
    with _served(Path("shop")):
        assert desk.say("map", "push", MAP, "-w", "shop").out == f"{MAP} is a new shared map.\n"
        Path(MAP).write_text(Path(MAP).read_text().replace("title: Pays", "title: Pays at once"))
        assert desk.say("map", "push", MAP, "-w", "shop").out.endswith("1 change in the shared map.\n")
        assert desk.say("map", "pull", "shop", "-w", "shop", "-o", "out.yaml").code == 0
        assert Path("out.yaml").read_bytes() == Path(MAP).read_bytes()
        Path(MAP).write_text(Path(MAP).read_text().replace("format: desireline/1", "format: desireline/9"))
        assert desk.say("map", "push", MAP, "-w", "shop").code == 3
    assert desk.say("map", "pull", "shop", "-w", "shop", "--force", "-o", "out.yaml").code == 0
    assert "title: Pays at once" in Path("out.yaml").read_text()


@contextmanager
def _served(folder: Path) -> Iterator[None]:
    """A server that works in this workspace, as `desireline serve` starts it."""
    with only_server(folder) as lock, listen("127.0.0.1", 0) as on:
        server = Server(open_desk(folder))
        lock.tells(address_of("127.0.0.1", on))
        thread = Thread(target=server.run, kwargs={"sockets": [on]})
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(15)


def test_a_new_demo_takes_away_data_and_leaves_what_people_drew(desk: Desk):
    small = ("demo", "--into", "demo", "--customers", "200", "--json")
    assert desk.say(*small).code == 0
    (first,) = desk.say("map", "list", "-w", "demo/workspace", "--json").data
    assert first["map"] == "clothing-retailer"
    desk.say("map", "push", MAP, "-w", "demo/workspace")
    assert desk.say(*small).code == 0
    after = desk.say("map", "list", "-w", "demo/workspace", "--json").data
    assert len(after) == 2
    assert first in after
    assert json.loads(Path("demo/workspace/demo.json").read_text()) == {"map": first["id"]}
