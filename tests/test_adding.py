"""Two places to add a thing: a dummy of each kind, put into a copy of the project, is taken everywhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent

OPTIMIZER = '''"""A rule for a test."""

from landscape.core import tree
from landscape.core.types import Params, hyper, pytree
from landscape.descent.rules.rule import GradientRule, State


@pytree
class Dummy(GradientRule):
    network_rate = 0.05

    learning_rate: float = hyper(0.01, 1e-5, 10.0, log=True, symbol="d")

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        return {"learning_rate": rate}

    def init(self, params: Params) -> State:
        return {}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        return tree.scale(-self.learning_rate, grad), state
'''
SURFACE = '''"""A surface for a test."""

import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import hyper, pytree
from landscape.problems.surfaces.surface import Scales, Surface, points


@pytree
class Dummy(Surface):
    name = "dummy"
    latex = "h x^2 + h y^2"
    citation = "Nobody 2000"
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    origin = (1.0, 1.0)
    global_minimum = 0.0
    scales = Scales(rate=0.1, stride=0.05)

    height: float = hyper(default=1.0, low=0.5, high=2.0, symbol="h")

    def __call__(self, params: Float[Array, "2"]) -> Float[Array, ""]:
        return self.height * (params**2).sum()

    @property
    def minima(self) -> list[np.ndarray]:
        return points((0.0, 0.0))
'''
ACTIVATION = '''def dummy(z: Values) -> Values:
    """z / 2 + tanh(z)."""
    return z / 2 + jnp.tanh(z)


'''
DATASET = '''def dummy(samples: int = 100, noise: float = 0.1, seed: int = 0) -> Dataset:
    """A straight line, with noise."""
    return _curve("dummy", lambda x: x, samples, noise, seed)


'''

RULES, SURFACES = "landscape/descent/rules/", "landscape/problems/surfaces/"
ACTIVATIONS, DATASETS = "landscape/problems/networks/activations.py", "landscape/problems/data/datasets.py"
IMPORT = "from landscape.{}.dummy import Dummy\n"
PLACES = {  # what is written: a whole new file, or some texts before others that stand there once
    "optimizer": {
        RULES + "dummy.py": OPTIMIZER,
        RULES + "registry.py": {
            "from landscape.descent.rules.first_order": IMPORT.format("descent.rules"),
            '    "Lion",': '    "Dummy",\n',
            "    Lion,": "    Dummy,\n",
        },
    },
    "surface": {
        SURFACES + "dummy.py": SURFACE,
        SURFACES + "registry.py": {
            "from landscape.problems.surfaces.multimodal": IMPORT.format("problems.surfaces"),
            "        TiltedWell(),": "        Dummy(),\n",
        },
    },
    "activation": {ACTIVATIONS: {"ACTIVATIONS: dict": ACTIVATION, "identity)": "dummy, "}},
    "data set": {DATASETS: {"DATASETS: dict": DATASET, "        bumps,": "        dummy,\n"}},
}
WORDS = {
    "rules.po": {"rule.dummy.name": "Dummy", "rule.dummy.short": "Dummy", "rule.dummy.description": "."},
    "surfaces.po": {"surface.dummy.name": "A surface for a test", "surface.dummy.lesson": "."},
    "networks.po": {"activation.dummy.name": "Activation for a test"},
    "data.po": {"data.dummy.name": "Data for a test", "data.dummy.description": "."},
    "fields.po": {"field.height.label": "Height", "field.height.help": "."},
}
LAWS = (
    "descent/test_laws.py::test_at_its_preset_a_rule_stays_finite_and_lowers_the_loss[dummy-dummy]",
    "descent/test_laws.py::test_parameters_and_memory_keep_single_precision[dummy]",
    "descent/test_laws.py::test_every_number_has_a_range_around_its_default[dummy]",
    "problems/test_surfaces.py::test_every_surface_states_its_facts[dummy]",
    "problems/test_surfaces.py::test_stated_minima_are_minima[dummy]",
    "problems/test_activations.py::test_slopes_are_those_of_the_function[dummy]",
    "problems/test_datasets.py::test_splits_have_the_stated_sizes_types_and_scale[dummy]",
    "test_names.py::test_what_is_registered_is_public[Dummy]",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a dummy of each kind in its two places, and words for them."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("landscape", "tests", "pages", ".streamlit"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("app.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / file, root / file)
    for places in PLACES.values():
        for name, change in places.items():
            write(root / name, change)
    for name, words in WORDS.items():
        entries = "".join(f'\nmsgid "{key}"\nmsgstr "{text}"\n' for key, text in words.items())
        for language in ("en", "ko"):
            with (root / "landscape" / "i18n" / language / name).open("a", encoding="utf-8") as file:
                file.write(entries)
    return root


def write(path: Path, change: str | dict[str, str]) -> None:
    """A new file, or some texts put into an old one."""
    if isinstance(change, str):
        assert not path.exists()
        path.write_text(change, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    for before, new in change.items():
        assert text.count(before) == 1, (path, before)
        text = text.replace(before, new + before)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("kind", PLACES)
def test_two_places_are_all_it_takes(kind):
    """What it is, and where it is listed: in two files, or at two places of one."""
    files = PLACES[kind]
    assert len(files) == 2 or [len(change) for change in files.values()] == [2]


def test_menus_links_laws_and_the_readme_take_what_was_added(copy: Path):
    """Every check of `added.py` and every law named here passes for the dummies, in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    tests = ["tests/added.py", *(f"tests/{law}" for law in LAWS)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    run = subprocess.run(
        [*command, *tests],
        cwd=copy,
        env=environment | {"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
