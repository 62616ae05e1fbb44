"""One net in every framework's layout: the same leaves move, each filter by its own norm."""

import equinox as eqx
import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx

import landscape as ls
from landscape.geometry.planes.filters import filters_of

KEY = jax.random.key(0)
RANDOM = np.random.default_rng(0)


def ones(*shape):
    return np.ones(shape, np.float32)


# One layer of each kind, as the frameworks hold it: (layout, tree, what moves).

LINEN = {
    "Conv_0": {"kernel": ones(3, 3, 2, 4), "bias": ones(4)},
    "BatchNorm_0": {"scale": ones(4), "bias": ones(4)},
    "LayerNorm_0": {"scale": ones(5, 4), "bias": ones(5, 4)},
    "MultiHeadDotProductAttention_0": {
        "query": {"kernel": ones(8, 2, 4), "bias": ones(2, 4)},
        "out": {"kernel": ones(2, 4, 8), "bias": ones(8)},
    },
    "Embed_0": {"embedding": ones(9, 8)},
    "Dense_0": {"kernel": ones(8, 1), "bias": ones(1)},
}
SCANNED = {
    "blocks": {
        "norm": {"scale": ones(3, 8)},
        "query": {"kernel": ones(3, 8, 2, 4)},
        "mlp": {"kernel": ones(3, 8, 16), "bias": ones(3, 16)},
        "gate": {"kernel": ones(3, 8, 16)},
    },
    "norm": {"scale": ones(8)},
    "head": {"kernel": ones(8, 5)},
}
HAIKU = {
    "conv2_d": {"w": ones(3, 3, 2, 4), "b": ones(4)},
    "conv2_d_transpose": {"w": ones(3, 3, 4, 2), "b": ones(4)},
    "net/~/batch_norm": {"scale": ones(1, 1, 1, 4), "offset": ones(1, 1, 1, 4)},
    "embed": {"embeddings": ones(9, 8)},
    "stack/linear": {"w": ones(3, 8, 5), "b": ones(3, 5)},
}
TORCH = {
    "0.weight": ones(4, 2, 3, 3),
    "0.bias": ones(4),
    "1.weight": ones(4),
    "1.bias": ones(4),
    "1.running_mean": ones(4),
    "1.num_batches_tracked": np.array(7),
    "norm.weight": ones(4, 3, 3),
    "2.weight": ones(5, 6),
    "2.bias": ones(5, 6),  # a normalization over two axes, which only its bias tells
    "up.weight": ones(4, 6, 2, 2),
    "up.bias": ones(6),
    "attn.in_proj_weight": ones(24, 8),
    "attn.in_proj_bias": ones(24),
    "wte.weight": ones(9, 8),
    "rnn.weight_ih_l0": ones(12, 1),
    "cls_token": ones(1, 1, 8),
    "head.weight": ones(1, 8),
}
CASES = {
    "linen": (
        "flax",
        LINEN,
        {
            "Conv_0/kernel": (3,),
            "Dense_0/kernel": (1,),
            "Embed_0/embedding": (0,),
            "MultiHeadDotProductAttention_0/out/kernel": (2,),
            "MultiHeadDotProductAttention_0/query/kernel": (1, 2),
        },
    ),
    "scanned": (
        "flax",
        SCANNED,
        {
            "blocks/gate/kernel": (0, 2),
            "blocks/mlp/kernel": (0, 2),
            "blocks/query/kernel": (0, 2, 3),
            "head/kernel": (1,),
        },
    ),
    "haiku": (
        "haiku",
        HAIKU,
        {
            "conv2_d/w": (3,),
            "conv2_d_transpose/w": (2,),
            "embed/embeddings": (0,),
            "stack/linear/w": (0, 2),
        },
    ),
    "torch": (
        "torch",
        TORCH,
        {
            "0.weight": (0,),
            "attn.in_proj_weight": (0,),
            "head.weight": (0,),
            "rnn.weight_ih_l0": (0,),
            "up.weight": (1,),
            "wte.weight": (0,),
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_layout_tells_weights_and_their_units(case):
    """Biases and normalizations stay; embeddings count rows, attention its heads, stacks their layers."""
    layout, params, moved = CASES[case]
    assert filters_of(params, filter_axis=layout) == moved


@pytest.mark.slow
def test_equinox_modules_tell_by_their_class():
    """Convolutions, embeddings, attention, recurrent cells, and layers stacked by a vmap."""

    class Model(eqx.Module):
        conv: eqx.nn.Conv1d
        table: eqx.nn.Embedding
        norm: eqx.nn.LayerNorm
        cell: eqx.nn.GRUCell
        stack: eqx.nn.Linear
        act: eqx.nn.PReLU

    stack = eqx.filter_vmap(lambda key: eqx.nn.Linear(4, 5, key=key))(jax.random.split(KEY, 3))
    made = Model(
        eqx.nn.Conv1d(2, 3, 3, key=KEY),
        eqx.nn.Embedding(7, 4, key=KEY),
        eqx.nn.LayerNorm((3, 4)),
        eqx.nn.GRUCell(2, 3, key=KEY),
        stack,
        eqx.nn.PReLU(0.1),
    )
    params = eqx.filter(made, eqx.is_inexact_array)
    assert filters_of(params, filter_axis="equinox") == {
        "conv/weight": (0,),
        "table/weight": (0,),
        "cell/weight_ih": (0,),
        "cell/weight_hh": (0,),
        "stack/weight": (0, 1),
    }


def test_flax_nnx_is_told_as_linen_is():
    """The variables of NNX hold one array each; their own name is no part of the path."""

    class Net(nnx.Module):
        def __init__(self, rngs):
            self.attn = nnx.MultiHeadAttention(2, 8, 8, rngs=rngs)
            self.norm = nnx.LayerNorm(8, rngs=rngs)
            self.table = nnx.Embed(5, 8, rngs=rngs)

    moved = filters_of(nnx.split(Net(nnx.Rngs(0)), nnx.Param)[1], filter_axis="flax")
    heads = {f"attn/{name}/kernel": (1, 2) for name in ("key", "query", "value")}
    assert moved == heads | {"attn/out/kernel": (2,), "table/embedding": (0,)}


@pytest.mark.slow
def test_a_real_scan_of_linen_is_told_layer_by_layer():
    class Block(nn.Module):
        @nn.compact
        def __call__(self, x, _):
            return nn.Dense(8, use_bias=False)(nn.LayerNorm()(x)), None

    class Net(nn.Module):
        @nn.compact
        def __call__(self, x):
            scan = nn.scan(Block, variable_axes={"params": 0}, split_rngs={"params": True}, length=3)
            return nn.Dense(1)(nn.LayerNorm()(scan()(x, None)[0]))

    params = Net().init(KEY, jnp.ones((2, 8)))["params"]
    assert filters_of(params, filter_axis="flax") == {
        "ScanBlock_0/Dense_0/kernel": (0, 2),
        "Dense_0/kernel": (1,),
    }


# The same numbers in other shapes


def norms(direction, weights, axes):
    """The norms of a direction and of its weights, filter by filter."""
    others = tuple(axis for axis in range(weights.ndim) if axis not in axes)
    return tuple(
        np.sort(np.sqrt((leaf.astype(np.float64) ** 2).sum(axis=others)).ravel())
        for leaf in (direction, weights)
    )


W1, W2 = RANDOM.normal(size=(8, 6)).astype(np.float32), RANDOM.normal(size=(6, 6)).astype(np.float32)
B1, B2, G = (RANDOM.normal(size=6).astype(np.float32) for _ in range(3))
EXPRESSED = {
    "flax": (
        "flax",
        {"a": {"kernel": W1, "bias": B1}, "norm": {"scale": G}, "c": {"kernel": W2, "bias": B2}},
    ),
    "haiku": ("haiku", {"a": {"w": W1, "b": B1}, "batch_norm": {"scale": G[None]}, "c": {"w": W2, "b": B2}}),
    "equinox": (
        "equinox",
        {"a": {"weight": W1.T, "bias": B1[:, None]}, "norm": {"weight": G}, "c": {"weight": W2.T}},
    ),
    "torch": ("torch", {"a.weight": W1.T, "a.bias": B1, "bn.weight": G, "c.weight": W2.T, "c.bias": B2}),
    "an axis": (
        -1,
        {
            "a": {"kernel": W1, "bias": B1[None, None]},
            "n": {"gamma": G[None]},
            "c": {"kernel": W2, "bias": B2},
        },
    ),
    "a list": (-1, [(W1, B1), (W2, B2)]),
}


@pytest.mark.parametrize("name", EXPRESSED)
def test_one_net_moves_alike_in_every_layout(name):
    """The same weights move, each filter by its own norm, whatever shape and container they come in."""
    layout, params = EXPRESSED[name]
    plane = ls.random_plane(params, KEY, filter_axis=layout)
    leaves = zip(jax.tree.leaves(params), jax.tree.leaves(plane.directions[1]), strict=True)
    moving = [(weights, drawn) for weights, drawn in leaves if drawn.any()]
    assert [weights.size for weights, _ in moving] == [48, 36]
    for (weights, drawn), axes in zip(moving, plane.moved.values(), strict=True):
        np.testing.assert_allclose(*norms(drawn, weights, axes), rtol=1e-5)
        np.testing.assert_allclose(
            norms(drawn, weights, axes)[1],
            np.sort(np.linalg.norm(W1 if weights.size == 48 else W2, axis=0)),
            rtol=1e-5,
        )


def test_layers_stacked_by_a_scan_move_as_layers_in_a_list_do():
    """One norm for each unit of each layer, and not one for all layers."""
    stacked = np.stack([W2, 10 * W2, 100 * W2])
    for axis in (-1, (0, -1), "flax"):
        tree = {"layers": {"kernel": stacked, "bias": np.stack([B2] * 3)}}
        drawn = ls.random_plane(tree, KEY, filter_axis=axis).directions[0]["layers"]
        lengths, wanted = (
            np.linalg.norm(leaf.astype(np.float64), axis=1) for leaf in (drawn["kernel"], stacked)
        )
        assert np.allclose(lengths, wanted, rtol=1e-5) == (axis != -1)
        assert not drawn["bias"].any()
