"""What is refused before it reaches the app, and what every answer tells the browser."""

import asyncio
import base64
import hashlib
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.responses import HTMLResponse

from landscape.ui.server.guard import Guard, known, own_names

PAGE = "<html><script>window.a = 1\n</script><script type='module' src='./a.js'></script><script>b()</script>"
SCRIPTS = ("window.a = 1\n", "b()")


def ask(path: str = "/", host: str = "127.0.0.1:8501", method: str = "GET", kind: str = "http") -> dict:
    """The guarded app's answer: its status and headers, and which paths reached the app."""
    reached: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["path"])
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept", "headers": []})
        else:
            await HTMLResponse(PAGE)(scope, receive, send)

    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request" if kind == "http" else "websocket.connect", "body": b""}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    scope = {
        "type": kind, "path": path, "raw_path": path.encode(), "method": method, "query_string": b"",
        "headers": [(b"host", host.encode("latin-1"))] if host is not None else [], "extensions": {},
    }  # fmt: skip
    guard = Guard(app, own_names("127.0.0.1", ["class.example"]))
    with ThreadPoolExecutor(1) as thread:  # a browser that serves other tests keeps a loop in this one
        thread.submit(asyncio.run, guard(scope, receive, send)).result()
    head = next((m for m in sent if "status" in m), {"status": None, "headers": []})
    headers = {name.decode().lower(): value.decode() for name, value in head["headers"]}
    return {"status": head["status"], "headers": headers, "reached": reached[1:], "sent": sent}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8501", "127.0.0.1", "LOCALHOST:1", "localhost.", "[::1]:8501", "192.0.2.7:80", "a.localhost",
     "class.example:8501", socket.gethostname()],
)  # fmt: skip
def test_this_machine_s_names_and_all_addresses_are_let_in(host: str) -> None:
    """An address cannot be given to another site's pages."""
    assert ask(host=host)["status"] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example", "evillocalhost",
     "class.example.evil", "", "user@127.0.0.1", "127.0.0.1/", "[::1", "127.0.0.1:99999999", "a b", "é",
     "127.0.0.1; x", "localhost\r\nx"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_foreign_name_is_refused(host: str, kind: str) -> None:
    """Neither a page nor the stream of messages is opened under it."""
    answer = ask(host=host, kind=kind)
    assert answer["status"] != 200
    assert not answer["reached"]
    assert not [m for m in answer["sent"] if m["type"] == "websocket.accept"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS"])
def test_nothing_is_uploaded(method: str) -> None:
    """The route for files is closed, whatever the session."""
    answer = ask("/_stcore/upload_file/session/file", method=method)
    assert answer["status"] == 404
    assert not answer["reached"]


@pytest.mark.parametrize("path", ["/", "/_stcore/upload_file/a/b"])
def test_every_answer_carries_the_policy(path: str) -> None:
    """Scripts are ours or known by what they say, the stream goes to this host, nobody frames the page."""
    headers = ask(path)["headers"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in SCRIPTS]
    assert policy["script-src"].split() == [
        "'self'",
        "'wasm-unsafe-eval'",
        *(f"'sha256-{value}'" for value in hashes),
    ]
    assert policy["connect-src"].split() == ["'self'", "ws://127.0.0.1:8501", "wss://127.0.0.1:8501"]
    assert policy["default-src"] == "'self'"
    assert {policy[part] for part in ("object-src", "base-uri", "frame-ancestors")} == {"'none'"}


def test_a_name_added_by_the_person_is_known_without_its_case_and_dot() -> None:
    """Names are compared as the network compares them."""
    assert known("Class.Example:80", own_names("127.0.0.1", ["CLASS.example."]))


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example:8501", "evil"]
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_page_of_another_site_is_refused_before_streamlit_meets_it(origin, kind):
    """Streamlit would ask an outside server for this machine's address, and keep everybody waiting."""
    guard = Guard(none_of_it, {"localhost"})
    assert (
        guard._within("127.0.0.1:8501", origin, {"type": kind, "path": "/_stcore/stream"}) is not none_of_it
    )


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8501", None),
        ("127.0.0.1:8501", "http://127.0.0.1:8501"),
        ("192.0.2.7:8501", "http://192.0.2.7:8501"),
        ("localhost:8501", "http://localhost:8501"),
        ("127.0.0.1:8501", "https://class.example"),
    ],
)
def test_the_apps_own_pages_are_let_in(host, origin):
    guard = Guard(none_of_it, {"localhost", "class.example"})
    assert guard._within(host, origin, {"type": "websocket", "path": "/_stcore/stream"}) is none_of_it


async def none_of_it(scope, receive, send):
    raise AssertionError("the app is not asked here")
