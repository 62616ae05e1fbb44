"""The update of each rule of the lesson, in LaTeX."""


def _lines(*lines: str) -> str:
    """Lines aligned at their arrows."""
    return r"\begin{aligned} " + r" \\[4pt] ".join(lines) + r" \end{aligned}"


_SQUARE = r"s &\leftarrow \gamma s + (1-\gamma)\,g^2"

FORMULAS = {
    "sgd": r"w \leftarrow w - \eta\,g",
    "momentum": _lines(r"v &\leftarrow \rho v + g", r"w &\leftarrow w - \eta\,v"),
    "nesterov": _lines(r"v &\leftarrow \rho v + \nabla f(w - \eta\rho v)", r"w &\leftarrow w - \eta\,v"),
    "adagrad": _lines(r"G &\leftarrow G + g^2", r"w &\leftarrow w - \frac{\eta}{\sqrt{G} + \epsilon}\,g"),
    "adadelta": _lines(
        _SQUARE,
        r"\Delta &= -\frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}}\,g",
        r"u &\leftarrow \gamma u + (1-\gamma)\,\Delta^2",
        r"w &\leftarrow w + \eta\,\Delta, \quad \eta = 1",
    ),
    "rmsprop": _lines(
        _SQUARE,
        r"v &\leftarrow \rho v + \frac{g}{\sqrt{s} + \epsilon}, \quad \rho = 0",
        r"w &\leftarrow w - \eta\,v",
    ),
    "adam": _lines(
        r"m &\leftarrow \beta_1 m + (1-\beta_1)\,g",
        r"v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2",
        r"w &\leftarrow w - \eta\,\frac{m / (1-\beta_1^t)}{\sqrt{v / (1-\beta_2^t)} + \epsilon}",
    ),
}
