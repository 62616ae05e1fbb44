"""The update rules, a class each, and their registry.

Forms are those of the lecture, `v <- rho v + g; x <- x - lr v`; names of hyperparameters are Optax's. A rule
of one gradient has only `init` and `direction`: its equation, and nothing else.
"""
