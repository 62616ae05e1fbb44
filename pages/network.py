"""The Network page."""

from landscape.ui.network.page import page

page()
