"""What every test stands on: one compilation cache for all processes, and examples that do not change."""

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import jaxtyping
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser
from streamlit.components.v2 import manifest_scanner

from tests import typecheck
from tests.browser.driver import chromium
from tests.sharing import Sharing, sample

MAPS = 20_000

# Workers and the servers that tests start compile each large program once between them, and for all runs of
# this machine: outside the clone, so that the next clone finds it.
home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "landscape" / "tests"
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(home))
os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0.2"  # writing a small one takes longer
os.environ["JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES"] = "-1"
os.environ["JAX_PLATFORMS"] = "cpu"
# A test runs a program once: let XLA write plain kernels and LLVM leave them unpolished, which compiles many
# times faster.
QUICK = "--xla_backend_optimization_level=0 --xla_cpu_use_fusion_emitters=false"
os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {QUICK}".strip()

# Every shape and type in a signature of the mathematics is checked, from the library's first import on. Above
# it pyright sees what there is to see, and a check of every call would double the time of a page's visit.
MATHEMATICS = ("core", "problems", "descent", "geometry", "study", "scenario", "storage")
typecheck.install(f"landscape.{layer}" for layer in MATHEMATICS)

import jax  # noqa: E402  reads what is set above

hypothesis.settings.register_profile(
    "landscape",
    derandomize=True,
    database=None,
    deadline=None,  # the first example compiles
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("landscape")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--sample N`: of each test at most N of its cases, spread evenly over them."""
    parser.addoption("--sample", type=int, metavar="N", help="run at most N cases of each test")


@pytest.hookimpl(trylast=True)  # of what the marks have left
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the sample does not hold."""
    if most := config.getoption("--sample"):
        kept = sample(items, most)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """Which process runs which tests."""
    return Sharing(config, log)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def checked() -> Iterator[None]:
    """Plotly checks every figure that is built here, which the library leaves out for speed."""
    build = go.Figure.__init__

    def both(self: go.Figure, *parts: Any, **options: Any) -> None:
        if options.get("_validate") is False:
            build(go.Figure.__new__(go.Figure), *parts)
        build(self, *parts, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(go.Figure, "__init__", both)
        yield


@pytest.fixture(autouse=True, scope="session")
def scanned() -> Iterator[None]:
    """Streamlit looks through all installed packages for components once, not at each visit of a page."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(autouse=True, scope="module")
def room() -> Iterator[None]:
    """Forget compiled programs before the kernel refuses more: each holds some of a process's 65,530 maps."""
    yield
    maps = Path("/proc/self/maps")
    if maps.exists() and len(maps.read_bytes().splitlines()) > MAPS:
        jax.clear_caches()


@pytest.fixture
def unchecked() -> Iterator[None]:
    """As outside the tests: the library itself meets a value of the wrong type, no checker in between."""
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of a process, which can hold no second one; WebGL in software."""
    with chromium() as program:
        yield program
