"""How tests and the bench drive the app: open a page, wait until it is painted, act and wait again."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

# A machine under load takes its time: what comes late is no fault, what never comes is.
expect.set_options(timeout=60_000)

SCREENSHOTS = Path(__file__).resolve().parents[2] / ".screenshots"

FLAGS = [
    "--no-sandbox",  # Chromium refuses its sandbox to root, and the app is our own
    "--disable-gpu",
    "--use-gl=angle",
    "--use-angle=swiftshader",  # WebGL2 without a graphics card
    "--enable-unsafe-swiftshader",
    "--disable-quic",  # from here on: no word to anyone outside
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PROBE = re.compile(r"^/[^/]+/_stcore/(health|host-config)$")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
FAILURE = "[data-testid=stException]"
STAGE = ".stage[data-revision]"
LOADED = "() => !document.querySelector('[data-testid=stSkeleton]')"  # else a widget's code is on its way


class Watch:
    """Notes every console error, uncaught exception and request that leaves the server."""

    def __init__(self, page: Page, origin: str) -> None:
        self.faults: list[str] = []
        self._inside = (origin, origin.replace("http", "ws", 1), "data:", "blob:", "about:")
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"))
        page.on("request", self._request)
        page.on("websocket", lambda socket: self._address(socket.url))

    def _console(self, message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        # Loaded at /page, Streamlit first looks for its server below that path.
        probing = "404" in message.text and PROBE.search(url.removeprefix(self._inside[0]))
        if message.type == "error" and not probing:
            self.faults.append(f"console: {message.text} ({url})")

    def _request(self, request: Request) -> None:
        self._address(request.url)

    def _address(self, url: str) -> None:
        if not url.startswith(self._inside):
            self.faults.append(f"outside request: {url}")


@contextmanager
def serving(
    folder: Path, environment: Mapping[str, str] | None = None, script: Path | None = None
) -> Iterator[str]:
    """Serve the real app as a person does, or another script, from a folder that keeps its log; gives the
    address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "server.log"
    command = [sys.executable, "-m", "landscape", "serve", "--no-browser", "--port", str(port)]
    if script:
        options = {"address": "127.0.0.1", "port": str(port), "headless": "true"}
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        command += [word for name, value in options.items() for word in (f"--server.{name}", value)]
    # The last word lets a failing test say why.
    variables = {**(environment or os.environ), "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full"}
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=folder, env=variables, stdout=output, stderr=output) as process,
    ):
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_until_healthy(address: str, process: subprocess.Popen, log: Path, timeout: float = 120.0) -> None:
    end = time.monotonic() + timeout
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server at {address} did not answer:\n{log.read_text(errors='replace')[-4000:]}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """One headless Chromium, its WebGL drawn in software."""
    named = os.environ.get("LANDSCAPE_CHROMIUM")
    program = named or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def settled(page: Page, stage: bool = True, timeout: float = 90_000) -> Page:
    """Wait until the script has run, its widgets are there and, where there is one, the stage is painted."""
    page.locator(IDLE).wait_for(timeout=timeout)
    if stage:
        page.locator(f"{STAGE}, {FAILURE}").first.wait_for(timeout=timeout)
        page.locator(IDLE).wait_for(timeout=timeout)
    assert not page.locator(FAILURE).count(), page.locator(FAILURE).first.inner_text()
    page.wait_for_function(LOADED, timeout=timeout)
    return page


def choose(page: Page, lesson: str) -> None:
    """Go to a lesson through the menu, by its name."""
    page.get_by_test_id("stTopNavSection").click()
    page.get_by_test_id("stTopNavDropdownLink").get_by_text(lesson, exact=True).click()


def open_app(page: Page, path: str = "/", stage: bool = True) -> Page:
    """Go to a path of the app, such as "/?lang=ko", and wait until it is painted."""
    page.goto(path)
    return settled(page, stage)


def revision(page: Page) -> str:
    """What the stage shows: changes with every painted payload."""
    return page.locator(STAGE).first.get_attribute("data-revision") or ""


def repainted(page: Page, act: Callable[[], object], timeout: float = 90_000) -> str:
    """Act, wait until the stage has painted something else, and return its new revision."""
    before = revision(page)
    act()
    page.locator(f'.stage[data-revision]:not([data-revision="{before}"])').first.wait_for(timeout=timeout)
    settled(page, timeout=timeout)
    return revision(page)


def eventually(page: Page, holds: Callable[[], bool], timeout: float = 60.0) -> None:
    """Wait until something that Python must look at holds, such as what the address bar says."""
    end = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < end, f"did not come true within {timeout:g} s at {page.url}"
        page.wait_for_timeout(50)


def drag(page: Page, target: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with the mouse between two points, given in pixels from the target's top left corner."""
    box = target.bounding_box()
    assert box is not None, "the target of a drag is not on the page"
    page.mouse.move(box["x"] + start[0], box["y"] + start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=8)
    page.mouse.up()


def shoot(page: Page, name: str) -> Path:
    """Save a picture of the viewport in the ignored folder `.screenshots`."""
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path


def overflow(page: Page) -> int:
    """How many pixels the page, or Streamlit's scroller in it, is wider than its box: 0 scrolls nowhere."""
    return page.evaluate(
        """() => Math.max(...[document.scrollingElement, document.querySelector("[data-testid=stMain]")]
            .filter(Boolean).map(box => box.scrollWidth - box.clientWidth))"""
    )
