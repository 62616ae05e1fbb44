"""The server: Streamlit's own, with a guard before it.

It asks nothing of any other server, and answers only to names that are its own: a page elsewhere must not be
able to reach an app on one's own machine.
"""
