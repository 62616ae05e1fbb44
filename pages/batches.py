"""The lesson on batches."""

from landscape.ui import lesson

lesson.page("batches")
