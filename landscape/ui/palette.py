"""The eight runner slots as CSS: a colour and a marker each, in light and dark."""

# The colours of look.md; light-dark() follows the theme without a rerun.
LINE = (
    ("#2b2f3a", "#e1e8f6"),
    ("#2751f4", "#6691ff"),
    ("#d9480f", "#ff8d6f"),
    ("#12a173", "#36fc9b"),
    ("#b8128f", "#f8308d"),
    ("#6e4a00", "#fcc609"),
    ("#9878e3", "#a574c3"),
    ("#0d5c5f", "#2ec6e2"),
)

# Markers in a 16 x 16 box: circle, square, triangle up, diamond, triangle down, plus, hexagon, star.
MARKERS = (
    "M8 2.5a5.5 5.5 0 1 0 .001 0Z",
    "M3 3H13V13H3Z",
    "M8 2L14.2 13.2H1.8Z",
    "M8 1.2L14.8 8L8 14.8L1.2 8Z",
    "M8 14L1.8 2.8H14.2Z",
    "M5.8 1.8H10.2V5.8H14.2V10.2H10.2V14.2H5.8V10.2H1.8V5.8H5.8Z",
    "M8 1.6L13.6 4.8V11.2L8 14.4L2.4 11.2V4.8Z",
    "M8 1.2L9.9 5.9L14.9 6.2L11.1 9.4L12.3 14.3L8 11.6L3.7 14.3L4.9 9.4L1.1 6.2L6.1 5.9Z",
)


def css() -> str:
    """The rules that give `.slot-N` its colour and marker."""
    rules = []
    for index, ((light, dark), path) in enumerate(zip(LINE, MARKERS, strict=True), start=1):
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='{path}'/></svg>"
        mask = "data:image/svg+xml," + svg.replace("<", "%3C").replace(">", "%3E").replace("#", "%23")
        rules.append(f'[class*="slot-{index}"]{{--slot:light-dark({light},{dark});--marker:url("{mask}")}}')
    return "".join(rules)
