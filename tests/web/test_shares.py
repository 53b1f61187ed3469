"""Share links and pictures: what a stranger with a link sees, and when not any more."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import httpx
import pytest
from PIL import Image, PngImagePlugin
from tests.web.serving import Served

from desireline.ledger.document_rows import ShareRow
from desireline.ledger.engine import reading


@pytest.fixture
def olga(served: Served):
    with served.client() as client:
        yield client


@pytest.fixture
def stay(olga: httpx.Client) -> str:
    return str(olga.post("/api/maps", json={"template": "hotel-stay"}).json()["id"])


@pytest.fixture
def stranger(served: Served):
    with httpx.Client(base_url=served.address) as client:
        yield client


def share(client: httpx.Client, map_id: str, **said: object) -> dict:
    return client.post(f"/api/maps/{map_id}/shares", json=said).raise_for_status().json()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, (200, 30, 30, 90)[: len(mode)]).save(out, kind, **more)
    return out.getvalue()


def upload(client: httpx.Client, map_id: str, body: bytes) -> httpx.Response:
    return client.post(f"/api/maps/{map_id}/pictures", files={"file": ("x.png", body)})


# Links


def test_a_stranger_with_the_link_sees_the_map_and_nothing_else(olga: httpx.Client, stay: str, stranger: httpx.Client):
    made = share(olga, stay, title="For the board")
    answer = stranger.get(f"/api{made['path']}")
    assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert sorted(answer.json()) == ["changed_at", "data", "expires_at", "title"]
    data = answer.json()["data"]
    assert data["stages"]
    assert any("when" in one for one in olga.get(f"/api/maps/{stay}/data").json()["touchpoints"])
    assert [one["id"] for one in data["touchpoints"] if "when" in one] == []
    assert "journey" not in data["map"]
    assert olga.get(made["path"]).headers["x-robots-tag"] == "noindex, nofollow"
    for path in (f"/api/maps/{stay}", f"/api/maps/{stay}/data", f"/api/maps/{stay}/shares", "/api/maps"):
        assert stranger.get(path).status_code == 401
    assert stranger.put(f"/api{made['path']}", json={}).status_code in (404, 405)


def test_the_secret_is_shown_once_and_only_its_hash_is_kept(olga: httpx.Client, stay: str, served: Served):
    made = share(olga, stay)
    assert made["secret"] not in olga.get(f"/api/maps/{stay}/shares").text
    with reading(served.desk.engine) as session:
        (row,) = session.query(ShareRow).all()
        assert made["secret"] not in str(vars(row))
    assert len(made["secret"]) >= 43


def test_opening_is_counted_and_a_revoked_link_answers_at_once(
    olga: httpx.Client, stay: str, stranger: httpx.Client, served: Served
):
    made = share(olga, stay)
    for _ in range(3):
        stranger.get(f"/api{made['path']}").raise_for_status()
    (card,) = olga.get(f"/api/maps/{stay}/shares").json()
    assert (card["opened"], card["works"], card["made_by"]) == (3, True, "Olga")
    over = olga.delete(f"/api/maps/{stay}/shares/{card['id']}").json()
    assert over["works"] is False
    answer = stranger.get(f"/api{made['path']}")
    assert (answer.status_code, answer.json()["code"]) == (410, "link-over")
    told = [(entry.what, entry.whole["map"]) for entry in served.desk.audit.newest() if entry.what.startswith("share")]
    assert told == [("share.ended", stay), ("share.made", stay)]


def test_a_link_works_until_its_day(olga: httpx.Client, stay: str, served: Served):
    shares, now = served.desk.shares, served.desk.clock()
    made, secret = shares.make(stay, title="", by="", at=now, lasts=timedelta(days=7))
    assert shares.use(secret, at=now + timedelta(days=7, seconds=-1)).id == made.id
    with pytest.raises(Exception, match="has expired"):
        shares.use(secret, at=now + timedelta(days=7))
    _, forever = shares.make(stay, title="", by="", at=now, lasts=None)
    assert shares.use(forever, at=now + timedelta(days=10_000)).expires_at == ""


def test_a_link_to_a_map_that_was_put_away_does_not_work(olga: httpx.Client, stay: str, stranger: httpx.Client):
    made = share(olga, stay)
    olga.put(f"/api/maps/{stay}/archived", json={"archived": True}).raise_for_status()
    assert stranger.get(f"/api{made['path']}").status_code == 410


def test_a_link_that_never_was_is_told_like_one_that_is_over(stranger: httpx.Client):
    for secret in ("x", "A" * 43):
        assert stranger.get(f"/api/shared/{secret}").status_code in (404, 410)


# Pictures


def test_a_picture_is_drawn_again_without_what_was_hidden_in_it(olga: httpx.Client, stay: str, stranger: httpx.Client):
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", "Ana lives at Canary Street 7")
    body = picture(pnginfo=hidden) + b"<script>alert(1)</script>"
    made = upload(olga, stay, body).raise_for_status().json()
    shown = olga.get(f"/api/maps/{stay}/pictures/{made['id']}")
    assert (made["width"], made["height"], shown.headers["content-type"]) == (40, 30, "image/jpeg")
    assert b"Canary" not in shown.content
    assert b"script" not in shown.content
    assert "sandbox" in shown.headers["content-security-policy"]
    assert shown.headers["x-content-type-options"] == "nosniff"
    path = share(olga, stay)["path"]
    assert stranger.get(f"/api{path}/pictures/{made['id']}").content == shown.content
    other = olga.post("/api/maps", json={}).json()["id"]
    assert stranger.get(f"/api{share(olga, other)['path']}/pictures/{made['id']}").status_code == 404
    assert olga.get(f"/api/maps/{other}/pictures/{made['id']}").status_code == 404


def test_places_in_a_photograph_are_gone_and_it_stands_upright(olga: httpx.Client, stay: str):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010F] = "Canary"
    made = upload(olga, stay, picture("JPEG", (60, 20), exif=exif)).json()
    shown = olga.get(f"/api/maps/{stay}/pictures/{made['id']}").content
    assert (made["width"], made["height"]) == (20, 60)
    assert b"Canary" not in shown
    assert not Image.open(BytesIO(shown)).getexif()


def test_clear_parts_stay_clear_and_large_pictures_become_smaller(olga: httpx.Client, stay: str):
    made = upload(olga, stay, picture(size=(3200, 800), mode="RGBA")).json()
    shown = Image.open(BytesIO(olga.get(f"/api/maps/{stay}/pictures/{made['id']}").content))
    assert (shown.format, shown.mode, shown.size) == ("PNG", "RGBA", (1600, 400))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a",
        picture()[:60],
        b"RIFF" + bytes(40),
        picture("JPEG")[:100],
        b"%PDF-1.4",
        b"x" * (5 * 1024 * 1024 + 1),
        picture(size=(20_000, 20_000), mode="1"),
    ],
    ids=["empty", "svg", "gif", "cut", "webp", "jpeg", "pdf", "large", "bomb"],
)
def test_what_is_no_picture_or_too_much_of_one_is_refused(olga: httpx.Client, stay: str, body: bytes):
    answer = upload(olga, stay, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "picture-refused")


def test_a_copied_map_has_its_pictures(olga: httpx.Client, stay: str):
    made = upload(olga, stay, picture()).json()
    copy = olga.post(f"/api/maps/{stay}/copies", json={"title": "Copy"}).json()
    assert olga.get(f"/api/maps/{copy['id']}/pictures/{made['id']}").status_code == 200
