"""The lessons as a hand feels them: how long a page takes to open again, a slider to be answered."""

import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, ViewportSize

from landscape.i18n import text
from landscape.lessons import LESSONS
from landscape.study.batches.timing import at_once, looped
from landscape.study.common.least_squares import samples
from tests.bench.table import Row, milliseconds, percentile, side_by_side
from tests.browser.driver import choose, chromium, open_app, serving, settled

NOTCHES = 4
VIEWPORT: ViewportSize = {"width": 1440, "height": 900}
QUIET = 250
"""Milliseconds without a change after which the page has answered."""

SLIDER = ".st-key-lesson-controls .stSlider input[type=range]"

# The last change after the last key or click: of charts, stages (which mark what they painted) and words.
PROBE = """() => {
  if (window.probe) return;
  const probe = window.probe = { act: 0, last: 0 };
  for (const kind of ["keydown", "pointerdown"])
    addEventListener(kind, event => { probe.act = event.timeStamp; }, true);
  new MutationObserver(() => { probe.last = performance.now(); }).observe(
    document.querySelector("[data-testid=stMain]"),
    { subtree: true, childList: true, characterData: true, attributes: true,
      attributeFilter: ["d", "transform", "data-revision", "points"] });
}"""

STILL = f"() => window.probe.last > window.probe.act && performance.now() - window.probe.last > {QUIET}"


def answer(page: Page) -> float:
    """Seconds from the last act to the last change it made."""
    page.wait_for_function(STILL, timeout=60_000, polling=50)  # each frame would load the browser
    settled(page, stage=False)
    return page.evaluate("window.probe.last - window.probe.act") / 1000


def opening(page: Page, lesson: str) -> float:
    """Seconds from the click in the menu until the lesson is there, when it has been there before."""
    found = 0.0
    for _ in range(3):
        page.get_by_role("link", name="Home").first.click()
        page.locator(".st-key-welcome").wait_for()
        settled(page, stage=False)
        choose(page, text(f"lesson.{lesson}", "en"))
        page.locator(".st-key-lesson-actions").wait_for()
        found = answer(page)
    return found


def answers(page: Page, experiment: str) -> list[float]:
    """The answers of an experiment's sliders, as `walked` measures them."""
    page.locator(f".st-key-experiment-{experiment} button").first.click()
    page.wait_for_timeout(4 * QUIET)  # the one that is open already changes nothing
    settled(page, stage=False)
    return walked(page, NOTCHES)


def walked(page: Page, notches: int) -> list[float]:
    """Seconds from a notch of each slider to the last change it makes, the first of each left out.

    A slider walks to its far end and turns there, so that most notches ask for what was not asked before.
    """
    found = []
    for k in range(page.locator(SLIDER).count()):
        key = "ArrowRight"
        for notch in range(notches + 1):
            slider = page.locator(SLIDER).nth(k)
            now, low, high = (slider.get_attribute(name) for name in ("value", "min", "max"))
            key = "ArrowLeft" if now == high else "ArrowRight" if now == low else key
            slider.press(key)
            seconds = answer(page)
            if notch:
                found.append(seconds)
    return found


def batched() -> Row:
    """The mean gradient of 2048 samples: a loop in Python over compiled gradients, and one compiled call."""
    data, w = samples(2048), np.zeros(10, np.float32)
    calls = {
        "loop": (lambda: looped(data, w), 1),
        "call": (lambda: at_once(w, *data).block_until_ready(), 100),
    }
    seconds = side_by_side(calls, repeats=7)
    ratio = seconds["loop"] / seconds["call"]
    return Row(
        "Batches: 2,048 gradients, one call",
        milliseconds(seconds["call"]),
        f"loop in Python {milliseconds(seconds['loop'])}",
        f"{ratio:,.0f} x",
        "at least 10 x",
        kept=ratio >= 10,
    )


def alone() -> list[float]:
    """Seconds from a notch to the last change on a page of Streamlit with a lesson's frame and no lesson."""
    script = Path(__file__).with_name("bare_app.py")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), script=script) as address,
        chromium() as browser,
    ):
        page = browser.new_page(base_url=address, viewport=VIEWPORT, locale="en-US")
        page.goto("/")
        page.locator(".js-plotly-plot").wait_for()
        settled(page, stage=False)
        page.evaluate(PROBE)
        return walked(page, notches=12)


def measure() -> list[Row]:
    """Every lesson on a local server: its page opened again, its quick experiments' sliders."""
    bare = alone()
    rows = [
        batched(),
        Row(
            "Streamlit alone: slider to answer",
            f"median {milliseconds(percentile(bare, 0.5))}, p95 {milliseconds(percentile(bare, 0.95))}",
            "a lesson's frame, a ready picture",
        ),
    ]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, chromium() as browser:
        page = browser.new_page(base_url=address, viewport=VIEWPORT, locale="en-US")
        open_app(page, "/home?lang=en", stage=False)
        page.evaluate(PROBE)
        for lesson, experiments in LESSONS.items():
            name, seconds = text(f"lesson.{lesson}", "en"), opening(page, lesson)
            rows.append(
                Row(f"{name}: opened again", milliseconds(seconds), promise="at most 1 s", kept=seconds <= 1)
            )
            by = {e.name: answers(page, e.name) for e in experiments if not e.long}
            worst = max(by, key=lambda e: percentile(by[e], 0.95) if by[e] else 0.0)
            every = [seconds for delays in by.values() for seconds in delays]
            middle, slow = percentile(every, 0.5), percentile(every, 0.95)
            measured = f"median {milliseconds(middle)}, p95 {milliseconds(slow)} (slowest: {worst})"
            ratio = f"{slow / percentile(bare, 0.95):.2f} x"
            rows.append(
                Row(
                    f"{name}: slider to answer",
                    measured,
                    "p95 of Streamlit alone",
                    ratio,
                    "p95 at most 150 ms",
                    kept=slow <= 0.15,
                )
            )
    return rows
