"""Renders a checked formula as LaTeX, with brackets only where the reading needs them."""

import ast

COMPARE, ADD, MULTIPLY, SIGN, FRACTION, POWER, ATOM = range(7)
COMPARISONS = {ast.Lt: "<", ast.LtE: r"\le", ast.Gt: ">", ast.GtE: r"\ge", ast.Eq: "=", ast.NotEq: r"\ne"}
OPPOSITE = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


def render(node: ast.expr) -> str:
    """Return the LaTeX of a whole formula."""
    return write(node)[0]


def bracket(text: str) -> str:
    return rf"\left({text}\right)"


def operand(node: ast.expr, least: int) -> str:
    """Return a part in brackets if it binds more loosely than `least`."""
    text, binding = write(node)
    return text if binding >= least else bracket(text)


def write(node: ast.expr) -> tuple[str, int]:
    """Return the LaTeX of a node and how tightly its outermost operation binds."""
    match node:
        case ast.Constant(value=float() as value):
            return number(value)
        case ast.Name(id=name):
            return (rf"\{name}" if name == "pi" else name), ATOM
        case ast.UnaryOp(op=op, operand=part):
            return ("-" if isinstance(op, ast.USub) else "+") + operand(part, FRACTION), SIGN
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return rf"\frac{{{render(left)}}}{{{render(right)}}}", FRACTION
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return product(operand(left, MULTIPLY), operand(right, FRACTION)), MULTIPLY
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return power(left, render(right)), POWER
        case ast.BinOp(left=left, op=op, right=right):
            sign = "-" if isinstance(op, ast.Sub) else "+"
            after = operand(right, MULTIPLY)
            return f"{operand(left, ADD)} {sign} {bracket(after) if after[0] in '+-' else after}", ADD
        case ast.Compare():
            return rf"\left[{comparison(node)}\right]", ATOM  # Iverson bracket: one where it holds
        case ast.Call(func=ast.Name(id=name), args=parts):
            return call(name, parts)
    raise TypeError(f"no LaTeX for {type(node).__name__}")


def number(value: float) -> tuple[str, int]:
    """Write a number in full, or with a power of ten."""
    mantissa, _, exponent = f"{value:.15g}".partition("e")
    if not exponent:
        return mantissa, ATOM
    scale = f"10^{{{int(exponent)}}}"
    return (scale, POWER) if mantissa == "1" else (rf"{mantissa} \cdot {scale}", MULTIPLY)


def product(left: str, right: str) -> str:
    """Join two factors; a digit or a fraction after a factor needs a visible sign."""
    visible = right[0].isdigit() or right.startswith((r"\frac", "."))
    return rf"{left} \cdot {right}" if visible else f"{left} {right}"


def power(base: ast.expr, exponent: str) -> str:
    """Write the exponent of a named function at its name, as in sin^2(x)."""
    match base:
        case ast.Call(
            func=ast.Name(id="sin" | "cos" | "tan" | "sinh" | "cosh" | "tanh" as name), args=[part]
        ):
            return rf"\{name}^{{{exponent}}}{bracket(render(part))}"
    return f"{operand(base, ATOM)}^{{{exponent}}}"


def call(name: str, parts: list[ast.expr]) -> tuple[str, int]:
    """Write a function, each in its own notation."""
    inner = [render(part) for part in parts]
    match name:
        case "exp":
            return f"e^{{{inner[0]}}}", POWER
        case "sqrt":
            return rf"\sqrt{{{inner[0]}}}", ATOM
        case "abs":
            return rf"\left|{inner[0]}\right|", ATOM
        case "where":
            holds, fails = condition(parts[0])
            rows = rf"{inner[1]} & {holds} \\ {inner[2]} & {fails}"
            return rf"\begin{{cases}} {rows} \end{{cases}}", POWER
    return rf"\{name}{bracket(', '.join(inner))}", POWER


def condition(node: ast.expr) -> tuple[str, str]:
    """Write when a condition holds and when it fails."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            opposite = ast.Compare(left=left, ops=[OPPOSITE[type(op)]()], comparators=[right])
            return comparison(node), comparison(opposite)
        case ast.Compare():
            return comparison(node), rf"\neg {bracket(comparison(node))}"
    return rf"{operand(node, ADD)} \ne 0", f"{operand(node, ADD)} = 0"


def comparison(node: ast.Compare) -> str:
    """Write a chain of comparisons without a bracket around it."""
    words = [operand(node.left, ADD)]
    for op, right in zip(node.ops, node.comparators, strict=True):
        words += [COMPARISONS[type(op)], operand(right, ADD)]
    return " ".join(words)
