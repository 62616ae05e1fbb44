"""What a hand feels: from slider and from drag to the painted stage, and the frames while it plays."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from landscape.presets.races import PRESETS
from landscape.scenario import Scenario
from tests.bench.table import Row, milliseconds, percentile
from tests.browser.driver import STAGE, chromium, open_app, repainted, serving, settled

TRIES = 40
PLAY_SECONDS = 4

# Both ends of a delay are read on the browser's own clock: the act as it arrives, the paint as it is marked.
PROBE = """stage => {
  const probe = window.probe = { act: 0, delay: 0 };
  const note = event => { probe.act = event.timeStamp; };
  for (const kind of ["pointermove", "pointerup", "keydown"]) addEventListener(kind, note, true);
  new MutationObserver(() => { probe.delay = performance.now() - probe.act; })
    .observe(stage, { attributes: true, attributeFilter: ["data-revision"] });
}"""

FRAMES = """milliseconds => new Promise(resolve => {
  let frames = -1, first = 0;
  const count = now => {
    first ||= now;
    frames += 1;
    if (now - first < milliseconds) requestAnimationFrame(count);
    else resolve(1000 * frames / (now - first));
  };
  requestAnimationFrame(count);
})"""


def six() -> Scenario:
    """The race that is measured: six optimizers of 300 steps."""
    scenario = PRESETS["default"].replace(steps=300)
    return scenario.replace(runners=scenario.runners[:6])


def delays(page: Page, act: Callable[[int], object]) -> list[float]:
    """Seconds from each act to the stage's next painting, the first acts left out as warm-up."""
    found = []
    for k in range(TRIES + 3):
        repainted(page, lambda k=k: act(k))
        found.append(page.evaluate("window.probe.delay") / 1000)
    return found[3:]


def slide(page: Page) -> Callable[[int], object]:
    """One notch on an optimizer's first slider: a value that nobody asked for before."""
    page.locator(".st-key-cards summary").last.click()
    thumb = page.locator(".st-key-cards .stSlider input[type=range]").first
    repainted(page, lambda: thumb.press("Home"))
    return lambda k: thumb.press("ArrowRight")


def pull(page: Page) -> Callable[[int], object]:
    """The start, held and moved two pixels at each act, to where it never was."""
    box = page.locator(f"{STAGE} .contour canvas.front").first.bounding_box()
    assert box is not None, "the stage shows no contour"
    x, y = box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"]
    repainted(page, lambda: page.mouse.click(x, y))
    page.mouse.move(x, y)
    page.mouse.down()
    return lambda k: page.mouse.move(x + 6 + 2 * k, y)


def frame_rate(page: Page) -> float:
    """Frames a second that the page draws while the race plays."""
    page.locator(f"{STAGE} .transport .play").first.click()
    rate = page.evaluate(FRAMES, 1000 * PLAY_SECONDS)
    page.locator(f"{STAGE} .transport .play").first.click()
    return rate


def measure() -> list[Row]:
    """Six optimizers of 300 steps on a local server."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, chromium() as browser:
        page = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900}, locale="en-US")
        open_app(page, f"/?s={six().to_link()}")
        page.locator(STAGE).first.evaluate(PROBE)
        slider = delays(page, slide(page))
        drag = delays(page, pull(page))
        page.mouse.up()
        settled(page)
        rate = frame_rate(page)
    return [
        _delay("slider to painted", slider, promised=True),
        _delay("drag to painted", drag, promised=False),
        Row("playing, contour and terrain", f"{rate:.0f} fps", promise="at least 55 fps", kept=rate >= 55),
    ]


def _delay(what: str, seconds: list[float], *, promised: bool) -> Row:
    middle, worst = percentile(seconds, 0.5), percentile(seconds, 0.95)
    measured = f"median {milliseconds(middle)}, p95 {milliseconds(worst)}"
    if not promised:
        return Row(what, measured)
    return Row(what, measured, promise="p95 at most 150 ms", kept=worst <= 0.15)
