"""The update of each rule of the lesson, in LaTeX."""


def _lines(*lines: str) -> str:
    """Lines aligned at their arrows."""
    return r"\begin{aligned} " + r" \\[4pt] ".join(lines) + r" \end{aligned}"


_SQUARE = r"s &\leftarrow \gamma s + (1-\gamma)\,g^2"

FORMULAS = {
    "sgd": r"W \leftarrow W - \eta\,g",
    "momentum": _lines(r"a &\leftarrow \beta a + g", r"W &\leftarrow W - \eta\,a"),
    "nesterov": _lines(r"a &\leftarrow \beta a + \nabla f(W - \eta\beta a)", r"W &\leftarrow W - \eta\,a"),
    "adagrad": _lines(r"G &\leftarrow G + g^2", r"W &\leftarrow W - \frac{\eta}{\sqrt{G} + \epsilon}\,g"),
    "adadelta": _lines(
        _SQUARE,
        r"\Delta &= -\frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}}\,g",
        r"u &\leftarrow \gamma u + (1-\gamma)\,\Delta^2",
        r"W &\leftarrow W + \eta\,\Delta, \quad \eta = 1",
    ),
    "rmsprop": _lines(
        _SQUARE,
        r"v &\leftarrow \rho v + \frac{g}{\sqrt{s} + \epsilon}, \quad \rho = 0",
        r"W &\leftarrow W - \eta\,v",
    ),
    "adam": _lines(
        r"m &\leftarrow \beta_1 m + (1-\beta_1)\,g",
        r"v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2",
        r"W &\leftarrow W - \eta\,\frac{m / (1-\beta_1^t)}{\sqrt{v / (1-\beta_2^t)} + \epsilon}",
    ),
}
