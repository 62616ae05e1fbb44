"""Optimizers and the one loop that runs them: rules, schedules, training, sweeps under `vmap`."""
