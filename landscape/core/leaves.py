"""The one door for parameters: which leaves of a tree move, which stay, and which are refused."""

from collections.abc import Callable, Iterable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core.types import Params

SPLIT = """Split a model first: equinox.partition(model, equinox.is_inexact_array), \
nnx.split(model, nnx.Param, ...)"""


class Whole:
    """Puts moving leaves back among those that stay: `whole(moving)` is the tree as it was given.

    The leaves that stay are handed on as the very objects they were, so that a loss that is traced through
    here meets its masks, tables and counters as it would without this library.
    """

    def __init__(self, name: str, leaves: list[Any], structure: Any, stays: list[bool]):
        self.name, self.leaves, self.structure, self.stays = name, leaves, structure, stays

    @property
    def changes(self) -> bool:
        """Whether any leaf stays, so that the whole is more than what moves."""
        return any(self.stays)

    def __call__(self, moving: Params, lead: tuple[int, ...] = ()) -> Params:
        """The whole tree again.

        Args:
            moving: the leaves that move, in a tree built like the one `split` returned.
            lead: the axes in front of them, of rows or of a batch: leaves that stay are shown once for each
                row, without taking its memory.
        """
        if not self.changes:
            return moving
        given = iter(jax.tree.leaves(moving))
        return jax.tree.unflatten(
            self.structure,
            [
                (_repeated(leaf, lead) if lead else leaf) if stays else next(given)
                for leaf, stays in zip(self.leaves, self.stays, strict=True)
            ],
        )

    def loss(self, loss: Callable[[Params], Any]) -> Callable[[Params], Any]:
        """A loss of the whole tree as a loss of the leaves that move; itself where all of them do."""
        return (lambda moving: loss(self(moving))) if self.changes else loss

    def moving(self, whole: Params) -> Params:
        """The leaves that move, of another tree built like the one that was split, with None elsewhere.

        Raises:
            ValueError: when the tree is built otherwise.
        """
        given = jax.tree.structure(whole)
        if given != self.structure:
            raise ValueError(f"a tree built like {self.name}, {self.structure}, is needed; given {given}")
        leaves = zip(jax.tree.leaves(whole), self.stays, strict=True)
        return jax.tree.unflatten(self.structure, [None if stays else leaf for leaf, stays in leaves])

    def zeros(self, moving: Params, lead: tuple[int, ...] = ()) -> Params:
        """The whole tree for what has no value where a leaf stays, a gradient or a direction: zeros there."""
        dtype = jax.tree.leaves(moving)[0].dtype
        still = [np.broadcast_to(np.zeros((), dtype), np.shape(leaf)) for leaf in self.leaves]
        return Whole(self.name, still, self.structure, self.stays)(moving, lead)


def split(name: str, params: Params) -> tuple[Params, Whole]:
    """The leaves that move as arrays of one floating type, and what makes the tree whole again.

    Floating-point leaves move, Python's floats among them. Whole numbers and truth values (step counters,
    index tables, masks) stay what they are. All is computed in one type: float32, or float64 where a leaf
    has it and JAX has it enabled (`jax.config.update("jax_enable_x64", True)`); results come back in the
    type they were computed in.

    Args:
        name: what the tree is to whoever gave it, for the messages.
        params: any pytree.

    Returns:
        The tree with None in place of each leaf that stays; and the way back, `Whole`.

    Raises:
        TypeError: for a leaf that is no real number or array of them, named by its path; and when no leaf
            moves.
        ValueError: when there is no number, or one that moves is not finite.

    >>> moving, whole = split("params", {"w": np.ones(2), "step": 7})
    >>> moving["step"], whole(moving)["step"]
    (None, 7)
    """
    paths, structure = jax.tree_util.tree_flatten_with_path(params)
    kinds = [_kind(name, path, leaf) for path, leaf in paths]
    leaves = [leaf for _, leaf in paths]
    if not leaves:
        raise ValueError(f"{name} holds no array, and so no number")
    moves = [jnp.issubdtype(kind, jnp.floating) for kind in kinds]
    if not any(moves):
        raise TypeError(
            f"{name} holds no floating-point number, and nothing else moves: whole numbers and truth values "
            "stay where they are. Write 1.0 for 1"
        )
    if not sum(np.size(leaf) for leaf, moving in zip(leaves, moves, strict=True) if moving):
        raise ValueError(f"{name} holds no number: its floating-point arrays are empty")
    dtype = _common(leaf for leaf, moving in zip(leaves, moves, strict=True) if moving)
    cast = [
        _cast(name, path, leaf, dtype) if moving else None
        for (path, leaf), moving in zip(paths, moves, strict=True)
    ]
    return jax.tree.unflatten(structure, cast), Whole(name, leaves, structure, [not m for m in moves])


