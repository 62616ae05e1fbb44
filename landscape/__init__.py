"""Landscape: see why training works or fails, on surfaces and on real networks.

>>> import landscape as ls
>>> rosenbrock = ls.SURFACES["rosenbrock"]
>>> path = ls.run(ls.Adam(0.05), rosenbrock, rosenbrock.start, steps=500)
>>> path.params.shape, bool(path.loss[-1] < path.loss[0])
((501, 2), True)
"""

import landscape._backend  # noqa: F401 - first, for it prepares what JAX reads when it starts
from landscape.core.lazy import modules_of
from landscape.core.progress import Progress
from landscape.core.types import Status
from landscape.descent import theory
from landscape.descent.rules.adam import Adam, AdamW, AMSGrad
from landscape.descent.rules.adam_variants import AdaBelief, AdaMax, NAdam, RAdam
from landscape.descent.rules.adaptive import AdaDelta, AdaGrad, RMSProp
from landscape.descent.rules.first_order import SGD, Momentum, Nesterov
from landscape.descent.rules.line_search import Backtracking
from landscape.descent.rules.lion import Lion
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.rules.rule import GradientRule, Rule
from landscape.descent.rules.second_order import LBFGS, Newton
from landscape.descent.rules.wrappers import SAM, ClipNorm, ClipValue, WeightDecay
from landscape.descent.run import race, run
from landscape.descent.schedules.cycles import CosineRestarts, OneCycle, Triangular
from landscape.descent.schedules.decays import (
    Constant,
    Cosine,
    Exponential,
    InverseTime,
    Polynomial,
    StepDecay,
)
from landscape.descent.schedules.registry import SCHEDULES, Plateau, Warmup
from landscape.descent.schedules.schedule import Schedule
from landscape.descent.sweep import sweep
from landscape.descent.training.fit import Fit, History
from landscape.descent.training.train import Snapshot, train
from landscape.descent.trajectory import Sweep, Trajectory
from landscape.descent.tune import Tuned, tune
from landscape.geometry.barrier import Barrier, barrier
from landscape.geometry.curvature.eigenpairs import (
    Eigenpairs,
    NotConverged,
    hessian_eigenpairs,
    hessian_eigenvalues,
    hessian_eigenvectors,
)
from landscape.geometry.curvature.sharpness import filter_sharpness, sharpness
from landscape.geometry.curvature.spectrum import Density, Estimate, hessian_trace, spectral_density
from landscape.geometry.grids.batched_losses import Cancelled
from landscape.geometry.grids.grid import Grid, evaluate
from landscape.geometry.planes.constructors import (
    gradient_plane,
    hessian_plane,
    interpolation_plane,
    pca_plane,
    random_plane,
)
from landscape.geometry.planes.plane import Plane
from landscape.geometry.trusting.trust import Trust, trust
from landscape.presets.races import PRESETS
from landscape.problems.data.datasets import DATASETS, Dataset, Split
from landscape.problems.formulas.formula import FormulaError, formula
from landscape.problems.networks.activations import ACTIVATIONS
from landscape.problems.networks.initializers import INITIALIZERS
from landscape.problems.networks.network import Network
from landscape.problems.surfaces.registry import SURFACES
from landscape.problems.surfaces.surface import Surface
from landscape.scenario import Scenario, ScenarioError
from landscape.scenario.outcome import Outcome, outcome
from landscape.scenario.training import Training
from landscape.scenario.view import View
from landscape.storage.recorder import Recorder
from landscape.storage.store import StoreError, load, save

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
    "Snapshot",
    "Split",
    "Status",
    "StepDecay",
    "StoreError",
    "Surface",
    "Sweep",
    "Training",
    "Trajectory",
    "Triangular",
    "Trust",
    "Tuned",
    "View",
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
    "study",  # pyright: ignore[reportUnsupportedDunderAll]
    "sweep",
    "theory",
    "train",
    "trust",
    "tune",
]

__getattr__, __dir__ = modules_of(__name__, ("figures", "study"))
"""They load on first use: a notebook that never draws needs no Plotly."""
