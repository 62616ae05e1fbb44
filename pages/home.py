"""The Home page."""

from landscape.ui import home

home.welcome()
home.presets()
home.guide()
