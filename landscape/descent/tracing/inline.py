"""Constants inside a traced program brought to its surface, where they can be arguments."""

from collections.abc import Callable
from typing import Any

from landscape.core.jax_inside import CHECKPOINT, JIT, TOLD, ClosedJaxpr, Jaxpr, JaxprEqn, Literal, Var


def inlined(program: ClosedJaxpr) -> tuple[Jaxpr, list[Any]]:
    """The same program with all its constants outside.

    A function that jits itself keeps the arrays it captured inside; new data would be a new program, and
    the old data be kept alive by the old one. It is written out step by step; loops and branches that call
    such a function take its constants as operands.

    Returns:
        The program, and a constant for each of its `constvars`.
    """
    if not any(map(_holds, program.jaxpr.eqns)):
        return program.jaxpr, list(program.consts)
    variables, constants, steps = [], [], []

    def new(aval: Any, constant: Any) -> Var:
        variables.append(Var(aval))
        constants.append(constant)
        return variables[-1]

    def write(inner: ClosedJaxpr, operands: list[Any]) -> list[Any]:
        """Write the steps of a program applied to some variables; return those of its results."""
        now = dict(zip(inner.jaxpr.invars, operands, strict=True))
        for variable, constant in zip(inner.jaxpr.constvars, inner.consts, strict=True):
            now[variable] = new(variable.aval, constant)

        def read(atom: Any) -> Any:
            return atom if isinstance(atom, Literal) else now[atom]

        for step in inner.jaxpr.eqns:
            given = list(map(read, step.invars))
            if _holds(step) and step.primitive.name in JIT:
                made = write(step.params["jaxpr"], given)
            else:
                made = [Var(variable.aval) for variable in step.outvars]
                params = step.params
                if _holds(step):
                    params, given = LIFTED[step.primitive.name](params, given, new)
                steps.append(step.replace(params=params, invars=given, outvars=made))
            now |= zip(step.outvars, made, strict=True)
        return list(map(read, inner.jaxpr.outvars))

    outer = program.jaxpr
    results = write(program, outer.invars)
    return outer.replace(constvars=variables, outvars=results, eqns=steps), constants


def _holds(step: JaxprEqn) -> bool:
    """Whether constants lie at any depth inside an equation that can be told to take them from outside."""
    name, params = step.primitive.name, step.params
    if name in JIT:
        places = (*params["in_shardings"], *params["out_shardings"])
        plain = all(repr(place) == "UnspecifiedValue" for place in places)
        known = plain and not any(params["donated_invars"]) and not params.get("compiler_options_kvs")
    else:
        known = set(params) == TOLD.get(name)
    return known and any(inner.consts or any(map(_holds, inner.jaxpr.eqns)) for inner in _programs(params))


def _programs(params: dict[str, Any]) -> list[ClosedJaxpr]:
    """The programs inside an equation."""
    found = [*params.get("branches", ())]
    found += [params[name] for name in ("jaxpr", "cond_jaxpr", "body_jaxpr") if name in params]
    return [one if isinstance(one, ClosedJaxpr) else ClosedJaxpr(one, ()) for one in found]


def _opened(program: ClosedJaxpr, new: Callable) -> tuple[Jaxpr, list[Var]]:
    """A program that takes its constants as first operands, and variables for them outside."""
    inner, constants = inlined(program)
    outside = [new(v.aval, constant) for v, constant in zip(inner.constvars, constants, strict=True)]
    return inner.replace(constvars=(), invars=[*inner.constvars, *inner.invars]), outside


def _scan(params: dict[str, Any], given: list[Any], new: Callable) -> tuple[dict[str, Any], list[Any]]:
    body, outside = _opened(params["jaxpr"], new)
    changed = {"jaxpr": ClosedJaxpr(body, ()), "num_consts": params["num_consts"] + len(outside)}
    return params | changed, [*outside, *given]


def _while(params: dict[str, Any], given: list[Any], new: Callable) -> tuple[dict[str, Any], list[Any]]:
    condition, first = _opened(params["cond_jaxpr"], new)
    body, second = _opened(params["body_jaxpr"], new)
    border = params["cond_nconsts"]
    changed = {
        "cond_jaxpr": ClosedJaxpr(condition, ()),
        "cond_nconsts": border + len(first),
        "body_jaxpr": ClosedJaxpr(body, ()),
        "body_nconsts": params["body_nconsts"] + len(second),
    }
    return params | changed, [*first, *given[:border], *second, *given[border:]]


def _cond(params: dict[str, Any], given: list[Any], new: Callable) -> tuple[dict[str, Any], list[Any]]:
    """Every branch takes the constants of all, and leaves those of the others alone."""
    branches, outside = zip(*(_opened(branch, new) for branch in params["branches"]), strict=True)
    wide = []
    for i, branch in enumerate(branches):
        own = len(outside[i])
        before, after = (
            [Var(v.aval) for part in others for v in part] for others in (outside[:i], outside[i + 1 :])
        )
        invars = [*before, *branch.invars[:own], *after, *branch.invars[own:]]
        wide.append(ClosedJaxpr(branch.replace(invars=invars), ()))
    every = [v for part in outside for v in part]
    return params | {"branches": tuple(wide)}, [given[0], *every, *given[1:]]


def _checkpoint(params: dict[str, Any], given: list[Any], new: Callable) -> tuple[dict[str, Any], list[Any]]:
    body, outside = _opened(ClosedJaxpr(params["jaxpr"], ()), new)
    return params | {"jaxpr": body}, [*outside, *given]


LIFTED = {"scan": _scan, "while": _while, "cond": _cond, CHECKPOINT: _checkpoint}
"""For the operations of which it is known what they are told; others stay as they are."""
