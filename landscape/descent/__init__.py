"""Optimizers and the one loop that runs them: rules, schedules, training, sweeps under `vmap`.

A rule receives the loss, not a gradient: SAM, Newton and line search ask more of it than one gradient, and
none of them needs a special case in the loop. Before each step the loop puts the present value in the place
of every schedule inside a rule, so that rules see plain numbers.

The number of steps is rounded up to one of a few (`landscape.descent.validate.BUCKETS`) and the rest is cut
off: the length of a loop is part of its program, and a slider of steps would compile at each notch. What is
wrong is refused before anything is compiled; inside, a run that leaves the finite numbers stays at its last
finite point and says so in its status, for under `vmap` an error of one run would be an error of all.
"""
