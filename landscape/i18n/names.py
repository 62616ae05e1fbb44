"""What runners are called: the rule, everything put around it, and what tells two of a kind apart."""

from collections import Counter, defaultdict

from landscape.descent.rules.registry import OPTIMIZERS
from landscape.i18n.catalogue import text
from landscape.i18n.fields import label
from landscape.i18n.numbers import number
from landscape.scenario import Runner
from landscape.scenario.document import WithRunners
from landscape.scenario.fields import complete, hyperparameters

SYMBOLS = {
    r"\rho": "ρ",
    r"\gamma": "γ",
    r"\beta_1": "β₁",
    r"\beta_2": "β₂",
    r"\epsilon": "ε",
    r"\lambda": "λ",
    r"\mu": "μ",
    r"\tau": "τ",
    "c_1": "c₁",
}
"""The letters of hyperparameters, as a label can show them."""


def names(scenario: WithRunners, language: str, *, short: bool = False) -> dict[str, str]:
    """The name of each runner by its id: a person's own label, or one made from what the runner is.

    Clipping, decay, a schedule and a wrapped rule always show. Of several of a kind the first keeps
    the plain name; the others say how they differ, the rate before anything else.

    Args:
        scenario: whose runners.
        language: one of `LANGUAGES`.
        short: as short as a label at the moving point should be.

    >>> from landscape.scenario import Scenario
    >>> race = Scenario(problem={"name": "bowl"}, start=(1, 1), runners=[
    ...     {"id": "a", "rule": "sgd", "fields": {"learning_rate": 0.01}, "slot": 1},
    ...     {"id": "b", "rule": "sgd", "fields": {"learning_rate": 0.01}, "slot": 2, "clip_norm": 1},
    ...     {"id": "c", "rule": "sgd", "fields": {"learning_rate": 0.05}, "slot": 3}])
    >>> list(names(race, "en").values())
    ['Gradient descent', 'GD + clip 1', 'GD, rate × 5']
    >>> list(names(race, "ko", short=True).values())
    ['경사 하강', '경사 하강 + 자르기 1', '경사 하강 × 5']
    """
    kinds: defaultdict[tuple, list[Runner]] = defaultdict(list)
    labels = {}
    for runner in scenario.runners:
        around = _around(runner, language)
        kind = kinds[runner.rule, *around]
        apart = _apart(kind[0], runner, language, short) if kind else ""
        plain = "short" if short or around or apart else "name"
        kind.append(runner)
        made = " + ".join([text(f"rule.{runner.rule}.{plain}", language), *around]) + apart
        labels[runner.id] = runner.name or made
    return _unique(labels)


def _around(runner: Runner, language: str) -> list[str]:
    """Everything that was put around the rule."""
    shown = []
    if runner.base:
        shown.append(text(f"rule.{runner.base}.short", language))
    for field in ("clip_value", "clip_norm", "weight_decay"):
        value = getattr(runner, field)
        if value is not None:
            shown.append(f"{text(f'rule.{field}.short', language)} {number(value, language)}")
    if runner.schedule:
        shown.append(text(f"schedule.{runner.schedule.name}.short", language))
    return shown


def _apart(first: Runner, runner: Runner, language: str, short: bool) -> str:
    """How a runner differs from the first of its kind; nothing when it does not."""
    length = "short" if short else "name"
    factor = runner.learning_rate / first.learning_rate
    if factor > 1.5 and abs(factor - round(factor)) < 1e-6 * factor:
        return text(f"apart.times.{length}", language, value=number(round(factor), language))
    if factor != 1:
        return text(f"apart.rate.{length}", language, value=number(runner.learning_rate, language))
    kind = OPTIMIZERS[runner.rule]
    here, there = complete(kind, runner.fields), complete(kind, first.fields)
    for field, value in here.items():
        if value != there[field]:
            shown = text(f"apart.{value}", language) if isinstance(value, bool) else number(value, language)
            symbol = SYMBOLS.get(hyperparameters(kind)[field].metadata.get("symbol", ""))
            return f", {symbol or label(f'rule.{runner.rule}', field, language)} {shown}"
    return ""


def _unique(labels: dict[str, str]) -> dict[str, str]:
    """The labels, numbered from the second on where the same one comes again."""
    seen: Counter[str] = Counter()
    for key, name in labels.items():
        seen[name] += 1
        labels[key] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return labels
