"""Races of one click, each built to show one thing; the tests run them and check that it shows."""

from typing import Any

from landscape.scenario import Problem, Runner, Scenario


def race(surface: str, start: tuple[float, float], steps: int, *runners: Runner, **fields: Any) -> Scenario:
    """A race on a named surface with some of its fields set."""
    return Scenario(problem=Problem(name=surface, fields=fields), start=start, steps=steps, runners=runners)


def runner(
    slot: int, rule: str, learning_rate: float, clip_norm: float | None = None, **fields: Any
) -> Runner:
    """A runner named after its slot."""
    fields = {"learning_rate": learning_rate, **fields}
    return Runner(id=f"r{slot}", rule=rule, fields=fields, slot=slot, clip_norm=clip_norm)


PRESETS: dict[str, Scenario] = {
    # Six rules down the same valley, and one of them again at a rate that the first wall punishes.
    "default": race(
        "beale",
        (1.0, 1.5),
        300,
        runner(1, "sgd", 0.01),
        runner(2, "momentum", 0.003, momentum=0.9),
        runner(3, "nesterov", 0.003, momentum=0.9),
        runner(4, "adagrad", 0.4),
        runner(5, "rmsprop", 0.02),
        runner(6, "adam", 0.1),
        runner(7, "sgd", 0.05),
    ),
    # Curvatures 1 and 100, both rules at their best for them: 2 / (1 + 100) for gradient descent;
    # (2 / (1 + 10))^2 and ((10 - 1) / (10 + 1))^2 for the heavy ball (Polyak 1964).
    "ravine_momentum": race(
        "ravine",
        (-2.6, 1.2),
        200,
        runner(1, "sgd", 2 / 101),
        runner(2, "momentum", 4 / 121, momentum=81 / 121),
        condition=100.0,
    ),
    # A hundredth off the ridge. Newton's method goes to the saddle and stays.
    "saddle_escape": race(
        "saddle",
        (-1.8, 0.01),
        150,
        runner(1, "sgd", 0.02),
        runner(2, "momentum", 0.02, momentum=0.9),
        runner(4, "adagrad", 0.1),
        runner(5, "rmsprop", 0.02),
        runner(6, "adam", 0.02),
        runner(7, "newton", 1.0),
    ),
    # The border is 2 / 20, two over the largest curvature.
    "rate_small_right_large": race(
        "ravine",
        (-2.6, 1.2),
        100,
        runner(1, "sgd", 0.002),
        runner(4, "sgd", 0.08),
        runner(3, "sgd", 0.11),
        condition=20.0,
    ),
    # One rate for all three, so that the first steps are comparable and only the memory differs.
    "adagrad_stalls": race(
        "ravine",
        (-2.6, 1.2),
        300,
        runner(4, "adagrad", 0.1),
        runner(5, "rmsprop", 0.1),
        runner(6, "adam", 0.1),
        condition=20.0,
        angle=30.0,
    ),
    # Gradient descent meets the wall at step 22; whether a run does is a matter of a hair's breadth, and
    # from this start moved by a few ten-thousandths it still does.
    "cliff": race(
        "cliff",
        (4.25, -3.1),
        100,
        runner(1, "sgd", 0.3),
        runner(2, "sgd", 0.3, clip_norm=1.0),
        runner(3, "sgd", 0.3, clip_norm=0.1),
    ),
    # Velocity, or a rate too large for the first well, carries over the pass.
    "local_or_global": race(
        "double_well",
        (1.7, 0.9),
        150,
        runner(1, "sgd", 0.1),
        runner(2, "momentum", 0.03, momentum=0.9),
        runner(3, "nesterov", 0.02, momentum=0.9),
        runner(5, "rmsprop", 0.03),
        runner(6, "adam", 0.1),
        runner(7, "sgd", 0.6),
        tilt=0.15,
    ),
}
