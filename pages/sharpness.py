"""The lesson on sharpness: what a network's loss looks like, and how sharp its minima are."""

from landscape.ui import lesson

lesson.page("sharpness")
