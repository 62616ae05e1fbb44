"""Renders a checked formula as LaTeX, with brackets only where the reading needs them.

Every part is written once, and nothing but a short condition comes twice: the length is linear in the text.
"""

from landscape.problems.formulas.tree import CHAINED, COMPARISONS, Node

COMPARE, ADD, MULTIPLY, SIGN, FRACTION, POWER, ATOM = range(7)
SIGNS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
assert SIGNS.keys() == OPPOSITE.keys() == COMPARISONS.keys()

AT_NAME = ("sin", "cos", "tan", "sinh", "cosh", "tanh")
NAMES = {"pi": r"\pi", "tau": r"\tau"}
FUNCTIONS = {"asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "sign": r"\operatorname{sgn}"}
FUNCTIONS |= {"log2": r"\log_{2}", "log10": r"\log_{10}"}
AROUND = {"exp": ("e^{", "}", POWER), "sqrt": (r"\sqrt{", "}", ATOM), "cbrt": (r"\sqrt[3]{", "}", ATOM)}
AROUND |= {"abs": (r"\left|", r"\right|", ATOM)}

OTHERWISE = r"\text{otherwise}"
"""Where a condition fails that is too long to be written again as its opposite."""

LONGEST_TWICE = 60


def render(node: Node) -> str:
    """Return the LaTeX of a whole formula."""
    return write(node)[0]


def bracket(text: str) -> str:
    return rf"\left({text}\right)"


def operand(node: Node, least: int) -> str:
    """Return a part in brackets if it binds more loosely than `least`."""
    text, binding = write(node)
    return text if binding >= least else bracket(text)


def write(node: Node) -> tuple[str, int]:
    """Return the LaTeX of a node and how tightly its outermost operation binds."""
    above = []
    while node.operation in CHAINED:
        above.append(node)
        node = node.parts[0]
    written = one(node)
    for operation in reversed(above):
        written = chained(operation.operation, *written, operation.parts[1])
    return written


def one(node: Node) -> tuple[str, int]:
    """Write an operand: all but a row of sums and products."""
    match node:
        case Node(operation="number", value=float() as value):
            return number(value)
        case Node(operation="name", words=(name,)):
            return NAMES.get(name, name), ATOM
        case Node(operation="negative" | "positive" as sign, parts=(part,)):
            return ("-" if sign == "negative" else "+") + operand(part, FRACTION), SIGN
        case Node(operation="power", parts=(left, right)):
            return power(left, render(right)), POWER
        case Node(operation="compare"):
            return rf"\left[{comparison(node)[0]}\right]", ATOM  # Iverson bracket: one where it holds
    return call(node)


def chained(operation: str, text: str, binding: int, right: Node) -> tuple[str, int]:
    """Write a sum or a product whose first part is written."""
    if operation == "divide":
        return rf"\frac{{{text}}}{{{render(right)}}}", FRACTION
    if operation == "multiply":
        return product(text if binding >= MULTIPLY else bracket(text), operand(right, FRACTION)), MULTIPLY
    before, after = text if binding >= ADD else bracket(text), operand(right, MULTIPLY)
    sign = "-" if operation == "subtract" else "+"
    return f"{before} {sign} {bracket(after) if after[0] in '+-' else after}", ADD


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


def power(base: Node, exponent: str) -> str:
    """Write the exponent of a named function at its name, as in sin^2(x)."""
    if base.operation in AT_NAME:
        return rf"\{base.operation}^{{{exponent}}}{bracket(render(base.parts[0]))}"
    return f"{operand(base, ATOM)}^{{{exponent}}}"


def call(node: Node) -> tuple[str, int]:
    """Write a function, each in its own notation."""
    name, parts = node.operation, node.parts
    if name == "where":
        holds, fails = condition(parts[0])
        rows = rf"{render(parts[1])} & {holds} \\ {render(parts[2])} & {fails}"
        return rf"\begin{{cases}} {rows} \end{{cases}}", POWER
    inner = ", ".join(render(part) for part in parts)
    if name in AROUND:
        before, after, binding = AROUND[name]
        return f"{before}{inner}{after}", binding
    return FUNCTIONS.get(name, rf"\{name}") + bracket(inner), POWER


def condition(node: Node) -> tuple[str, str]:
    """Write when a condition holds and when it fails."""
    if node.operation == "compare":
        holds, fails = comparison(node)
    else:
        value = operand(node, ADD)
        holds, fails = rf"{value} \ne 0", f"{value} = 0"
    return holds, fails if len(holds) <= LONGEST_TWICE else OTHERWISE


def comparison(node: Node) -> tuple[str, str]:
    """Write a chain of comparisons without a bracket around it, and its opposite."""
    first, *others = [operand(part, ADD) for part in node.parts]
    signs = list(zip(node.words, others, strict=True))
    holds = " ".join([first, *(f"{SIGNS[sign]} {other}" for sign, other in signs)])
    if len(signs) > 1:
        return holds, rf"\neg {bracket(holds)}"
    return holds, f"{first} {SIGNS[OPPOSITE[signs[0][0]]]} {others[0]}"
