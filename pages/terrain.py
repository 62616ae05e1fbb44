"""The lesson on terrain."""

from landscape.ui import lesson

lesson.page("terrain")
