"""The lesson on step size."""

from landscape.ui import lesson

lesson.page("step_size")
