"""Every example in a docstring runs and prints what it says."""

import doctest
import importlib
import pkgutil

import pytest

import landscape

pytestmark = pytest.mark.slow


def modules() -> list[str]:
    found = [module.name for module in pkgutil.walk_packages(landscape.__path__, "landscape.")]
    return [name for name in found if not name.endswith("__main__") and "._app" not in name]


@pytest.mark.parametrize("name", ["landscape", *modules()])
def test_examples_of(name: str) -> None:
    """The module's examples hold."""
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0, f"{result.failed} of {result.attempted} examples failed"
