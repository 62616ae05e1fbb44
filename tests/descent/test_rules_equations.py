"""Where conventions differ, every rule is its written equation, in NumPy and double precision."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls

START = np.array([-1.2, 1.5])
STEPS = 60


@pytest.fixture(autouse=True)
def _double_precision():
    with jax.enable_x64(True):
        yield


def rosenbrock(p):
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def gradient(p):
    bend = p[1] - p[0] ** 2
    return np.array([-2 * (1 - p[0]) - 400 * p[0] * bend, 200 * bend])


def hessian(p):
    return np.array([[2 - 400 * (p[1] - 3 * p[0] ** 2), -400 * p[0]], [-400 * p[0], 200.0]])


def sgd(x, lr):
    while True:
        x = x - lr * gradient(x)
        yield x


def nesterov(x, lr, rho):
    v = np.zeros(2)
    while True:
        v = rho * v + gradient(x - lr * rho * v)
        x = x - lr * v
        yield x


def adagrad(x, lr, eps):
    s = np.zeros(2)
    while True:
        g = gradient(x)
        s = s + g**2
        x = x - lr * g / (np.sqrt(s) + eps)
        yield x


def adadelta(x, lr, rho, eps):
    s, u = np.zeros(2), np.zeros(2)
    while True:
        g = gradient(x)
        s = rho * s + (1 - rho) * g**2
        d = np.sqrt(u + eps) / np.sqrt(s + eps) * g
        u = rho * u + (1 - rho) * d**2
        x = x - lr * d
        yield x


def rmsprop(x, lr, decay, eps, momentum=0.0, centered=False):
    s, m, v = np.zeros(2), np.zeros(2), np.zeros(2)
    while True:
        g = gradient(x)
        s = decay * s + (1 - decay) * g**2
        m = decay * m + (1 - decay) * g
        v = momentum * v + g / (np.sqrt(s - m**2 if centered else s) + eps)
        x = x - lr * v
        yield x


def adam(x, lr, b1, b2, eps, correct=True, amsgrad=False):
    m, v, top, t = np.zeros(2), np.zeros(2), np.zeros(2), 0
    while True:
        t += 1
        g = gradient(x)
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
        top = np.maximum(top, v) if amsgrad else v
        c1, c2 = (1 - b1**t, 1 - b2**t) if correct else (1, 1)
        x = x - lr * (m / c1) / (np.sqrt(top / c2) + eps)
        yield x


def lion(x, lr, b1, b2, decay):
    m = np.zeros(2)
    while True:
        g = gradient(x)
        x = x - lr * (np.sign(b1 * m + (1 - b1) * g) + decay * x)
        m = b2 * m + (1 - b2) * g
        yield x


def sam_nesterov(x, lr, rho, radius):
    v = np.zeros(2)
    while True:
        ahead = x - lr * rho * v
        g = gradient(ahead)
        v = rho * v + gradient(ahead + radius * g / np.linalg.norm(g))
        x = x - lr * v
        yield x


def newton(x, lr, damping):
    while True:
        x = x - lr * np.linalg.solve(hessian(x) + damping * np.eye(2), gradient(x))
        yield x


def backtracking(x, first, share, shrink):
    while True:
        g, a = gradient(x), first
        while rosenbrock(x - a * g) > rosenbrock(x) - share * a * g @ g:
            a *= shrink
        x = x - a * g
        yield x


def lbfgs(x, memory):
    """The same steps from dense matrices: BFGS updates of gamma I by the last few pairs."""
    pairs, before = [], None
    while True:
        g = gradient(x)
        if before is not None:
            s, y = x - before[0], g - before[1]
            if s @ y > 0:
                pairs = [*pairs, (s, y)][-memory:]
        before = (x, g)
        inverse = np.eye(2) / max(1, np.linalg.norm(g))
        if pairs:
            s, y = pairs[-1]
            inverse = np.eye(2) * (s @ y) / (y @ y)
        for s, y in pairs:
            turn = np.eye(2) - np.outer(s, y) / (s @ y)
            inverse = turn @ inverse @ turn.T + np.outer(s, s) / (s @ y)
        d, a = -inverse @ g, 1.0
        while rosenbrock(x + a * d) > rosenbrock(x) + 1e-4 * a * g @ d:
            a *= 0.5
        x = x + a * d
        yield x


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (ls.SGD(1e-3), sgd(START, 1e-3)),
        (ls.Nesterov(5e-4, 0.9), nesterov(START, 5e-4, 0.9)),
        (ls.AdaGrad(0.3, 0.5), adagrad(START, 0.3, 0.5)),
        (ls.AdaDelta(2.0, 0.9, 1e-3), adadelta(START, 2.0, 0.9, 1e-3)),
        (ls.RMSProp(0.01, 0.9, 0.6, 0.1), rmsprop(START, 0.01, 0.9, 0.1, 0.6)),
        (ls.RMSProp(0.01, 0.9, 0.6, 0.1, centered=True), rmsprop(START, 0.01, 0.9, 0.1, 0.6, True)),
        (ls.Adam(0.05, 0.8, 0.99, 0.1), adam(START, 0.05, 0.8, 0.99, 0.1)),
        (ls.Adam(0.01, bias_correction=False), adam(START, 0.01, 0.9, 0.999, 1e-8, correct=False)),
        (ls.AMSGrad(0.05, 0.8, 0.9, 0.1), adam(START, 0.05, 0.8, 0.9, 0.1, amsgrad=True)),
        (ls.Lion(0.01, 0.9, 0.99, 0.3), lion(START, 0.01, 0.9, 0.99, 0.3)),
        (ls.SAM(ls.Nesterov(2e-4, 0.8), 0.1), sam_nesterov(START, 2e-4, 0.8, 0.1)),
        (ls.Newton(0.3, 5.0), newton(START, 0.3, 5.0)),
        (ls.Backtracking(1.0, 0.1, 0.7), backtracking(START, 1.0, 0.1, 0.7)),
    ],
    ids=lambda case: getattr(case, "__name__", type(case).__name__),
)
def test_the_path_is_the_written_equation(rule, written):
    path = ls.run(rule, rosenbrock, START, STEPS).params
    expected = np.array([START, *(next(written) for _ in range(STEPS))])
    np.testing.assert_allclose(path, expected, rtol=1e-9, atol=1e-9)
    assert np.ptp(expected, axis=0).min() > 1e-2


@pytest.mark.parametrize("memory", [1, 3, 10])
def test_lbfgs_is_bfgs_with_the_last_pairs(memory):
    """Over 15 steps: the secant pairs multiply a last digit by a power of ten every few steps."""
    path = ls.run(ls.LBFGS(memory_size=memory), rosenbrock, START, 15).params
    written = lbfgs(START, memory)
    expected = np.array([START, *(next(written) for _ in range(15))])
    np.testing.assert_allclose(path, expected, rtol=1e-7)
    assert np.linalg.norm(expected[-1] - START) > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rosenbrock", "beale", "himmelblau", "six_hump_camel"])
@pytest.mark.parametrize("enabled", [False, True], ids=["single", "double"])
def test_searching_rules_never_rise_and_lbfgs_arrives(name, enabled):
    surface = ls.SURFACES[name]
    with jax.enable_x64(enabled):
        for rule in (ls.Backtracking(), ls.LBFGS()):
            loss = ls.run(rule, surface, surface.start, 100).loss
            digit = np.finfo(loss.dtype).eps * np.abs(loss[:-1])
            assert (np.diff(loss) <= 2 * digit).all()
        assert min(abs(loss[-1] - float(surface(jnp.asarray(m)))) for m in surface.minima) < 1e-5


def test_a_search_counts_every_loss_it_computes():
    path = ls.run(ls.Backtracking(1.0, decrease_factor=0.5), lambda p: 8 * jnp.sum(p**2), np.array([1.0]), 1)
    # at curvature 16 the steps 1, 1/2 and 1/4 overshoot, and 1/8 lands on the mirror image
    assert path.evaluations.tolist() == [0, 1 + 5]
    assert path.params.ravel().tolist() == [1.0, 0.0]


def test_a_search_that_finds_no_step_stays():
    rising = ls.Backtracking(1.0, max_backtracking_steps=3)
    path = ls.run(rising, lambda p: 1e6 * jnp.sum(p**2), np.array([1.0]), 2)
    assert path.params.ravel().tolist() == [1, 1, 1]
    assert path.evaluations.tolist() == [0, 4, 8]


def test_newton_goes_to_a_saddle_and_damping_leaves_it():
    saddle = ls.SURFACES["saddle"]
    start = np.array([1.0, 0.1])
    assert np.linalg.norm(ls.run(ls.Newton(), saddle, start, 3).params[-1]) < 1e-12
    damped = ls.run(ls.Newton(damping=20.0), saddle, start, 300)
    assert damped.loss[-1] < damped.loss[0] - 1


def test_newton_stops_where_the_hessian_is_singular():
    path = ls.run(ls.Newton(), lambda p: p[0] ** 2 + p[1], np.array([1.0, 1.0]), 3)
    assert path.last == 0
    assert np.isfinite(path.params).all()


@pytest.mark.slow
def test_evaluations_count_gradients():
    surface = ls.SURFACES["himmelblau"]
    spent = {
        name: int(ls.run(rule, surface, surface.start, 10).evaluations[-1])
        for name, rule in {
            "sgd": ls.SGD(1e-3),
            "sam": ls.SAM(ls.SGD(1e-3)),
            "newton": ls.Newton(),
            "sam newton": ls.SAM(ls.Newton()),
            "clipped sam": ls.ClipNorm(ls.SAM(ls.Momentum(1e-3))),
            "decayed newton": ls.WeightDecay(ls.Newton()),
        }.items()
    }
    assert spent == {
        "sgd": 10,
        "sam": 20,
        "newton": 30,
        "sam newton": 60,
        "clipped sam": 20,
        "decayed newton": 30,
    }


@pytest.mark.parametrize("wrapper", [ls.SAM, ls.ClipNorm, ls.WeightDecay])
def test_a_wrapper_around_no_rule_says_what_it_wants(wrapper: type) -> None:
    """A number where the rule belongs is refused by name."""
    with pytest.raises(TypeError, match="goes around a rule"):
        ls.run(wrapper(0.1), lambda x: (x**2).sum(), np.ones(2), steps=3)
