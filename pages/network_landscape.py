"""The Landscape page: a network's loss in a plane of its parameters."""

from landscape.ui.plane.page import page

page()
