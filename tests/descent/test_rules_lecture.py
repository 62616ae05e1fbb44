"""The lecture notes' statements about momentum and adaptive rates, each checked by running the rule."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.core import tree


@pytest.fixture(autouse=True)
def _double_precision():
    with jax.enable_x64(True):
        yield


def bowl(curvature):
    return lambda x: curvature / 2 * jnp.sum(x**2)


def walk(rule, loss, start, steps):
    return ls.run(rule, loss, np.atleast_1d(np.asarray(start, dtype=np.float64)), steps)


def slope(rule, steps, gradient=1.0):
    """How far each step goes down a line of constant slope, in units of the learning rate."""
    return -walk(rule, lambda x: gradient * jnp.sum(x), 0.0, steps).update.ravel() / rule.learning_rate


def feed(rule, gradients):
    """The update of each step and the memory after it, when a rule is fed these gradients."""

    def step(state, gradient):
        update, state = rule.direction(gradient, state, jnp.zeros_like(gradient))
        return state, (update, state)

    gradients = jnp.asarray(gradients, jnp.float64)
    return jax.lax.scan(step, rule.init(gradients[0]), gradients)[1]


@pytest.mark.row("S1-18")
@pytest.mark.parametrize(
    ("name", "preset"),
    [
        ("sgd", {"learning_rate": 1e-3}),
        ("momentum", {"learning_rate": 1e-3, "momentum": 0.9}),
        ("nesterov", {"learning_rate": 1e-3, "momentum": 0.9}),
        ("adagrad", {"learning_rate": 0.5}),
        ("adadelta", {}),
        ("rmsprop", {"learning_rate": 0.01}),
        ("adam", {"learning_rate": 0.05}),
    ],
)
def test_every_rule_of_the_lecture_descends_rosenbrock(name, preset):
    path = walk(ls.OPTIMIZERS[name](**preset), ls.SURFACES["rosenbrock"], [-1.5, 2.0], 2000)
    assert path.loss[0] == 12.5
    assert path.loss[-1] < 1.25


@pytest.mark.row("S2-29")
def test_the_velocity_is_the_faded_sum_of_past_gradients():
    path = walk(ls.Momentum(1e-3, 0.9), ls.SURFACES["rosenbrock"], [-1.5, 2.0], 50)
    for t in (1, 10, 50):
        weights = 0.9 ** np.arange(t)[::-1]
        np.testing.assert_allclose(path.state["velocity"][t], weights @ path.gradient[:t], rtol=1e-6)
    push = feed(ls.Momentum(1.0, 0.9), np.r_[np.ones(2000), np.zeros(2000)])[0]
    assert -push[2000:].sum() == pytest.approx(0.9 / (1 - 0.9) ** 2)  # 90 steps' worth of coasting


@pytest.mark.row("S2-30", "S3-16")
def test_momentum_builds_up_to_its_terminal_velocity():
    for momentum, memory, slack in ((0.9, 10, 1), (0.99, 100, 2)):
        steps = slope(ls.Momentum(0.1, momentum), 3000)
        assert steps[-1] == pytest.approx(memory, rel=1e-3)
        assert abs(np.argmax(steps > (1 - np.exp(-1)) * memory) + 1 - memory) <= slack


@pytest.mark.slow
@pytest.mark.row("S2-31", "S2-32", "S2-33", "S2-36", "S3-18")
def test_nesterov_jumps_measures_and_corrects():
    surface, rate, rho = ls.SURFACES["beale"], 1e-3, 0.9
    path = walk(ls.Nesterov(rate, rho), surface, surface.start, 30)
    gradient = jax.jit(jax.grad(surface))
    for t in range(30):
        x, v = path.params[t], path.state["velocity"][t]
        ahead = x - rate * rho * v
        measured = np.asarray(gradient(jnp.asarray(ahead)))
        moved = path.params[t + 1]
        np.testing.assert_allclose(moved - x, -rate * (rho * v + measured), atol=1e-12)
        assert np.linalg.norm(moved - ahead) == pytest.approx(rate * np.linalg.norm(measured), abs=1e-12)
        ball = x - rate * (rho * v + path.gradient[t])
        np.testing.assert_allclose(moved - ball, rate * (path.gradient[t] - measured), atol=1e-12)
    np.testing.assert_allclose(slope(ls.Nesterov(0.1, 0.9), 50), slope(ls.Momentum(0.1, 0.9), 50))
    x = walk(ls.Nesterov(0.01, 0.9), bowl(10.0), 1.0, 2).params.ravel()
    first = 1 - 0.01 * 10.0
    second = first - 0.01 * (0.9 * 10.0 + 10.0 * (first - 0.01 * 0.9 * 10.0))
    np.testing.assert_allclose(x, [1.0, first, second], atol=1e-12)


@pytest.mark.row("S3-17")
def test_momentum_leaves_a_saddle_sooner():
    saddle = lambda p: (p[0] ** 2 - p[1] ** 2) / 2  # noqa: E731
    taken = [
        int(np.argmax(np.abs(walk(rule, saddle, [1.0, 1e-8], 300).params[:, 1]) > 1))
        for rule in (ls.Momentum(0.1, 0.9), ls.SGD(0.1))
    ]
    assert 0 < taken[0] < taken[1] / 2


@pytest.mark.row("S3-20")
def test_on_a_convex_loss_nesterov_keeps_below_its_bound():
    """Momentum (k - 1) / (k + 2), in the form whose gradient is taken at the lookahead point."""
    curvatures = np.array([1.0, 1000.0])
    before = x = np.ones(2)
    for t in range(1, 501):
        ahead = x + (t - 2) / (t + 1) * (x - before) if t > 1 else x
        rule = ls.SGD(1 / 1000)
        update, _ = rule.direction(jnp.asarray(curvatures * ahead), {}, jnp.asarray(ahead))
        before, x = x, ahead + np.asarray(update)
        assert (curvatures * x**2).sum() / 2 <= 2 * 1000 * 2 / (t + 1) ** 2


@pytest.mark.slow
@pytest.mark.row("S2-37", "S2-39")
def test_adagrad_sums_squared_gradients():
    path = walk(ls.AdaGrad(0.5), ls.SURFACES["rosenbrock"], [-1.5, 2.0], 100)
    np.testing.assert_allclose(path.state["square_sum"][1:], np.cumsum(path.gradient[:-1] ** 2, 0), rtol=1e-9)
    resting = walk(ls.AdaGrad(0.0), bowl(1.0), 1.0, 10)
    assert resting.state["square_sum"].ravel().tolist() == list(range(11))
    steps = slope(ls.AdaGrad(0.5), 1000)
    np.testing.assert_allclose(steps[[3, 99, 999]], [0.5, 0.1, 0.0316228], rtol=1e-3)


@pytest.mark.row("S2-38")
def test_adagrad_gives_a_rare_feature_longer_steps():
    gradients = np.ones((10_000, 2))
    gradients[:, 1] = np.arange(10_000) % 100 == 99
    updates = np.asarray(feed(ls.AdaGrad(1.0), gradients)[0])
    assert updates[-1, 1] / updates[-1, 0] == pytest.approx(10, abs=0.1)


@pytest.mark.row("S2-40")
def test_adagrad_slows_but_its_travel_has_no_end():
    assert slope(ls.AdaGrad(1.0), 100).sum() == pytest.approx((1 / np.sqrt(np.arange(1, 101))).sum())
    assert abs(walk(ls.AdaGrad(0.1), bowl(1.0), 1.0, 5000).params[-1, 0]) < 1e-6


@pytest.mark.row("S2-41", "S2-43", "S2-45")
def test_an_average_neither_grows_nor_needs_a_window():
    path = walk(ls.AdaGrad(1e-3), lambda x: jnp.sum(x), 0.0, 1000)
    assert path.state["square_sum"][-1, 0] == 1000
    assert walk(ls.AdaDelta(), lambda x: jnp.sum(x), 0.0, 1000).state["square_average"].max() <= 1
    net = {"w": jnp.zeros((30, 7)), "b": jnp.zeros(7)}
    sizes = {tree.size(ls.RMSProp(0.01, decay).init(net)["square_average"]) for decay in (0.9, 0.99, 0.999)}
    assert sizes == {tree.size(net)}  # a window of w would hold w times as many


@pytest.mark.row("S2-42", "S2-44")
def test_how_long_an_average_remembers():
    """One gradient among zeros leaves the weight (1 - decay) decay^k after k steps."""
    impulse = np.r_[1.0, np.zeros(20_000)]
    weights = np.asarray(feed(ls.RMSProp(0.1, 0.99), impulse)[1]["square_average"])
    assert weights[:100].sum() == pytest.approx(0.634, abs=1e-3)
    assert weights[:300].sum() == pytest.approx(0.951, abs=1e-3)
    assert (np.arange(len(weights)) * weights).sum() == pytest.approx(99, abs=1e-3)


@pytest.mark.row("S2-46")
def test_the_hidden_rate_of_adadelta():
    first = [slope(ls.AdaDelta(1.0, 0.95, eps), 1, 1000.0)[0] for eps in (1e-8, 1e-6, 1e-4)]
    assert first[1] == pytest.approx(0.004472, abs=1e-5)
    np.testing.assert_allclose(np.diff(np.log10(first)), 1.0, atol=1e-4)


@pytest.mark.row("S2-47")
def test_rmsprop_begins_long_and_settles_at_its_rate():
    for decay, first in ((0.9, 3.1623), (0.99, 10.0)):
        steps = slope(ls.RMSProp(0.01, decay), 2000)
        assert steps[0] == pytest.approx(first, rel=1e-4)
        assert steps[-1] == pytest.approx(1.0, rel=1e-4)


@pytest.mark.row("S2-48")
def test_adam_without_momentum_is_rmsprop():
    start, surface = [-1.5, 2.0], ls.SURFACES["rosenbrock"]
    adam = walk(ls.Adam(0.01, 0.0, 0.9, 1e-8, bias_correction=False), surface, start, 200)
    np.testing.assert_allclose(
        adam.params, walk(ls.RMSProp(0.01, 0.9), surface, start, 200).params, atol=1e-9
    )


@pytest.mark.slow
@pytest.mark.row("S2-49", "S3-29")
def test_adam_begins_with_a_step_of_its_rate():
    for gradient in (1e-3, 1.0, 1e3):
        assert slope(ls.Adam(0.1), 1, gradient)[0] == pytest.approx(1, rel=1e-4)
        assert slope(ls.Adam(0.1, bias_correction=False), 1, gradient)[0] == pytest.approx(3.1623, rel=1e-3)
    path = walk(ls.Adam(0.05, eps=0.0), ls.SURFACES["rosenbrock"], [-1.5, 2.0], 100)
    t = np.arange(1, 101)[:, None]
    m, v = path.state["first_moment"][1:], path.state["second_moment"][1:]
    faster = -0.05 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / np.sqrt(v)
    np.testing.assert_allclose(path.update, faster, atol=1e-10)


@pytest.mark.row("S3-29")
def test_adam_forgets_a_rare_large_gradient_and_amsgrad_does_not():
    """Reddi's loss on [-1, 1]: slope 3 in every third step, -1 in the others; the best point is -1."""

    def end(rule):
        def step(carry, t):
            x, state = carry
            update, state = rule.direction(jnp.where(t % 3 == 0, 3.0, -1.0), state, x)
            return (jnp.clip(x + update, -1, 1), state), None

        x = jnp.float64(0.0)
        return jax.lax.scan(step, (x, rule.init(x)), jnp.arange(30_000))[0][0]

    assert end(ls.Adam(0.05, 0.0, 0.1, bias_correction=False)) > 0.9
    assert end(ls.AMSGrad(0.001, 0.0, 0.1)) < -0.9


