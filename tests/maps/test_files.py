from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings

from desireline.errors import MapInvalid, MapUnreadable, MapUnwritable, UnknownRecord
from desireline.maps.files import MapFile, load_map, map_data, map_text, read_map, write_map
from desireline.maps.records import Map

from .given import SHOP, as_map, map_records


def shop(tmp_path: Path, text: str = SHOP) -> Path:
    path = tmp_path / "shop.journey.yaml"
    path.write_bytes(text.encode())
    return path


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came."""
    old, new = before.split("\n"), after.split("\n")
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


# Loading


def test_a_map_is_loaded_with_all_its_records():
    shop = read_map(SHOP)
    assert shop.map.title == "Shop"
    assert [point.id for point in shop.touchpoints] == ["cart", "pay"]
    assert shop.touchpoints[0].when is not None
    assert shop.touchpoints[0].when.texts("event") == {"cart", "12"}


def test_cards_and_links_without_an_id_get_one():
    found = read_map(SHOP)
    assert [card.id for card in found.cards] == ["pay.doing.1"]
    assert [link.id for link in found.links] == ["then.pay.cart"]


def test_json_is_yaml_too():
    assert read_map('{"map": {"id": "m", "title": "M"}, "stages": [{"id": "a"}]}').stages[0].id == "a"


def test_sections_and_fields_may_be_left_empty():
    found = read_map("map: {id: m, title: M, owner: }\nstages:\ncards:\n")
    assert (found.map.owner, found.stages) == (None, [])


def test_every_fault_is_told_at_once_with_line_record_field_and_way_out():
    text = dedent("""\
        map: {id: m, title: 3}
        stages:
          - {id: buy, kpis: [{measure: nps, at_least: high}]}
        touchpoints:
          - id: check out
            stage: buuy
            chanels: [web]
          - id: pay
            stage: buy
            optional: maybe
            channels: web
            when: {evnt: pay}
            promise: {feeling: 4}
        cards:
          - {at: pay, lane: doin, level: 1}
          - {at: pay, lane: note, evidence: {on: 31.12.2026}}
        colour: blue
        """)
    with pytest.raises(MapInvalid) as caught:
        read_map(text, "m.yaml")
    assert caught.value.faults == [
        'line 1, field map.title: must be text; put it in quotes: "3"',
        "line 3, stage “buy”, field kpis.at_least: must be a number, not “high”.",
        "line 5, touchpoint “check out”, field id: “check out” cannot be an id: small letters, digits and - _ . only, "
        "beginning with a letter or digit. Try 'check-out'.",
        "line 6, touchpoint “check out”, field stage: no stage has the id “buuy”. Did you mean 'buy'?",
        "line 7, touchpoint “check out”, field chanels: no field is called “chanels” here. Did you mean 'channels'?",
        "line 10, touchpoint “pay”, field optional: must be true or false, not “maybe”.",
        "line 11, touchpoint “pay”, field channels: must be a list; write [web].",
        "line 11, touchpoint “pay”, field channels: no channel has the id “web”. "
        "Add it under channels: or take it out here.",
        "line 12, touchpoint “pay”, field when.evnt: no field is called “evnt” here. Did you mean 'event'?",
        "line 13, touchpoint “pay”, field promise.feeling: must be at most 2, not “4”.",
        "line 15, card number 1, field lane: “doin” is not known here. Did you mean 'doing'?",
        "line 16, card number 2, field evidence.on: must be a date like 2026-03-01, not “31.12.2026”.",
        "line 17, field colour: no field is called “colour” here. Known here: format, map, personas, teams, channels, "
        "systems, stages, touchpoints, links, campaigns, cards.",
    ]
    assert str(caught.value).startswith("m.yaml: the map was not loaded, 13 faults:\n  line 1, field map.title:")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file holds nothing. `desireline map new` starts a map from a template."),
        ("- a\n", "line 1: a map file is a mapping that begins with “map:”, and this is not."),
        ("just text", "line 1: a map file is a mapping"),
    ],
)
def test_what_is_no_map_is_called_so(text, says):
    with pytest.raises(MapUnreadable, match=re.escape(says)):
        read_map(text, "m.yaml")


# Round trip


@settings(max_examples=15, deadline=None)
@given(map_records())
def test_a_written_map_reads_back_the_same(records):
    map = Map.model_validate(map_data(as_map(records)))
    assert read_map(map_text(map)) == map


def test_a_new_file_is_pleasant_to_read(tmp_path: Path):
    path = write_map(read_map(SHOP), tmp_path / "new.yaml")
    assert path.read_text(encoding="utf-8") == dedent("""\
        # A customer journey map. Look it over with: desireline map check FILE
        # Lines that begin with # are notes to people.
        format: desireline/1

        map:
          id: shop
          title: Shop
          review: {every_days: 90, last: 2026-01-01}

        channels:
          - {id: web, title: Web}

        stages:
          - id: buy
            title: Buy
            kpis:
              - {measure: nps, at_least: 30}

          - id: use

        touchpoints:
          - id: cart
            title: Cart
            stage: buy
            channels: [web]
            when: {event: [cart, '12']}

          - id: pay
            about: |
              Two
              lines.
            stage: buy
            promise: {time: {within: 10m, after: cart}, says: Fast.}

        links:
          - {kind: then, from: pay, to: cart}

        cards:
          - {at: pay, lane: doing, says: 'Pays: now'}
        """)


def test_writing_a_new_file_spares_the_one_that_is_there(tmp_path: Path):
    path = shop(tmp_path)
    with pytest.raises(MapUnwritable, match="There is a file already"):
        write_map(read_map(SHOP), path)
    assert path.read_text() == SHOP
    write_map(read_map(SHOP), path, replace=True)
    assert load_map(path) == read_map(SHOP)


# Edits


@pytest.mark.parametrize("text", [SHOP, SHOP.replace("\n", "\r\n"), "\ufeff" + SHOP, SHOP.rstrip("\n")])
def test_an_untouched_file_is_saved_byte_for_byte(tmp_path: Path, text):
    path = shop(tmp_path, text)
    MapFile.open(path).save()
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("edit", "went", "came"),
    [
        (("cart", "title", "Basket: full"), ["    title:   'Cart'"], ["    title:   'Basket: full'"]),
        (
            ("cart", "when", {"event": "x", "channel": "web"}),
            ["    when: {event: [cart, 12]}"],
            ["    when: {event: x, channel: web}"],
        ),
        (
            ("pay", "promise.time.within", "5m"),
            ["      time: {within: 10m, after: cart}"],
            ["      time: {within: 5m, after: cart}"],
        ),
        (("pay", "promise.feeling", 1), [], ["      feeling: 1"]),
        (("pay", "about", None), ["    about: |", "      Two", "      lines."], []),
        (("pay", "about", "One"), ["    about: |", "      Two", "      lines."], ["    about: One"]),
        (("pay", "team", None), ["    team:"], []),
        (("pay", "channels", ["web"]), [], ["    channels: [web]"]),
        (
            ("pay.doing.1", "says", "Pays"),
            ['  - {at: pay, lane: doing, says: "Pays: now"}'],
            ["  - {at: pay, lane: doing, says: Pays}"],
        ),
        (
            ("shop", "review.last", "2026-05-05"),
            ["  review: {every_days: 90, last: 2026-01-01}"],
            ["  review: {every_days: 90, last: 2026-05-05}"],
        ),
        (("shop", "owner", "Ana"), [], ["  owner: Ana"]),
        (("use", "title", "Use\nit"), [], ["    title: |-", "      Use", "      it"]),
        (("buy", "kpis", None), ["    kpis:", "      - {measure: nps, at_least: 30}   # asked after paying"], []),
        (("buy", "title", "Buy"), [], []),
        (("buy", "title", None), ["    title: Buy"], []),
    ],
)
def test_an_edit_touches_only_its_own_lines(tmp_path: Path, edit, went, came):
    file = MapFile.open(shop(tmp_path))
    file.set(*edit)
    assert changed_lines(SHOP, file.text) == (went, came)


def test_added_records_stand_where_the_file_keeps_their_like(tmp_path: Path):
    file = MapFile.open(shop(tmp_path))
    file.add("touchpoints", {"id": "ship", "stage": "use", "when": {"event": "ship"}})
    file.add("channels", {"id": "store"})
    file.add("personas", {"id": "maya", "title": "Maya"})
    assert "      lines.\n\n  - id: ship\n    stage: use\n    when: {event: ship}\n\n  # end of" in file.text
    assert "  - {id: web, title: Web}\n  - {id: store}\nlinks:" in file.text
    assert file.text.endswith('"Pays: now"}\n\npersonas:\n  - id: maya\n    title: Maya\n')
    assert [point.id for point in file.map.touchpoints] == ["cart", "pay", "ship"]


def test_removing_only_marks_and_keeps_the_rest_loading(tmp_path: Path):
    file = MapFile.open(shop(tmp_path))
    file.remove("web")
    file.remove("cart")
    assert "  - {id: web, title: Web, deleted: true}\n" in file.text
    assert [point.id for point in file.map.touchpoints if not point.deleted] == ["pay"]


def test_windows_line_ends_stay_windows_line_ends(tmp_path: Path):
    file = MapFile.open(shop(tmp_path, SHOP.replace("\n", "\r\n")))
    file.add("touchpoints", {"id": "ship", "stage": "use", "about": "a\nb"})
    assert file.text.count("\n") == file.text.count("\r\n")
    assert file.map.touchpoints[-1].about == "a\nb"


def test_a_field_behind_an_alias_is_changed_in_one_record_only(tmp_path: Path):
    text = dedent("""\
        map: {id: m, title: M}  # note
        stages: [{id: a}]
        touchpoints:
          - {id: x, stage: a, when: &rule {event: pay}}
          - id: y
            stage: a
            when: *rule
        """)
    file = MapFile.open(shop(tmp_path, text))
    file.set("y", "when", {"event": "ship"})
    assert [point.when.texts("event") for point in file.map.touchpoints if point.when] == [{"pay"}, {"ship"}]
    assert "# note" in file.text


@settings(max_examples=12, deadline=None)
@given(map_records(), map_records())
def test_any_edit_gives_the_wanted_map_and_spares_the_other_records(before, after):
    map = as_map(before)
    text = map_text(map).replace("\n  - id: ", "\n  # a note\n  - id: ")
    file = MapFile(Path("m.yaml"), text)
    wanted = as_map(after)
    target, source = map.touchpoints[0], map_data(wanted)["touchpoints"][0]
    had = set(map_data(map)["touchpoints"][0])
    for field in (had | set(source)) - {"id", "stage"}:
        file.set(target.id, field, source.get(field))
    assert file.map.touchpoints[0].model_copy(update={"stage": "s"}) == wanted.touchpoints[0].model_copy(
        update={"stage": "s"}
    )
    assert (file.map.touchpoints[1:], file.map.cards, file.map.personas) == (
        map.touchpoints[1:],
        map.cards,
        map.personas,
    )
    assert file.text.count("# a note") == text.count("# a note")
    assert file.text.split("touchpoints:\n")[0] == text.split("touchpoints:\n")[0]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("set", "pay", "stage", "byu"), "no stage has the id “byu”. Did you mean 'buy'?"),
        (("set", "pay", "chanels", ["web"]), "no field is called “chanels” here"),
        (("add", "touchpoints", {"id": "cart", "stage": "buy"}), "the id “cart” is taken by a touchpoint already"),
        (("add", "cards", {"at": "pay"}), "lane: is missing."),
    ],
)
def test_an_edit_that_would_break_the_map_changes_nothing(tmp_path: Path, edit, says):
    file = MapFile.open(shop(tmp_path))
    with pytest.raises(MapInvalid, match=re.escape(says)):
        getattr(file, edit[0])(*edit[1:])
    assert (file.text, file.map) == (SHOP, read_map(SHOP))


def test_unknown_records_and_sections_are_named_with_the_nearest(tmp_path: Path):
    file = MapFile.open(shop(tmp_path))
    with pytest.raises(UnknownRecord, match=r"'pya'\. Did you mean 'pay'"):
        file.set("pya", "title", "x")
    with pytest.raises(UnknownRecord, match=r"'touchpoint'\. Did you mean 'touchpoints'"):
        file.add("touchpoint", {})


# Saving


def test_a_save_leaves_no_draft_behind_and_keeps_the_files_rights(tmp_path: Path):
    path = shop(tmp_path)
    path.chmod(0o640)
    file = MapFile.open(path)
    file.set("pay", "title", "Pay")
    file.save()
    assert load_map(path).touchpoints[1].title == "Pay"
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_save_through_a_link_changes_the_file_behind_it(tmp_path: Path):
    path = shop(tmp_path)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    file = MapFile.open(link)
    file.set("pay", "title", "Pay")
    file.save()
    assert link.is_symlink()
    assert load_map(path).touchpoints[1].title == "Pay"


def test_a_file_that_somebody_else_changed_is_not_overwritten(tmp_path: Path):
    path = shop(tmp_path)
    file = MapFile.open(path)
    path.write_text(SHOP + "# theirs\n")
    file.set("pay", "title", "Pay")
    with pytest.raises(MapUnwritable, match="Somebody else changed it"):
        file.save()
    assert path.read_text() == SHOP + "# theirs\n"


def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path):
    file = MapFile.open(shop(tmp_path))
    with pytest.raises(MapUnwritable, match=r"the file is as it was\. The system says: No such file or directory"):
        file.save(tmp_path / "nowhere" / "m.yaml")


@contextmanager
def disk_full_after(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_up_leaves_the_old_file_and_no_draft(tmp_path: Path):
    path = shop(tmp_path)
    file = MapFile.open(path)
    file.set("pay", "title", "Pay")
    with (
        disk_full_after(100),
        pytest.raises(MapUnwritable, match=r"as it was\. The system says: File too large\. Check the folder"),
    ):
        file.save()
    assert (path.read_text(), list(tmp_path.iterdir())) == (SHOP, [path])
    file.save()
    assert load_map(path).touchpoints[1].title == "Pay"


def test_a_new_file_that_does_not_fit_is_not_begun(tmp_path: Path):
    with disk_full_after(100), pytest.raises(MapUnwritable, match="Check the folder, its rights and the space left"):
        write_map(read_map(SHOP), tmp_path / "new.yaml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_special_rights")
def test_a_folder_that_may_not_be_written_leaves_the_old_file(tmp_path: Path):
    path = shop(tmp_path)
    file = MapFile.open(path)
    file.set("pay", "title", "Pay")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(MapUnwritable, match="the file is as it was"):
            file.save()
    finally:
        tmp_path.chmod(0o700)
    assert (path.read_text(), list(tmp_path.iterdir())) == (SHOP, [path])


def test_a_map_that_nobody_could_read_again_is_not_saved(tmp_path: Path):
    path = shop(tmp_path)
    file = MapFile(path, SHOP + "#" * 2_000_001)
    with pytest.raises(MapUnwritable, match="larger than 2 MB"):
        file.save(tmp_path / "copy.yaml")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text() == SHOP


def test_a_broken_edit_is_never_saved(tmp_path: Path):
    path = shop(tmp_path)
    file = MapFile.open(path)
    with pytest.raises(MapInvalid):
        file.set("pay", "stage", "nowhere")
    file.save()
    assert path.read_text() == SHOP


def test_a_broken_file_is_neither_opened_nor_changed(tmp_path: Path):
    path = shop(tmp_path, SHOP.replace("stage: buy", "stage: nowhere", 1))
    with pytest.raises(MapInvalid):
        MapFile.open(path)
    assert path.read_text() == SHOP.replace("stage: buy", "stage: nowhere", 1)


def test_a_copy_is_saved_elsewhere_and_edited_on_there(tmp_path: Path):
    file = MapFile.open(shop(tmp_path))
    file.set("pay", "title", "Pay")
    copy = file.save(tmp_path / "copy.yaml")
    file.set("pay", "title", "Payment")
    file.save()
    assert (tmp_path / "shop.journey.yaml").read_text() == SHOP
    assert load_map(copy).touchpoints[1].title == "Payment"


@pytest.mark.parametrize(
    "text",
    [
        "?",
        "?ref",
        "a\u00a0",
        "\u00a0",
        "a\nb\u00a0",
        "\u3000\nb",
        ":signup",
        ": a",
        "a\x85b",
        "a\u2028b",
        "-",
        "- a",
        "#a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
    ],
)
def test_texts_that_look_like_yaml_are_written_as_texts(text):
    rule = {"event": [text, "b"], "channel": text, "property": {text: text}}
    map = read_map("map: {id: m, title: M}\nstages: [{id: s}]")
    wanted = as_map(
        {
            **map_data(map),
            "cards": [],
            "links": [],
            "stages": [{"id": "s", "title": text, "entry": rule}],
            "personas": [{"id": "p", "goals": [text, "a\nb", text]}],
        }
    )
    assert read_map(map_text(wanted)) == wanted
