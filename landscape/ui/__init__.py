"""Streamlit lives here and nowhere else below the pages.

Everything that can be tested without a page is kept out of it. A visit's state is one validated description
with its undo (`landscape.ui.page.session`); controls are built from the fields of dataclasses and change the
description, and the page is drawn from it again.

The description is in the address, written by the browser with `history.replaceState`: Streamlit's own way
makes an entry in the history of each change, and the Back button would walk through every notch of a slider.
"""