@pytest.mark.row("S3-21")
def test_eps_outside_the_root_hardly_shortens_the_first_step():
    step = slope(ls.AdaGrad(1.0, 1e-7), 1, 1e-8)[0]
    assert step == pytest.approx(0.0909, rel=1e-3)
    assert 1e-8 / np.sqrt(1e-16 + 1e-7) == pytest.approx(3.16e-5, rel=1e-3)  # inside, as others have it


@pytest.mark.row("S3-22", "S3-23")
def test_adagrad_treats_every_coordinate_alone_and_equally():
    ravine = lambda scale: lambda p: (p[0] ** 2 + scale * p[1] ** 2) / 2  # noqa: E731
    one, other = (walk(ls.AdaGrad(0.1, 0.0), ravine(scale), [1.0, 1.0], 50) for scale in (1.0, 100.0))
    np.testing.assert_allclose(one.params[:, 0], other.params[:, 0], atol=1e-12)
    np.testing.assert_allclose(other.update[0, 0], other.update[0, 1], rtol=1e-9)
    assert (np.diff(other.effective_step, axis=0) <= 1e-15).all()


@pytest.mark.slow
@pytest.mark.row("S3-24")
def test_the_effective_rate_of_adagrad_never_rises():
    for name in ("ravine", "rosenbrock", "beale", "himmelblau"):
        surface = ls.SURFACES[name]
        path = walk(ls.AdaGrad(0.5), surface, surface.start, 200)
        effective = 0.5 / (np.sqrt(path.state["square_sum"][1:]) + 1e-7)
        assert (np.diff(effective, axis=0) <= 0).all()
        np.testing.assert_allclose(path.effective_step[:50], effective[:50], rtol=1e-5)
    steps = np.log(slope(ls.AdaGrad(1.0), 1000))
    assert np.polyfit(np.log(np.arange(1, 1001)), steps, 1)[0] == pytest.approx(-0.5, abs=0.01)


