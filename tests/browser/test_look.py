"""How the Race page looks: pictures for the eye; and no text in them may be cut off or overlap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from landscape.scenario import Runner
from tests.browser.driver import open_app, overflow, settled, shoot
from tests.browser.race import DEFAULT, pause_at_end, stage

SIZES = {1440: 900, 390: 844}

AROUND = {
    "clip_value": 0.05,
    "clip_norm": 0.02,
    "weight_decay": 2e-4,
    "schedule": {"name": "cosine_restarts"},
}
NAMED = Runner(id="r8", slot=8, rule="lion", fields={}, name="Forty letters, as many as a name can be")
CROWDED = DEFAULT.replace(
    steps=20_000,
    runners=(
        NAMED,
        Runner(id="r1", slot=1, rule="sam", fields={}, base="adam", **AROUND),
        *(runner.replace(**AROUND) for runner in DEFAULT.runners[1:]),
    ),
)

# Every piece of text with its boxes on the screen, how far it sticks out of a frame that hides it, and
# whether dots stand for what is hidden.
TEXTS = """() => {
  const found = [];
  const skipped = ["stSkipToContent", "stSidebar", "stIconMaterial", "stSliderThumbValue"]
    .map(name => `[data-testid=${name}]`).concat(".katex", ".unseen", "option", "style").join();
  const measure = (node, child) => {
    const range = document.createRange();
    range.selectNodeContents(child);
    let boxes = [...range.getClientRects()].map(({ left, top, right, bottom }) => [left, top, right, bottom]);
    let cut = 0, dotted = false;
    for (let up = node; up && up !== document.body; up = up.parentElement ?? up.getRootNode().host) {
      const { overflowX, textOverflow } = getComputedStyle(up);
      if (overflowX === "visible") continue;
      // The pills of a phone are a row to push along.
      if (up.matches(".st-key-presets, .st-key-experiments")) return;
      const { left, right } = up.getBoundingClientRect();
      for (const box of boxes) cut = Math.max(cut, box[2] - right, left - box[0]);
      dotted ||= textOverflow === "ellipsis" && cut > 0;
      boxes = boxes.map(box => [Math.max(box[0], left), box[1], Math.min(box[2], right), box[3]]);
    }
    found.push({ text: child.data.trim(), boxes, cut, dotted });
  };
  const visit = root => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) visit(node.shadowRoot);
      const texts = [...node.childNodes].filter(({ nodeType, data }) => nodeType === 3 && data.trim());
      if (!texts.length || node.closest(skipped)) continue;
      if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      for (const child of texts) measure(node, child);
    }
  };
  visit(document);
  return found;
}"""


def faults(page: Page, dots: bool) -> list[str]:
    """Texts that are cut off at a side, and pairs of texts that lie on each other."""
    texts = page.evaluate(TEXTS)
    cut = [text for text in texts if text["cut"] > 1 and not (dots and text["dotted"])]
    lines = [(number, box) for number, text in enumerate(texts) for box in text["boxes"]]
    return [f"{text['text']!r} is cut off by {text['cut']:.0f} px" for text in cut] + [
        f"{texts[one]['text']!r} lies on {texts[other]['text']!r}"
        for k, (one, (left, top, right, bottom)) in enumerate(lines)
        for other, (west, north, east, south) in lines[:k]
        if one != other
        and min(right, east) - max(left, west) > 2
        and min(bottom, south) - max(top, north) > 7
    ]


def look(page: Page, name: str, *, dots: bool = False) -> None:
    """Take a picture at each size and look for what must not be in it; `dots` may end a text too long."""
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)
        settled(page)
        shoot(page, f"{name}-{width}")
        assert overflow(page) == 0
        assert faults(page, dots) == []


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_text_is_cut_or_covered(new_page: Callable[..., Page], theme: str, language: str) -> None:
    """On a screen and on a phone, in both themes and languages, all text is readable, nothing too wide."""
    page = open_app(new_page(theme=theme, language=language, reduced_motion=True))
    pause_at_end(page)
    assert stage(page, "theme") == theme
    look(page, f"race-{theme}-{language}")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_longest_names_and_numbers_fit(new_page: Callable[..., Page], language: str) -> None:
    """Eight optimizers with all that can be put around them, a name of forty letters, 20,000 steps."""
    page = new_page(language=language, reduced_motion=True)
    open_app(page, f"/?s={CROWDED.to_link()}")
    pause_at_end(page)
    look(page, f"crowded-{language}", dots=True)
