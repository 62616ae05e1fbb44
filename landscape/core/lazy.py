"""Packages whose modules load when they are first asked for."""

import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def modules_of(
    package: str, names: tuple[str, ...] = ()
) -> tuple[Callable[[str], ModuleType], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a package whose modules load on first use.

    Args:
        package: its full name.
        names: the modules that load so; all it has where none are named.

    >>> import landscape as ls
    >>> ls.study.terrain.minima.__name__
    'landscape.study.terrain.minima'
    """

    def known() -> list[str]:
        return list(names) or [module.name for module in iter_modules(sys.modules[package].__path__)]

    def load(name: str) -> ModuleType:
        if name.startswith("_") or name not in known():
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(f"{package}.{name}")

    def listed() -> list[str]:
        return sorted({*vars(sys.modules[package]), *known()})

    return load, listed
