"""Pictures and files made from results, without a browser and without the app.

A server that had to start a browser for a thumbnail would take seconds for each; drawn from the same arrays
it takes milliseconds.
"""
