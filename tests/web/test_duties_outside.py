"""Nothing phones home: while the app is used, neither the server nor a page asks for anything outside this machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Request
from tests.web.conftest import Sit
from tests.web.serving import Served

WATCHED = '''
import sys

OUTSIDE = []
HERE = ("127.0.0.1", "localhost", "::1", None, "")


def watch(event, arguments):
    """Names are looked up, and connections made, on this machine alone."""
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in HERE:
            OUTSIDE.append((event, address))
            raise OSError("no way out")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        if arguments[0] not in HERE:
            OUTSIDE.append((event, arguments[0]))
            raise OSError("no way out")
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        OUTSIDE.append((event, arguments[0]))


sys.addaudithook(watch)
'''
USED = """
import json
from pathlib import Path

from tests.web.serving import serving
from websockets.sync.client import connect

with serving(Path()) as served, served.client() as owner:
    def get(path):
        answer = owner.get(path)
        answer.raise_for_status()
        return answer

    def post(path, **body):
        answer = owner.post(path, json=body)
        assert answer.status_code < 300, (path, answer.text)
        return answer.json()

    map_id = post("/api/maps", template="hotel-stay")["id"]
    cookie = "; ".join(f"{name}={value}" for name, value in owner.cookies.items())
    live = served.address.replace("http", "ws") + f"/api/maps/{map_id}/live"
    with connect(live, additional_headers={"Cookie": cookie}) as socket:
        socket.send(b"\\0{}")
        socket.recv(timeout=10)
    post(f"/api/maps/{map_id}/versions", title="One")
    share = post(f"/api/maps/{map_id}/shares")
    get(f"/api/shared/{share['secret']}")
    post("/api/invitations", role="editor")
    post("/api/tokens", title="t", scopes=["read"])
    for export in get("/api/exports").json():
        get(f"/api/maps/{map_id}/exports/{export['name']}")
    for path in ("/", "/api/maps", "/api/members", "/api/audit", "/api/openapi.json", "/metrics", "/healthz"):
        get(path)
    print(json.dumps(OUTSIDE))
"""


def run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parent.parent.parent
    words = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n" + script]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_the_watch_notices_who_talks_to_the_outside(tmp_path: Path):
    told = run(tmp_path, WATCHED + "import socket; socket.create_connection(('192.0.2.1', 9))")
    assert "no way out" in told.stderr


def test_the_server_makes_no_connection_while_it_is_used(tmp_path: Path):
    told = run(tmp_path, WATCHED + USED)
    assert (told.returncode, told.stdout) == (0, "[]\n"), told.stderr[-3000:]


def test_no_page_asks_for_anything_outside(served: Served, sit: Sit):
    outside: list[str] = []

    def seen(request: Request) -> None:
        if not request.url.startswith((served.address, "data:", "blob:")):
            outside.append(request.url)

    page, map_id = sit(), served.new_map()
    page.context.on("request", seen)
    for path in ("/", f"/maps/{map_id}", "/members", "/tokens", "/me", "/audit", "/nowhere"):
        page.goto(served.address + path)
        page.wait_for_load_state("networkidle")
    assert outside == []
