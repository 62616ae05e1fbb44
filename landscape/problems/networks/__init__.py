"""Small networks: activations, initializers, layers with normalization and dropout, losses.

The loss of a split carries its data as leaves of a pytree, not in a closure: two closures over other data are
two programs to JAX, two such losses are one.
"""
