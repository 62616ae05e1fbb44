"""Results on disk, and a recorder of one's own training loop.

NPZ without pickle: a file of results can be opened by anybody, from anybody, and runs no code.
"""
