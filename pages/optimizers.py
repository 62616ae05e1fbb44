"""The lesson on optimizers."""

from landscape.ui import lesson

lesson.page("optimizers")
