"""From tokens to the tree of a formula, by how tightly each operator binds; each token is visited once."""

from landscape.problems.formulas.error import ARGUMENTS, CONSTANTS, UNARY, FormulaError, refuse
from landscape.problems.formulas.syntax import Token, tokens
from landscape.problems.formulas.tree import COMPARISONS, OPERATORS, REDUCERS, SIGNS, Node, node

MAX_BRACKETS = 30
MAX_NESTED = 50  # brackets, signs, powers and roots in one another
MAX_EXPONENT = 100

NOTHING, COMPARE, ADD, MULTIPLY, POWER = range(5)
BINDING = dict.fromkeys(COMPARISONS, COMPARE) | {
    "+": ADD,
    "-": ADD,
    "*": MULTIPLY,
    "/": MULTIPLY,
    "**": POWER,
}
ROOTS = {"√": "sqrt", "∛": "cbrt"}
END = "end"


def parse(text: str) -> Node:
    """Return the checked tree of a text, or raise a `FormulaError`."""
    parser = Parser(tokens(text), len(text) + 1)
    tree = parser.expression(NOTHING)
    if parser.next.kind != END:
        raise parser.stray()
    return tree


class Parser:
    """Reads tokens from the first to the last."""

    def __init__(self, found: list[Token], end: int):
        self.tokens = [*found, Token(END, "", end)]
        self.at = self.brackets = self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def holds(self, *texts: str) -> bool:
        """Whether the next token is one of these operators."""
        return self.next.kind == "operator" and self.next.text in texts

    def expression(self, least: int) -> Node:
        """Read operands and the operators between them that bind more tightly than `least`."""
        left = self.operand()
        while True:
            if self.next.kind == "raised":
                left = self.raised(left)
            elif not self.holds(*BINDING) or BINDING[self.next.text] <= least:
                return left
            elif self.next.text in COMPARISONS:
                left = self.comparison(left)
            else:
                sign = self.take().text
                if sign == "**":
                    left = power(left, self.exponent())
                else:
                    right = self.expression(BINDING[sign])
                    left = node(OPERATORS[sign], left, right, column=left.column)

    def exponent(self) -> Node:
        """Read an exponent: it may have a sign, and a power in it goes first."""
        self.deeper()
        found = self.expression(MULTIPLY)
        self.depth -= 1
        return found

    def deeper(self) -> None:
        """Count one more of what nests, in which reading and computing call themselves."""
        self.depth += 1
        if self.depth > MAX_NESTED:
            raise refuse("too_deep", limit=MAX_NESTED)

    def comparison(self, left: Node) -> Node:
        """Read a chain such as 0 < x < 1: one operation, which holds where all of them do."""
        parts, signs = [left], []
        while self.holds(*COMPARISONS):
            signs.append(self.take().text)
            parts.append(self.expression(COMPARE))
        return node("compare", *parts, words=tuple(signs), column=left.column)

    def operand(self) -> Node:
        """Read a number, a name, a call, a bracket, or a sign and what it stands before."""
        self.deeper()
        token = self.take()
        match token:
            case Token(kind="end", column=column):
                raise refuse("incomplete", column=column)
            case Token(kind="number", text=text, column=column):
                found = Node("number", value=float(text), column=column)
            case Token(kind="name", text=name, column=column) if name in ARGUMENTS:
                found = self.call(token)
            case Token(kind="name", text=name, column=column):
                found = Node("name", words=(name,), value=CONSTANTS.get(name), column=column)
            case Token(kind="operator", text="+" | "-" as sign, column=column):
                found = node(SIGNS[sign], self.expression(MULTIPLY), column=column)
            case Token(kind="operator", text="(", column=column):
                (found,) = self.enclosed(token, ")")
            case Token(kind="operator", text="|", column=column):
                (inside,) = self.enclosed(token, "|")
                found = node("abs", inside, column=column)
            case Token(kind="operator", text="√" | "∛" as sign, column=column):
                if self.holds("+", "-"):
                    raise refuse("expected_value", found=self.next.text, column=self.next.column)
                found = node(ROOTS[sign], self.operand(), column=column)
                self.single(token)
            case Token(text=text, column=column):
                raise refuse("expected_value", found=text, column=column)
        self.depth -= 1
        return found

    def enclosed(self, opened: Token, closing: str, *, list_of: bool = False) -> list[Node]:
        """Read to the end of a bracket: one expression, or several with commas between them."""
        self.brackets += 1
        if self.brackets > MAX_BRACKETS:
            raise refuse("too_deep", limit=MAX_BRACKETS)
        found = [self.expression(NOTHING)]
        while list_of and self.holds(","):
            self.take()
            found.append(self.expression(NOTHING))
        if self.next.kind == END or (closing == "|" and self.holds(")")):
            raise refuse("unclosed", column=opened.column)
        if not self.holds(closing):
            raise self.stray()
        self.take()
        self.brackets -= 1
        return found

    def call(self, name: Token) -> Node:
        """Read a function's arguments; an exponent at its name, as in sin^2(x), belongs to its value."""
        raising, exponent = self.next, self.own_exponent(name)
        if not self.holds("("):
            raise refuse("needs_call", name=name.text, column=name.column)
        parts, expected = self.enclosed(self.take(), ")", list_of=True), ARGUMENTS[name.text]
        if not (len(parts) >= 2 if name.text in REDUCERS else len(parts) == int(expected)):
            details: dict = {"name": name.text, "column": name.column, "found": len(parts)}
            raise refuse("argument_count", **details, expected=expected)
        found = node(name.text, *parts, column=name.column)
        if exponent is None:
            return found
        self.single(raising)
        return power(found, exponent)

    def own_exponent(self, name: Token) -> Node | None:
        """Read the exponent between a function's name and its bracket; sin^-1 may be the inverse function."""
        raising = self.next
        if name.text not in UNARY or not (raising.kind == "raised" or self.holds("**")):
            return None
        self.take()
        if not (self.holds("(") or self.next.kind == "number"):
            raise refuse("two_readings", found=name.text, column=name.column)
        found = self.operand()
        if found.value is None or found.value <= 0:
            raise refuse("two_readings", found=name.text, column=name.column)
        return found

    def raised(self, base: Node) -> Node:
        """Read an exponent above the line."""
        raising = self.take()
        found = power(base, self.operand())
        self.single(raising)
        return found

    def single(self, raising: Token) -> None:
        """Refuse a second power where writing does not say which goes first."""
        if self.next.kind == "raised" or self.holds("**"):
            raise refuse("two_readings", found=raising.text, column=raising.column)

    def stray(self) -> FormulaError:
        """Refuse a token that stands where an expression has ended."""
        if self.holds(")"):
            return refuse("unmatched", column=self.next.column)
        if self.holds(","):
            return refuse("stray_comma", column=self.next.column)
        return refuse("missing_operator", found=self.next.text, column=self.next.column)


def power(base: Node, exponent: Node) -> Node:
    """Return a power whose exponent is no larger than can be meant."""
    if exponent.value is not None and not abs(exponent.value) <= MAX_EXPONENT:
        found = f"{exponent.value:g}"
        raise refuse("exponent_too_large", found=found, column=exponent.column, limit=MAX_EXPONENT)
    return node("power", base, exponent, column=base.column)