@pytest.mark.row("S3-25")
def test_adagrad_settles_where_rmsprop_buzzes():
    assert abs(walk(ls.AdaGrad(0.1), bowl(1.0), 1.0, 5000).params[-1, 0]) < 1e-6
    buzz = np.abs(walk(ls.RMSProp(0.1), bowl(1.0), 1.0, 5000).params[-50:])
    np.testing.assert_allclose(buzz, 0.05, atol=0.005)


@pytest.mark.slow
@pytest.mark.row("S3-26")
@pytest.mark.parametrize("degrees", [0, 45])
def test_adagrad_on_a_saddle_depends_on_how_it_is_turned(degrees):
    turn = np.deg2rad(degrees)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])

    def saddle(p):
        s, u = axes @ p
        return s**2 / 2 - 0.05 * u**2

    def leaving(rule, steps):
        across = walk(rule, saddle, axes.T @ [2.0, 1e-3], steps).params @ axes[1]
        assert np.abs(across).max() > 1
        return int(np.argmax(np.abs(across) > 1))

    descent, adagrad = leaving(ls.SGD(0.05), 2000), leaving(ls.AdaGrad(0.05), 20_000)
    assert descent == pytest.approx(1386, abs=2)
    if degrees == 0:
        assert adagrad < descent
    else:
        assert adagrad > 5 * descent
        assert adagrad > 50 * leaving(ls.RMSProp(0.05), 2000)


@pytest.mark.row("S3-27")
def test_the_limits_of_rmsprops_decay():
    for gradient in (1e-3, 1.0, 1e3):
        np.testing.assert_allclose(slope(ls.RMSProp(0.1, 0.0, eps=0.0), 5, gradient), 1.0, rtol=1e-6)
    assert slope(ls.RMSProp(0.1, 1.0, eps=1e-7), 1)[0] == pytest.approx(1e7)


@pytest.mark.row("S3-28")
def test_an_average_forgets_a_steep_past():
    gradients = np.r_[np.full(1000, 10.0), np.full(200, 0.01)]
    adagrad, rmsprop = (feed(rule, gradients)[0] for rule in (ls.AdaGrad(0.1), ls.RMSProp(0.1, 0.9)))
    assert -adagrad[-1] == pytest.approx(3.16e-6, rel=1e-2)
    assert -rmsprop[-1] == pytest.approx(0.1, rel=1e-2)
