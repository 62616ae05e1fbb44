"""Landscape: see why training works or fails, on surfaces and on real networks.

>>> import landscape as ls
>>> rosenbrock = ls.SURFACES["rosenbrock"]
>>> path = ls.run(ls.Adam(0.05), rosenbrock, rosenbrock.start, steps=500)
>>> path.params.shape, bool(path.loss[-1] < path.loss[0])
((501, 2), True)
"""

from importlib import import_module
from types import ModuleType

import landscape.backend  # noqa: F401 - first, for it prepares what JAX reads when it starts
from landscape.descent.adam import Adam, AdamW, AMSGrad
from landscape.descent.adam_variants import AdaBelief, AdaMax, NAdam, RAdam
from landscape.descent.adaptive import AdaDelta, AdaGrad, RMSProp
from landscape.descent.cycles import CosineRestarts, OneCycle, Triangular
from landscape.descent.decays import Constant, Cosine, Exponential, InverseTime, Polynomial, StepDecay
from landscape.descent.first_order import SGD, Momentum, Nesterov
from landscape.descent.fit import Fit, History
from landscape.descent.line_search import Backtracking
from landscape.descent.lion import Lion
from landscape.descent.optimizers import OPTIMIZERS
from landscape.descent.rule import GradientRule, Rule
from landscape.descent.run import race, run
from landscape.descent.schedule import Schedule
from landscape.descent.schedules import SCHEDULES, Plateau, Warmup
from landscape.descent.second_order import LBFGS, Newton
from landscape.descent.sweep import sweep
from landscape.descent.train import Progress, train
from landscape.descent.trajectory import Sweep, Trajectory
from landscape.descent.tune import Tuned, tune
from landscape.descent.wrappers import SAM, ClipNorm, ClipValue, WeightDecay
from landscape.geometry.barrier import Barrier, barrier
from landscape.geometry.curvature import (
    Eigenpairs,
    NotConverged,
    hessian_eigenpairs,
    hessian_eigenvalues,
    hessian_eigenvectors,
)
from landscape.geometry.grid import Grid, evaluate
from landscape.geometry.plane import Plane
from landscape.geometry.planes import (
    gradient_plane,
    hessian_plane,
    interpolation_plane,
    pca_plane,
    random_plane,
)
from landscape.geometry.sharpness import filter_sharpness, sharpness
from landscape.geometry.slices import Cancelled
from landscape.geometry.spectrum import Density, Estimate, hessian_trace, spectral_density
from landscape.geometry.trust import Trust, trust
from landscape.outcomes import Outcome, outcome
from landscape.presets import PRESETS
from landscape.problems.activations import ACTIVATIONS
from landscape.problems.datasets import DATASETS, Dataset, Split
from landscape.problems.formula import FormulaError, formula
from landscape.problems.initializers import INITIALIZERS
from landscape.problems.networks import Network
from landscape.problems.surface import Surface
from landscape.problems.surfaces import SURFACES
from landscape.recorder import Recorder
from landscape.scenario import Scenario, ScenarioError
from landscape.store import StoreError, load, save
from landscape.types import Status

__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "INITIALIZERS",
    "LBFGS",
    "OPTIMIZERS",
    "PRESETS",
    "SAM",
    "SCHEDULES",
    "SGD",
    "SURFACES",
    "AMSGrad",
    "AdaBelief",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Backtracking",
    "Barrier",
    "Cancelled",
    "ClipNorm",
    "ClipValue",
    "Constant",
    "Cosine",
    "CosineRestarts",
    "Dataset",
    "Density",
    "Eigenpairs",
    "Estimate",
    "Exponential",
    "Fit",
    "FormulaError",
    "GradientRule",
    "Grid",
    "History",
    "InverseTime",
    "Lion",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Network",
    "Newton",
    "NotConverged",
    "OneCycle",
    "Outcome",
    "Plane",
    "Plateau",
    "Polynomial",
    "Progress",
    "RAdam",
    "RMSProp",
    "Recorder",
    "Rule",
    "Scenario",
    "ScenarioError",
    "Schedule",
    "Split",
    "Status",
    "StepDecay",
    "StoreError",
    "Surface",
    "Sweep",
    "Trajectory",
    "Triangular",
    "Trust",
    "Tuned",
    "Warmup",
    "WeightDecay",
    "barrier",
    "evaluate",
    "figures",  # pyright: ignore[reportUnsupportedDunderAll]
    "filter_sharpness",
    "formula",
    "gradient_plane",
    "hessian_eigenpairs",
    "hessian_eigenvalues",
    "hessian_eigenvectors",
    "hessian_plane",
    "hessian_trace",
    "interpolation_plane",
    "load",
    "outcome",
    "pca_plane",
    "race",
    "random_plane",
    "run",
    "save",
    "sharpness",
    "spectral_density",
    "sweep",
    "train",
    "trust",
    "tune",
]


def __getattr__(name: str) -> ModuleType:
    """`landscape.figures` loads on first use, for a notebook that never draws needs no Plotly."""
    if name == "figures":
        return import_module("landscape.figures")
    raise AttributeError(f"module 'landscape' has no attribute {name!r}")
