"""The Home page."""

from landscape.ui.page import home

frames = [*home.welcome(), *home.presets()]
home.lessons()
home.networks()
home.guide()
home.fill_slots(frames)
