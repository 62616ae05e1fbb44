"""Every update rule by name: `landscape` itself, menus, links, tests and documents are derived from here."""

from landscape.descent.rules.adam import Adam, AdamW, AMSGrad
from landscape.descent.rules.adam_variants import AdaBelief, AdaMax, NAdam, RAdam
from landscape.descent.rules.adaptive import AdaDelta, AdaGrad, RMSProp
from landscape.descent.rules.first_order import SGD, Momentum, Nesterov
from landscape.descent.rules.line_search import Backtracking
from landscape.descent.rules.lion import Lion
from landscape.descent.rules.rule import Rule
from landscape.descent.rules.second_order import LBFGS, Newton
from landscape.descent.rules.wrappers import SAM, ClipNorm, ClipValue, WeightDecay

__all__ = [
    "LBFGS",
    "OPTIMIZERS",
    "SAM",
    "SGD",
    "WRAPPERS",
    "AMSGrad",
    "AdaBelief",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Backtracking",
    "ClipNorm",
    "ClipValue",
    "Lion",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Newton",
    "RAdam",
    "RMSProp",
    "WeightDecay",
]

RULES: tuple[type[Rule], ...] = (
    SGD,
    Momentum,
    Nesterov,
    AdaGrad,
    AdaDelta,
    RMSProp,
    Adam,
    AdamW,
    AMSGrad,
    AdaMax,
    NAdam,
    RAdam,
    AdaBelief,
    Lion,
    SAM,
    Newton,
    LBFGS,
    Backtracking,
)

OPTIMIZERS: dict[str, type[Rule]] = {rule.__name__.lower(): rule for rule in RULES}

WRAPPERS: dict[str, type[Rule]] = {
    "clip_norm": ClipNorm,
    "clip_value": ClipValue,
    "weight_decay": WeightDecay,
}
