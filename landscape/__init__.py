"""Landscape: see why training works or fails, on surfaces and on real networks.

>>> import landscape as ls
>>> rosenbrock = ls.SURFACES["rosenbrock"]
>>> path = ls.run(ls.Adam(0.05), rosenbrock, rosenbrock.start, steps=500)
>>> path.params.shape, bool(path.loss[-1] < path.loss[0])
((501, 2), True)

The public names are listed here; what they are made of lies in layers, each of which imports only those
above it in this list:

- `landscape.core`: shapes, trees of arrays, devices, files
- `landscape.problems`: surfaces, typed formulas, data, networks
- `landscape.descent`: optimizers, schedules and the one loop
- `landscape.geometry`: planes, grids, curvature, how far a picture can be trusted
- `landscape.study`: the computations of the lessons
- `landscape.scenario`, `landscape.storage`: what a link and a file hold
- `landscape.look`, `landscape.presets`: scale and palette; experiments of one click
- `landscape.i18n`: every word, in every language
- `landscape.figures`, `landscape.player`, `landscape.export`: charts, the animated stage, pictures
- `landscape.lessons`: questions, each with its settings, measurement and pictures
- `landscape.ui`: the app

The data goes one way through them: scenario, problem and rules, run, trajectory, payload, browser. Each
package says why it is as it is.

Importing it sets one thing beyond itself: an option for JAX's compiler, added to `XLA_FLAGS` in the
environment of the process unless there are such options already. JAX reads it when it first computes; a
`RuntimeWarning` says when that has happened before, for runs on a CPU then take several times as long.
"""

import landscape._backend  # noqa: F401 - first, for it prepares what JAX reads when it starts
from landscape.core.lazy import modules_of
from landscape.core.progress import Progress
from landscape.core.types import Status
from landscape.descent import theory
from landscape.descent.rules import registry as _rules
from landscape.descent.rules.registry import *  # noqa: F403
from landscape.descent.rules.rule import GradientRule, Rule
from landscape.descent.run import race, run
from landscape.descent.schedules import registry as _schedules
from landscape.descent.schedules.registry import *  # noqa: F403
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
    "PRESETS",
    "SURFACES",
    "Barrier",
    "Cancelled",
    "Dataset",
    "Density",
    "Eigenpairs",
    "Estimate",
    "Fit",
    "FormulaError",
    "GradientRule",
    "Grid",
    "History",
    "Network",
    "NotConverged",
    "Outcome",
    "Plane",
    "Progress",
    "Recorder",
    "Rule",
    "Scenario",
    "ScenarioError",
    "Schedule",
    "Snapshot",
    "Split",
    "Status",
    "StoreError",
    "Surface",
    "Sweep",
    "Training",
    "Trajectory",
    "Trust",
    "Tuned",
    "View",
    "barrier",
    "evaluate",
    "figures",  # noqa: F405  # pyright: ignore[reportUnsupportedDunderAll]
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
    "study",  # noqa: F405  # pyright: ignore[reportUnsupportedDunderAll]
    "sweep",
    "theory",
    "train",
    "trust",
    "tune",
]
__all__ += _rules.__all__
__all__ += _schedules.__all__

__getattr__, __dir__ = modules_of(__name__, ("figures", "study"))
"""They load on first use: a notebook that never draws needs no Plotly."""
