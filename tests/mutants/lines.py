"""Which lines are broken, and which tests must notice: file, what stands there, what is put in its place."""

Lines = tuple[tuple[str, str, str], ...]

GUARDS: dict[str, Lines] = {
    "lessons/batches/test_same_budget.py": (
        ("study/batching.py", "total / held[:, None]", "total / size[:, None]"),
    ),
    "lessons/batches/test_largest_rate.py": (
        ("study/largest.py", "np.append(row, False))) - 1, 0)", "np.append(row, False))) - 2, 0)"),
        ("study/largest.py", "ceiling = 2 / float", "ceiling = 1 / float"),
    ),
    "lessons/optimizers/test_hazards.py::test_the_cells_count_what_the_page_describes": (
        ("study/hazards.py", "jnp.exp(-0.5 * p[0] ** 2)", "jnp.exp(-1.0 * p[0] ** 2)"),
        ("study/hazards.py", "ASKEW = 30.0", "ASKEW = 0.0"),
        ("study/hazards.py", '"noise": 0.3}', '"noise": 0.6}'),
    ),
    "lessons/optimizers/test_rates_shown.py": (
        (
            "study/regression.py",
            "return rate / (1 - np.asarray(getattr",
            "return rate * (1 - np.asarray(getattr",
        ),
        (
            "study/regression.py",
            "np.median(self.loss[:, :, record], axis=1)",
            "np.min(self.loss[:, :, record], axis=1)",
        ),
        (
            "lessons/optimizers/assignment.py",
            "float(lane.rates[chosen[name]]), lane",
            "float(lane.rates[0]), lane",
        ),
    ),
    "lessons/optimizers/test_rescale.py": (
        ("study/trust_ratio.py", "_moved(w, g, float(trusted))", "share"),
    ),
    "lessons/optimizers/test_guarantee.py": (
        ("study/guarantee.py", "return (t - 1) / (t + 2)", "return t / (t + 3)"),
    ),
    "lessons/batches/test_timing.py": (
        ("study/timing.py", "table[0], plain, calls", "table[0] / 1000, plain, calls"),
    ),
    "lessons/optimizers/test_turned.py": (("study/exits.py", "-angle)[1]) <= 1)", "-angle)[1]) <= 0.5)"),),
    "lessons/batches/test_cure.py": (("study/leaving.py", "HALF = 0.6745", "HALF = 1.0"),),
    "lessons/optimizers/test_pad.py": (
        ("descent/theory.py", "2 * (1 + rho) / (1 + 2 * rho) if", "2 * (1 + rho) / (1 + rho) if"),
    ),
    "lessons/terrain/test_dimensions.py": (("study/minima.py", "found -= (-1) ** k", "found += 1"),),
    "lessons/sharpness/test_edge.py::test_the_loss_is_half_the_mean_squared_error": (
        ("study/edge.py", "return 0.5 * jnp.mean((self", "return jnp.mean((self"),
    ),
    "lessons/sharpness/test_edge.py -k median": (
        ("study/edge.py", "len(self.sharpness) // 5)", "len(self.sharpness) // 2)"),
    ),
    "lessons/batches/test_variance.py": (
        ("study/samples.py", "np.quantile(angles, (0.1, 0.9)", "np.quantile(angles, (0.25, 0.75)"),
        ("study/samples.py", "single / np.array(batches)", "single / np.sqrt(batches)"),
    ),
    "lessons/step_size/test_blow_up.py": (("study/overshoot.py", "EXACT = 0.01", "EXACT = 0.1"),),
    "lessons/terrain/test_spectrum.py": (
        ("study/gram.py", "sizes.max() / np.median(sizes)", "sizes.max() / np.mean(sizes)"),
    ),
    "lessons/sharpness/test_directions.py": (
        (
            "study/angles.py",
            "np.sin(np.radians(angle)) ** (dimensions - 2)",
            "np.sin(np.radians(angle)) ** (dimensions - 1)",
        ),
    ),
    "lessons/batches/test_when.py": (
        ("study/noisy.py", "late > share * early", "late > 0.5 * share * early"),
        ("study/noisy.py", "return int(ends[still[0]]) - 1", "return int(ends[still[0]]) + 1"),
    ),
    "lessons/step_size/test_why_stopped.py": (
        ("study/stopped.py", "CURVED = 0.05", "CURVED = 0.5"),
        ("study/stopped.py", "STILL = 1e-6", "STILL = 1e-3"),
    ),
    "lessons/step_size/test_which_valley.py": (
        ("study/basins.py", "PATIENCE = 10", "PATIENCE = 2"),
        (
            "study/basins.py",
            "minima < start if slope > 0 else minima > start",
            "minima > start if slope > 0 else minima < start",
        ),
    ),
    "lessons/sharpness/test_ways_down.py": (
        (
            "study/index.py",
            "np.mean((with_bias @ best - y) ** 2) / 2",
            "np.mean((with_bias @ best - y) ** 2)",
        ),
        ("study/index.py", "self.eigenvalues < -FLOOR", "self.eigenvalues < FLOOR"),
    ),
    "lessons/step_size/test_sweep.py": (("study/rates.py", "SETTLED = 1e-2", "SETTLED = 1e-1"),),
    "lessons/batches/test_order.py": (
        (
            "study/decayed.py",
            "np.concatenate([first, loss[np.argmin(first)]])",
            "np.concatenate([first, loss[np.argmax(first)]])",
        ),
    ),
    "lessons/batches/test_gains.py lessons/batches/test_order.py": (
        ("study/decayed.py", "LAST, RUNS = 2_000, 200, 16", "LAST, RUNS = 2_000, 2_000, 16"),
    ),
    "lessons/batches/test_kinds.py": (("study/schedules.py", "steps=0.1 * steps", "steps=0.3 * steps"),),
    "lessons/batches/test_shapes.py": (
        ("study/shapes.py", "(found.loss > RISEN * found.loss[:, :1]).any(axis=1)", "False"),
    ),
    "lessons/sharpness/test_planes.py": (("study/rescaled.py", "np.maximum(ratio, 1 / ratio)", "ratio"),),
    "lessons/optimizers/test_coasting.py": (
        ("study/coasting.py", "velocity[edge - 1]", "velocity[edge]"),
        ("study/coasting.py", "(1 - np.exp(-1)) / (1 - momentum)", "0.5 / (1 - momentum)"),
    ),
    "lessons/optimizers/test_forgetting.py": (
        ("study/forgetting.py", "jnp.sqrt(s + self.eps)", "(jnp.sqrt(s) + self.eps)"),
    ),
    "lessons/optimizers/test_reddi.py": (
        ("study/reddi.py", "jnp.where(t % 3 == 0, large, -1.0)", "jnp.where(t % 3 == 2, large, -1.0)"),
    ),
    "lessons/terrain/test_everywhere.py": (("study/waves.py", "weights = -np.cos(", "weights = np.cos("),),
    "descent/test_rules_optax.py descent/test_rules_equations.py": (
        ("descent/adam_variants.py", "trusted = samples >= 5", "trusted = samples >= 4"),
    ),
    "descent/test_rules_lecture.py lessons/optimizers/test_reddi.py": (
        (
            "descent/adam.py",
            "highest = tree.map(jnp.maximum, highest,",
            "highest = tree.map(lambda _, v: v, highest,",
        ),
    ),
    "descent/test_schedules.py": (
        ("descent/schedules.py", "reduce = waited >= self.patience", "reduce = waited > self.patience"),
        (
            "descent/schedules.py",
            "jnp.minimum((step + 1) / jnp.asarray(self.steps), 1)",
            "jnp.minimum(step / jnp.asarray(self.steps), 1)",
        ),
        ("descent/cycles.py", "last = first / self.final_div_factor", "last = 1 / self.final_div_factor"),
    ),
    "descent/test_wrappers.py test_outcomes.py": (
        (
            "descent/wrappers.py",
            "return 2 * self.rule.evaluations(state)",
            "return self.rule.evaluations(state)",
        ),
    ),
    "descent/test_rules_equations.py descent/test_rules_optax.py descent/test_laws.py": (
        ("descent/second_order.py", "bare = 1 / jnp.maximum(1, jnp.linalg.norm(grad))", "bare = 1.0"),
    ),
    "descent/test_rules_equations.py descent/test_laws.py": (
        ("descent/line_search.py", "return jnp.where(passed, step, 0), spent", "return step, spent"),
    ),
    "descent/test_train.py descent/test_train_edges.py": (
        ("descent/batches.py", "range(0, examples - size + 1, size)", "range(0, examples - size, size)"),
    ),
    "descent/test_theory.py": (
        ("descent/theory.py", "Nesterov(4 / (low + 3 * high)", "Nesterov(4 / (3 * low + high)"),
    ),
    "geometry/test_extent.py": (
        ("geometry/extent.py", "PIXEL = 4", "PIXEL = 2"),
        ("geometry/extent.py", "FLAT = 0.05", "FLAT = 0.5"),
        ("geometry/extent.py", "room = 0.05 * (high - low)", "room = 0.0 * (high - low)"),
        ("geometry/extent.py", "else 9 * abs(centre)", "else 3 * abs(centre)"),
    ),
    "geometry/test_sharpness.py": (
        ("geometry/sharpness.py", "100 * (top - centre) / (1 + centre)", "100 * (top - centre)"),
        ("geometry/sharpness.py", "(ahead + behind) / 2 - loss(params)", "ahead - loss(params)"),
    ),
    "geometry/test_lanczos.py geometry/test_curvature.py": (
        ("geometry/spectrum.py", "np.std(draws, ddof=1)", "np.std(draws)"),
    ),
    "geometry/test_holes.py": (("geometry/holes.py", "double > 0 else", "double < 0 else"),),
}
"""Tests, below tests/, by the lines they guard, below landscape/."""
