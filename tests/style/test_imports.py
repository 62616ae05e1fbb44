"""What `import landscape` costs and drags in."""

import subprocess
import sys


def test_library_loads_without_the_app() -> None:
    """A notebook or a worker that only computes loads neither Streamlit nor Plotly."""
    program = "import sys, landscape; print([n for n in ('streamlit', 'plotly') if n in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"
