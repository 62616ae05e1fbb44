"""What stands before the app: requests that it has no use for are refused, and every answer says what a
browser may do with it.

The app takes no files, so that nothing may be uploaded. It is asked for by an address or by a name of this
machine: a foreign name that leads here is another site that wants to read along (DNS rebinding).
"""

import asyncio
import base64
import hashlib
import ipaddress
import re
import socket
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from landscape.ui.streamlit_inside import UPLOADS

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere is loaded, run, framed or told. Streamlit lays its styles into the page, and its
page holds small scripts, which are known by what they say; parts of it are WebAssembly."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


class Guard:
    """Middleware around the app.

    Args:
        app: what answers.
        names: the names under which it may be asked for, in small letters; addresses always may.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app, self.names = app, frozenset(names)
        self._scripts: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        policy = POLICY.format(scripts=await self._known(scope), host=host if known(host, self.names) else "")

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(ALWAYS | {"Content-Security-Policy": policy})
            await send(message)

        await self._within(host, origin, scope)(scope, receive, answer)

    def _within(self, host: str, origin: str | None, scope: Scope) -> ASGIApp:
        """What answers a request: the app, or a refusal."""
        if not known(host, self.names):
            return PlainTextResponse(
                "This machine does not know itself under that name. Open the app by its address, or start it "
                "with --name and the name.",
                status_code=421,
            )
        if origin is not None and not self._own(origin, host):
            return PlainTextResponse("A page of another site may not ask here.", status_code=403)
        if scope["path"].startswith(UPLOADS):
            return PlainTextResponse("Nothing is uploaded here.", status_code=404)
        return self.app

    def _own(self, origin: str, host: str) -> bool:
        """Whether a page of that origin is the app's own: under the address that was asked for, or a name.

        Streamlit asks the same later, and for an origin it does not know it asks an outside server for this
        machine's address, while everybody waits.
        """
        place = origin.lower().partition("://")[2]
        return place == host.lower() or place.partition(":")[0] in self.names

    async def _known(self, scope: Scope) -> str:
        """The hashes of the scripts that stand in the app's own page, which is asked for once."""
        if self._scripts is None:
            parts: list[bytes] = []
            asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

            async def nothing() -> Message:
                return next(asked, None) or await asyncio.get_running_loop().create_future()

            async def keep(message: Message) -> None:
                parts.append(message.get("body", b""))

            page = {"method": "GET", "path": "/", "raw_path": b"/", "query_string": b"", "headers": []}
            await self.app({**scope, "type": "http", "scheme": "http", **page}, nothing, keep)
            scripts = INLINE.findall(b"".join(parts).decode())
            hashes = (hashlib.sha256(script.encode()).digest() for script in scripts)
            self._scripts = " ".join(f"'sha256-{base64.b64encode(value).decode()}'" for value in hashes)
        return self._scripts


def known(host: str, names: Iterable[str]) -> bool:
    """Whether a Host header names this machine; a port may follow.

    An address always does: who was led here by a false name has that name in the header.

    >>> known("127.0.0.1:8501", ()), known("[::1]", ()), known("evil.example", {"localhost"})
    (True, True, False)
    """
    match = re.fullmatch(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?", host.lower())
    if not match:
        return False
    name = match[1].rstrip(".")
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return name in names or name.endswith(".localhost")
    return True


def own_names(host: str, more: Iterable[str] = ()) -> frozenset[str]:
    """The names of this machine, of the address it listens on, and those a person added."""
    machine = socket.gethostname()
    names = {"localhost", host, machine, f"{machine.split('.')[0]}.local", socket.getfqdn(), *more}
    return frozenset(name.lower().rstrip(".") for name in names if name)