def _kind(name: str, path: Any, leaf: Any) -> np.dtype:
    """The type of a leaf's numbers.

    Raises:
        TypeError: unless they are real.
        ValueError: for an array whose memory was given away.
    """
    for kind in (bool, int, float):
        if isinstance(leaf, kind):
            return np.dtype(kind)
    given: Any = getattr(leaf, "dtype", None)
    array = isinstance(given, np.dtype) and (hasattr(leaf, "__array__") or hasattr(leaf, "__jax_array__"))
    if array and any(jnp.issubdtype(given, kind) for kind in (jnp.floating, jnp.integer, jnp.bool_)):
        if isinstance(leaf, jax.Array) and leaf.is_deleted():
            raise ValueError(f"{name}: the memory of {_place(path)} was donated; copy it before")
        return given
    raise TypeError(
        f"{name} must hold arrays of real numbers only; {_place(path)} is {_described(leaf, given)}. "
        f"{_advice(leaf, given)}"
    )


def _described(leaf: Any, kind: Any) -> str:
    """What a leaf that is refused is, in a few words."""
    if isinstance(leaf, jax.Array) and jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key):
        return "a random key"
    word = type(leaf).__name__
    article = "an" if word.lower().startswith((*"aeiou", "nd")) else "a"
    return f"{article} {word}" + ("" if kind is None else f" of {kind}")


def _advice(leaf: Any, kind: Any) -> str:
    """What to do about a leaf that is refused."""
    if type(leaf).__module__.split(".")[0] == "torch":
        return "Give NumPy arrays, tensor.detach().numpy(), and a loss that JAX can trace"
    if isinstance(leaf, complex) or (isinstance(kind, np.dtype) and kind.kind == "c"):
        return "Give real and imaginary parts as two arrays"
    return SPLIT


def _common(leaves: Iterable[Any]) -> np.dtype:
    """The type to compute in: double where an array has it, or nothing but Python's floats is given."""
    kinds = [getattr(leaf, "dtype", None) for leaf in leaves]
    wide = max((kind.itemsize for kind in kinds if kind is not None), default=8) > 4
    return jax.dtypes.canonicalize_dtype(np.float64 if wide else np.float32)


def _cast(name: str, path: Any, leaf: Any, dtype: Any) -> Any:
    """A leaf that moves, as an array of the common type: one of JAX stays on its device."""
    with np.errstate(over="ignore"):
        cast = leaf.astype(dtype) if isinstance(leaf, jax.Array) else np.asarray(leaf, dtype)
    if not np.all(finite := np.isfinite(cast)):
        worst = np.asarray(leaf)[~np.asarray(finite)].ravel()[0]
        kind = f" in {dtype}" if np.isfinite(worst) else ""
        raise ValueError(f"{name} must be finite{kind}; {_place(path)} holds {worst}")
    return cast


def _repeated(leaf: Any, lead: tuple[int, ...]) -> np.ndarray:
    """A leaf seen once for each row; a copy, which no later change of the original reaches."""
    return np.broadcast_to(np.array(leaf), (*lead, *np.shape(leaf)))


def _place(path: Any) -> str:
    return jax.tree_util.keystr(path) or "the tree itself"
