"""The eight runner slots as CSS: a colour and a marker each, in light and dark."""

from functools import cache

from landscape.look.palette import DARK, LIGHT, MARKERS


@cache
def css() -> str:
    """The rules that give `.slot-N` its colour and marker; light-dark() follows the theme without a rerun."""
    rules = []
    for index, (light, dark) in enumerate(zip(LIGHT.slots, DARK.slots, strict=True), start=1):
        path = MARKERS[light.marker]
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='{path}'/></svg>"
        mask = "data:image/svg+xml," + svg.replace("<", "%3C").replace(">", "%3E").replace("#", "%23")
        rules.append(
            f'[class*="slot-{index}"]{{--slot:light-dark({light.line},{dark.line});--marker:url("{mask}")}}'
        )
    return "".join(rules)
