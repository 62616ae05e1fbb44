"""The leaves of parameters as their framework names them: path, module, kind of container, neighbours."""

import re
from dataclasses import dataclass, field
from typing import Any

import jax

from landscape.core.types import Params
from landscape.descent.checkpoints import is_floating

WEIGHTS = {"kernel", "kernels", "weight", "weights", "w", "embedding", "embeddings"}
SHIFTS = {"bias", "biases", "scale", "scales", "offset", "offsets", "shift", "gamma", "beta", "gain"}
SHIFTS |= {"running"}  # statistics
STATISTICS = {"stats", "batch_stats"}
"""Modules or collections of running means and variances."""

NORMS = {"norm", "norms", "normalization", "bn", "ln", "gn"}
NORMS |= {kind + "norm" for kind in ("batch", "layer", "group", "instance", "rms")}
VALUE = ("value", "raw_value")  # what the variables of Flax NNX, containers of one array, call it


@dataclass(frozen=True)
class Leaf:
    """One array of a tree of parameters.

    Attributes:
        path: where it is, as in "layers/0/weight"; "" for a tree that is a single array.
        module: the parts of the path before its own name.
        name: its own name; a number in a list, "" for a single array.
        owner: the container that holds it.
        shape: its shape.
        beside: the leaves of the same module by name, itself left out.
    """

    path: str
    module: tuple[str, ...]
    name: str
    owner: Any
    shape: tuple[int, ...]
    beside: dict[str, "Leaf"] = field(default_factory=dict, repr=False, compare=False)

    @property
    def layer(self) -> str:
        """The innermost module that has a name and not only a number."""
        return next((part for part in reversed(self.module) if not part.isdigit()), "")

    @property
    def is_vector(self) -> bool:
        """Whether it holds one row of numbers: one dimension, or all axes but one of length 1."""
        return sum(n != 1 for n in self.shape) <= 1

    @property
    def is_normalization(self) -> bool:
        """Whether its module, by name or by class, normalises."""
        if STATISTICS & set(self.module):
            return True
        own, kind = (_letters(text) for text in (self.layer, type(self.owner).__name__))
        return bool(NORMS & {*own[:1], *own[-1:], *kind[-1:]})

    @property
    def says_weight(self) -> bool:
        """Whether its name is that of a weight."""
        own = _letters(self.name)
        return bool(WEIGHTS & {*own[:1], *own[-1:]}) and not {"g", *SHIFTS} & set(own)

    @property
    def says_shift(self) -> bool:
        """Whether its name is that of a bias or of the scale and shift of a normalization; a bare `b` or
        `g` is one only beside a weight or the other of the two."""
        own = _letters(self.name)
        if SHIFTS & set(own) or own == ["weight", "g"]:  # the lengths of weight normalization
            return True
        others = {word for name in self.beside for word in _letters(name)[:1]}
        return (own[:1] == ["b"] and bool(others & {*WEIGHTS, "g"})) or (own == ["g"] and "b" in others)


def words(text: str) -> list[str]:
    """The words of a name, in lower case.

    >>> words("BatchNorm_0"), words("bias_ih_l0"), words("RMSNorm"), words("w1")
    (['batch', 'norm', '0'], ['bias', 'ih', 'l', '0'], ['rms', 'norm'], ['w', '1'])
    """
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", text)]


def _letters(text: str) -> list[str]:
    return [word for word in words(text) if not word.isdigit()]


def leaves_of(params: Params) -> list[Leaf]:
    """The floating-point leaves of a tree, in its own order.

    >>> [(leaf.path, leaf.layer, leaf.name) for leaf in leaves_of({"conv1.weight": jax.numpy.ones((2, 1))})]
    [('conv1.weight', 'conv1', 'weight')]
    """
    found: list[Leaf] = []
    _walk(params, (), None, found)
    modules: dict[tuple[str, ...], dict[str, Leaf]] = {}
    for leaf in found:
        modules.setdefault(leaf.module, {})[leaf.name] = leaf
    for leaf in found:
        leaf.beside.update({name: one for name, one in modules[leaf.module].items() if one is not leaf})
    return found


def _walk(node: Any, keys: tuple, owner: Any, found: list[Leaf]) -> None:
    """Goes down one container at a time, for JAX's own flattening does not tell of which class they are."""
    children, _ = jax.tree_util.tree_flatten_with_path(node, is_leaf=lambda child: child is not node)
    if children and children[0][1] is node:
        if is_floating(node):
            found.append(_leaf(node, keys, owner))
        return
    wraps = len(children) == 1 and _plain(children[0][0][0]) in VALUE
    for path, child in children:
        _walk(child, keys + tuple(path), owner if wraps else node, found)


def _leaf(node: Any, keys: tuple, owner: Any) -> Leaf:
    if len(keys) > 1 and isinstance(keys[-1], jax.tree_util.GetAttrKey) and _plain(keys[-1]) in VALUE:
        keys = keys[:-1]
    parts = [part for key in keys for part in re.split(r"[/.]", _plain(key)) if part not in ("", "~")]
    name = parts[-1] if parts else ""
    return Leaf(place(keys), tuple(parts[:-1]), name, owner, tuple(getattr(node, "shape", ())))


def place(keys: tuple) -> str:
    """A path of JAX's keys as text."""
    return "/".join(map(_plain, keys))


def _plain(key: Any) -> str:
    return str(next((getattr(key, part) for part in ("name", "key", "idx") if hasattr(key, part)), key))
