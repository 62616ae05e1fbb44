"""A lesson page: experiments as pills, one open at a time, the same frame for all of them."""

from landscape.ui.lesson.page import page

__all__ = ["page"]
