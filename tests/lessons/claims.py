"""What a test claims, read from its text: the assertions that could fail, and that hang on the library.

An assertion counts if it is reached, if its expression is not true whatever the code does, and if it names
something that came from the library: an import, a fixture, or what was computed from either.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

LIBRARY = ("landscape", "tests")
"""Packages whose names are worth a claim; helpers of other tests stand for what they call."""
PLAIN = {"monkeypatch", "tmp_path", "capsys", "recwarn", "request"}
"""Fixtures that know nothing of the library."""

Function = ast.FunctionDef
Made = tuple[set[str], set[str]]
"""Names, and those that they were made from."""


def rows(test: Function) -> set[str]:
    """The rows that a test names with `pytest.mark.row`."""
    return {
        argument.value
        for mark in test.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.row"
        for argument in mark.args
        if isinstance(argument, ast.Constant)
    }


def marked(module: ast.Module) -> list[Function]:
    """Every function with such a mark, wherever it stands."""
    return [node for node in ast.walk(module) if isinstance(node, Function) and rows(node)]


def collected(module: ast.Module) -> list[Function]:
    """The tests that pytest finds: of each name the last one at the top or in a class of tests."""
    tops = [
        node.body for node in module.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
    ]
    last = [{n.name: n for n in body if isinstance(n, Function)} for body in (module.body, *tops)]
    return [test for found in last for name, test in found.items() if name.startswith("test_")]


def claims(test: Function, module: ast.Module) -> list[ast.AST]:
    """The assertions of a test, and of the helpers that it calls, that could fail because of the library."""
    helpers = {node.name: node for node in module.body if isinstance(node, Function)}
    known = _known(module)
    found = []
    for node in _reached(test.body):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in helpers:
            helper = helpers[node.func.id]
            inside = _spread(helper.body, known | _arguments(helper))
            found += [claim for claim in _reached(helper.body) if _claims(claim, inside)]
    given = {name for name in _arguments(test) if _given(name, test, helpers, known)}
    names = _spread(test.body, known | given)
    return found + [node for node in _reached(test.body) if _claims(node, names)]


@cache
def _known(module: ast.Module) -> set[str]:
    """The names of a module that hold something of the library."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in LIBRARY:
            found |= {alias.asname or alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {a.asname or a.name.split(".")[0] for a in node.names if a.name.split(".")[0] in LIBRARY}
    functions = [node for node in module.body if isinstance(node, Function)]
    rest = [node for node in module.body if not isinstance(node, Function)]
    return _spread(rest, found, [({node.name}, _names(node)) for node in functions])


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _arguments(function: Function) -> set[str]:
    return {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}


def _given(name: str, test: Function, helpers: dict[str, Function], known: set[str]) -> bool:
    """Whether an argument brings something of the library: a fixture that names it, or a parameter."""
    if name in helpers:
        return name in known
    marks = [mark for mark in test.decorator_list if isinstance(mark, ast.Call) and mark.args]
    listed = [mark for mark in marks if re.search(rf"\b{name}\b", ast.unparse(mark.args[0]))]
    return any(_names(mark) & known for mark in listed) if listed else name not in PLAIN


def _spread(body: Iterable[ast.stmt], known: set[str], more: Sequence[Made] = ()) -> set[str]:
    """The names that hold something of the library once a body has run: all made from known ones."""
    nodes = [node for statement in body for node in ast.walk(statement)]
    sources = [*more, *((names, _names(made)) for node in nodes for names, made in _bound(node))]
    while new := {name for names, made in sources if made & known for name in names} - known:
        known = known | new
    return known


def _bound(node: ast.AST) -> Iterator[tuple[set[str], ast.AST]]:
    """Which names a node binds, and from what."""
    if isinstance(node, ast.Assign):
        yield {name for target in node.targets for name in _names(target)}, node.value
    elif isinstance(node, (ast.AugAssign, ast.NamedExpr)) or (isinstance(node, ast.AnnAssign) and node.value):
        yield _names(node.target), node.value  # pyright: ignore[reportReturnType]
    elif isinstance(node, (ast.For, ast.comprehension)):
        yield _names(node.target), node.iter
    elif isinstance(node, ast.withitem) and node.optional_vars:
        yield _names(node.optional_vars), node.context_expr
    elif isinstance(node, Function):
        yield {node.name}, ast.Module([*node.body], [])
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        for argument in node.args:  # list.append and the like
            yield _names(node.func.value), argument


def _reached(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """Every node that runs: not after a return or raise, not under `if False`, not in a function inside."""
    for statement in body:
        if isinstance(statement, (Function, ast.ClassDef)):
            continue
        if isinstance(statement, (ast.If, ast.While)) and isinstance(statement.test, ast.Constant):
            yield from _reached(statement.body if statement.test.value else statement.orelse)
            continue
        blocks = [getattr(statement, part, []) for part in ("body", "orelse", "finalbody")]
        inner = {id(node) for block in blocks for child in block for node in ast.walk(child)}
        yield from (node for node in ast.walk(statement) if id(node) not in inner)
        for block in blocks:
            yield from _reached(block)
        if isinstance(statement, (ast.Return, ast.Raise)):
            return


def _claims(node: ast.AST, known: set[str]) -> bool:
    """Whether a node can fail because of the library."""
    if isinstance(node, ast.Assert):
        return not _always(node.test) and bool(_names(node.test) & known)
    if isinstance(node, ast.With):
        raising = any("raises" in ast.unparse(item.context_expr) for item in node.items)
        return raising and any(
            _names(inner) & known for inner in node.body if not isinstance(inner, ast.Raise)
        )
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.startswith("assert_")
    ):
        texts = [ast.unparse(argument) for argument in node.args]
        return (len(set(texts)) > 1 or texts[0].startswith("*")) and bool(_names(node) & known)
    return False


def _always(test: ast.expr) -> bool:
    """Whether an expression is true whatever its names stand for."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.Tuple):
        return bool(test.elts)  # assert (x, "message")
    if isinstance(test, ast.BoolOp):
        some = [_always(part) for part in test.values]
        return any(some) if isinstance(test.op, ast.Or) else all(some)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, right = test.left, test.comparators[0]
        if isinstance(test.ops[0], (ast.Eq, ast.Is, ast.LtE, ast.GtE)) and ast.dump(left) == ast.dump(right):
            return True
        sized = isinstance(left, ast.Call) and ast.unparse(left.func) == "len"
        return sized and isinstance(test.ops[0], ast.GtE) and ast.unparse(right) == "0"
    return False
