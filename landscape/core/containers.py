"""Containers of other libraries: taken apart into plain dicts, and put together like one of their kind."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import jax


def parts_of(thing: Any, where: str) -> dict:
    """The children of a container by name, as a plain dict.

    Raises:
        TypeError: for something that is no container.
    """
    if isinstance(thing, Mapping):
        return dict(thing)
    children, _ = _children(thing)
    if children and children[0][1] is thing:
        raise TypeError(f"{where} is a {type(thing).__name__}, which no file keeps")
    return {_name(path[0]): child for path, child in children}


def restore(thing: Any, like: Any) -> Any:
    """Every tree in a result that is laid out like a given one, in containers of that one's kinds.

    Args:
        thing: results and trees of plain dicts, lists and arrays.
        like: a tree of parameters such as an Equinox module or a Flax state; its numbers do not matter,
            and leaves of the result may have more axes in front.

    Raises:
        ValueError: when nothing in the result is laid out so.

    >>> from typing import NamedTuple
    >>> Point = NamedTuple("Point", [("x", float), ("y", float)])
    >>> restore([{"x": 1.0, "y": 2.0}, "text"], Point(0.0, 0.0))
    [Point(x=1.0, y=2.0), 'text']
    """
    found: list[Any] = []
    made = _restored(thing, like, found)
    if not found:
        raise ValueError(f"nothing in the file is laid out like `like`, {jax.tree.structure(like)}")
    return made


def _restored(thing: Any, like: Any, found: list[Any]) -> Any:
    if _fits(thing, like):
        found.append(like)
        return _built(thing, like)
    if type(thing) in (list, tuple):
        return type(thing)(_restored(part, like, found) for part in thing)
    if type(thing) is dict:
        return {key: _restored(part, like, found) for key, part in thing.items()}
    if dataclasses.is_dataclass(thing) or hasattr(thing, "_fields"):
        values = {name: _restored(getattr(thing, name), like, found) for name in fields_of(type(thing))}
        return type(thing)(**values)
    return thing


def fields_of(kind: type) -> dict[str, Any]:
    """The fields of a dataclass or a named tuple, with what they are declared to be."""
    if dataclasses.is_dataclass(kind):
        return {field.name: field.type for field in dataclasses.fields(kind)}
    return {name: kind.__annotations__.get(name) for name in getattr(kind, "_fields", ())}


def _fits(thing: Any, like: Any) -> bool:
    """Whether a plain tree has the layout of another, whose containers may be of any kind."""
    if like is None or _is_leaf(like):
        return (thing is None) == (like is None) and not isinstance(thing, (dict, list, tuple))
    wanted = _layout(like)
    if isinstance(wanted, dict):
        right = type(thing) is dict and thing.keys() == wanted.keys()
        return right and all(_fits(thing[key], part) for key, part in wanted.items())
    right = type(thing) is type(wanted) and len(thing) == len(wanted)
    return right and all(map(_fits, thing, wanted))


def _built(thing: Any, like: Any) -> Any:
    """The numbers of a plain tree in the containers of another of the same layout."""
    if like is None or _is_leaf(like):
        return thing
    wanted = _layout(like)
    if type(like) in (list, tuple):
        return type(like)(map(_built, thing, wanted))
    if type(like) is dict:
        return {key: _built(thing[key], part) for key, part in wanted.items()}
    children, structure = _children(like)
    return jax.tree.unflatten(structure, [_built(thing[_name(path[0])], part) for path, part in children])


def _layout(like: Any) -> Any:
    return like if type(like) in (list, tuple, dict) else parts_of(like, "like")


def _is_leaf(thing: Any) -> bool:
    return jax.tree_util.all_leaves([thing])


def _children(thing: Any) -> tuple[list[tuple[Any, Any]], Any]:
    return jax.tree_util.tree_flatten_with_path(thing, is_leaf=lambda node: node is not thing)


def _name(key: Any) -> Any:
    """What a child is called: a field's name, a key or an index."""
    return next(getattr(key, part) for part in ("name", "key", "idx") if hasattr(key, part))
