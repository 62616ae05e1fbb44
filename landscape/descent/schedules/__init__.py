"""Hyperparameters that change with the step, a class each, and their registry."""
