"""Which lines are broken, and which tests must notice: file, what stands there, what is put in its place."""

Lines = tuple[tuple[str, str, str], ...]

GUARDS: dict[str, Lines] = {
    "lessons/batches/test_same_budget.py"
    "::test_every_step_is_the_mean_of_its_batch_also_of_the_one_left_over": (
        ("study/batches/batch_budget.py", "total / held[:, None]", "total / size[:, None]"),
    ),
    "lessons/batches/test_largest_rate.py": (
        (
            "study/batches/largest_rate.py",
            "np.append(row, False))) - 1, 0)",
            "np.append(row, False))) - 2, 0)",
        ),
        ("study/batches/largest_rate.py", "ceiling = 2 / float", "ceiling = 1 / float"),
    ),
    "lessons/optimizers/test_hazards.py::test_the_cells_count_what_the_page_describes": (
        ("study/optimizers/hazards.py", "jnp.exp(-0.5 * p[0] ** 2)", "jnp.exp(-1.0 * p[0] ** 2)"),
        ("study/optimizers/hazards.py", "ASKEW = 30.0", "ASKEW = 0.0"),
        ("study/optimizers/hazards.py", '"noise": 0.3}', '"noise": 0.6}'),
    ),
    "lessons/optimizers/test_rates_shown.py"
    "::test_the_effective_rate_is_what_a_steady_gradient_is_multiplied_by": (
        (
            "study/optimizers/regression.py",
            "return rate / (1 - np.asarray(getattr",
            "return rate * (1 - np.asarray(getattr",
        ),
    ),
    "lessons/test_measures.py::test_the_tuned_rate_has_the_lowest_median_of_the_seeds": (
        (
            "study/optimizers/regression.py",
            "np.median(self.loss[:, :, record], axis=1)",
            "np.min(self.loss[:, :, record], axis=1)",
        ),
    ),
    "lessons/optimizers/test_rates_shown.py::test_the_rate_beside_a_loss_is_the_one_that_reached_it": (
        (
            "lessons/optimizers/assignment.py",
            "float(lane.rates[chosen[name]]), lane",
            "float(lane.rates[0]), lane",
        ),
    ),
    "lessons/optimizers/test_rescale.py::test_a_wrong_ratio_would_be_seen": (
        ("study/optimizers/trust_ratio.py", "_moved(w, g, float(trusted))", "share"),
    ),
    "lessons/optimizers/test_guarantee.py::test_the_schedule_is_the_one_that_the_page_prints": (
        ("study/optimizers/guarantee.py", "return (t - 1) / (t + 2)", "return t / (t + 3)"),
    ),
    "lessons/batches/test_timing.py::test_the_times_shown_are_those_of_the_clock": (
        ("study/batches/timing.py", "table[0], plain, calls", "table[0] / 1000, plain, calls"),
    ),
    "lessons/optimizers/test_turned.py::test_the_steps_until_the_way_out_exceeds_one": (
        ("study/terrain/saddle_exit.py", "-angle)[1]) > 1,", "-angle)[1]) > 0.5,"),
    ),
    "lessons/batches/test_cure.py::test_the_formula_says_when_half_of_the_runs_are_gone": (
        ("study/batches/saddle_exit_noise.py", "HALF = 0.6745", "HALF = 1.0"),
    ),
    "lessons/optimizers/test_pad.py::test_the_border_that_is_drawn_is_where_runs_are_lost": (
        ("descent/theory.py", "2 * (1 + rho) / (1 + 2 * rho) if", "2 * (1 + rho) / (1 + rho) if"),
    ),
    "lessons/terrain/test_dimensions.py"
    "::test_eight_dimensions_have_two_and_a_half_million_times_fewer_minima_than_four": (
        ("study/terrain/minima.py", "found -= (-1) ** k", "found += 1"),
    ),
    "lessons/sharpness/test_edge.py::test_the_loss_is_half_the_mean_squared_error": (
        ("study/sharpness/edge_of_stability.py", "return 0.5 * jnp.mean((self", "return jnp.mean((self"),
    ),
    "lessons/sharpness/test_edge.py::test_settled_is_the_median_of_the_last_fifth": (
        ("study/sharpness/edge_of_stability.py", "len(self.sharpness) // 5)", "len(self.sharpness) // 2)"),
    ),
    "lessons/batches/test_variance.py::test_the_band_holds_eight_of_ten_batches": (
        (
            "study/common/least_squares.py",
            "np.quantile(angles, (0.1, 0.9)",
            "np.quantile(angles, (0.25, 0.75)",
        ),
    ),
    "lessons/batches/test_variance.py::test_one_sample_is_the_worst_estimate": (
        ("study/common/least_squares.py", "single / np.array(batches)", "single / np.sqrt(batches)"),
    ),
    "lessons/step_size/test_blow_up.py::test_one_step_means_that_a_hundredth_is_left_at_most": (
        ("study/step_size/overshoot.py", "EXACT = 0.01", "EXACT = 0.1"),
    ),
    "lessons/terrain/test_spectrum.py::test_the_spread_is_beside_the_median": (
        ("study/terrain/wishart.py", "sizes.max() / np.median(sizes)", "sizes.max() / np.mean(sizes)"),
    ),
    "lessons/sharpness/test_directions.py::test_the_angles_follow_their_law": (
        (
            "study/sharpness/random_directions.py",
            "np.sin(np.radians(angle)) ** (dimensions - 2)",
            "np.sin(np.radians(angle)) ** (dimensions - 1)",
        ),
    ),
    "lessons/test_measures.py"
    "::test_a_loss_stands_still_at_the_first_step_whose_window_is_no_lower_than_nineteen_twentieths": (
        ("study/batches/sgd_noise.py", "late > share * early", "late > 0.5 * share * early"),
        ("study/batches/sgd_noise.py", "return int(ends[still[0]]) - 1", "return int(ends[still[0]]) + 1"),
    ),
    "lessons/step_size/test_why_stopped.py::test_where_the_borders_of_the_verdicts_lie": (
        ("study/common/critical_points.py", "CURVED = 5.0", "CURVED = 50.0"),
        ("study/step_size/why_stopped.py", "STILL = 1e-6", "STILL = 1e-3"),
    ),
    "lessons/test_measures.py::test_a_run_that_is_merely_slow_does_not_cycle": (
        ("study/step_size/basins.py", "PATIENCE = 10", "PATIENCE = 2"),
    ),
    "lessons/test_measures.py::test_home_is_downhill": (
        (
            "study/step_size/basins.py",
            "minima < start if slope > 0 else minima > start",
            "minima > start if slope > 0 else minima < start",
        ),
    ),
    "lessons/test_measures.py::test_the_plateau_is_half_the_mean_squared_error_of_the_best_line": (
        (
            "study/sharpness/hessian_index.py",
            "np.mean((with_bias @ best - y) ** 2) / 2",
            "np.mean((with_bias @ best - y) ** 2)",
        ),
    ),
    "lessons/test_measures.py::test_a_direction_leads_down_where_its_curvature_is_below_minus_a_thousandth": (
        ("study/sharpness/hessian_index.py", "self.eigenvalues < -FLOOR", "self.eigenvalues < FLOOR"),
    ),
    "lessons/test_measures.py::test_a_run_has_settled_with_a_hundredth_of_its_first_slope": (
        ("study/step_size/rate_sweep.py", "SETTLED = 1e-2", "SETTLED = 1e-1"),
    ),
    "lessons/test_measures.py::test_a_search_in_turn_tries_the_decays_of_the_best_rate": (
        (
            "study/batches/decay_search.py",
            "np.concatenate([first, loss[np.argmin(first)]])",
            "np.concatenate([first, loss[np.argmax(first)]])",
        ),
    ),
    "lessons/test_measures.py::test_what_counts_as_settled_are_the_last_two_hundred_steps": (
        ("study/batches/decay_search.py", "LAST, RUNS = 2_000, 200, 16", "LAST, RUNS = 2_000, 2_000, 16"),
    ),
    "lessons/batches/test_kinds.py::test_the_warm_up_takes_a_tenth_of_the_run_and_the_cosine_the_rest": (
        ("study/batches/schedules.py", "steps=0.1 * steps", "steps=0.3 * steps"),
    ),
    "lessons/batches/test_shapes.py": (
        ("study/batches/shapes.py", "(found.loss > RISEN * found.loss[:, :1]).any(axis=1)", "False"),
    ),
    "lessons/test_measures.py::test_a_change_is_a_factor_whichever_way": (
        ("study/sharpness/weight_rescaling.py", "np.maximum(ratio, 1 / ratio)", "ratio"),
    ),
    "lessons/test_measures.py::test_a_run_coasts_with_the_velocity_it_crosses_the_edge_with": (
        ("study/optimizers/coasting.py", "velocity[edge - 1]", "velocity[edge]"),
    ),
    "lessons/test_measures.py::test_the_time_to_build_up_is_that_of_63_percent": (
        ("study/optimizers/coasting.py", "(1 - np.exp(-1)) / (1 - momentum)", "0.5 / (1 - momentum)"),
    ),
    "lessons/test_measures.py::test_eps_inside_the_root": (
        ("study/optimizers/adagrad_vs_rmsprop.py", "jnp.sqrt(s + self.eps)", "(jnp.sqrt(s) + self.eps)"),
    ),
    "lessons/test_measures.py::test_the_first_of_every_three_slopes_is_the_large_one": (
        (
            "study/optimizers/reddi.py",
            "jnp.where(t % 3 == 0, large, -1.0)",
            "jnp.where(t % 3 == 2, large, -1.0)",
        ),
    ),
    "lessons/test_measures.py::test_curvatures_of_waves_are_quotients_of_differences": (
        ("study/terrain/random_landscape.py", "weights = -np.cos(", "weights = np.cos("),
    ),
    "descent/test_rules_optax.py -k radam": (
        ("descent/rules/adam_variants.py", "trusted = samples >= 5", "trusted = samples >= 4"),
    ),
    "lessons/optimizers/test_reddi.py": (
        (
            "descent/rules/adam.py",
            "highest = tree.map(jnp.maximum, highest,",
            "highest = tree.map(lambda _, v: v, highest,",
        ),
    ),
    "descent/test_schedules.py -k plateau": (
        (
            "descent/schedules/plateau.py",
            "reduce = waited >= self.patience",
            "reduce = waited > self.patience",
        ),
    ),
    "descent/test_schedules.py::test_warm_up_rises_in_a_line_and_leads_into_the_other": (
        (
            "descent/schedules/warmup.py",
            "jnp.minimum((step + 1) / jnp.asarray(self.steps), 1)",
            "jnp.minimum(step / jnp.asarray(self.steps), 1)",
        ),
    ),
    "test_outcomes.py::test_evaluations_count_what_a_rule_spends": (
        (
            "descent/rules/wrappers.py",
            "return 2 * self.rule.evaluations(state)",
            "return self.rule.evaluations(state)",
        ),
    ),
    "descent/test_rules_equations.py::test_lbfgs_is_bfgs_with_the_last_pairs": (
        ("descent/rules/second_order.py", "bare = 1 / jnp.maximum(1, tree.norm(grad))", "bare = 1.0"),
    ),
    "descent/test_rules_equations.py::test_a_search_that_finds_no_step_stays": (
        ("descent/rules/line_search.py", "return jnp.where(passed, step, 0), spent", "return step, spent"),
    ),
    "lessons/test_measures.py::test_the_batches_of_an_epoch_leave_out_only_what_fills_none": (
        (
            "descent/training/batches.py",
            "range(0, examples - size + 1, size)",
            "range(0, examples - size, size)",
        ),
    ),
    "descent/test_theory.py::test_the_best_settings_are_those_of_the_literature": (
        ("descent/theory.py", "Nesterov(4 / (low + 3 * high)", "Nesterov(4 / (3 * low + high)"),
    ),
    "descent/test_schedules.py::test_values_are_the_written_ones": (
        (
            "descent/schedules/cycles.py",
            "last = first / self.final_div_factor",
            "last = 1 / self.final_div_factor",
        ),
    ),
    "geometry/test_borders.py": (
        ("geometry/trusting/range_check.py", "PIXEL = 4", "PIXEL = 2"),
        ("geometry/trusting/range_check.py", "FLAT = 0.05", "FLAT = 0.5"),
    ),
    "geometry/test_borders.py::test_the_advice_for_a_path_outside_leaves_a_twentieth_to_spare": (
        ("geometry/trusting/range_check.py", "room = 0.05 * (high - low)", "room = 0.0 * (high - low)"),
    ),
    "geometry/test_extent.py::test_without_a_path_a_tenfold_loss_is_what_matters": (
        ("geometry/trusting/range_check.py", "else 9 * abs(centre)", "else 3 * abs(centre)"),
    ),
    "geometry/test_sharpness.py::test_a_convex_quadratic_s_sharpness_is_at_its_highest_corner": (
        ("geometry/curvature/sharpness.py", "100 * (top - centre) / (1 + centre)", "100 * (top - centre)"),
    ),
    "geometry/test_estimates.py": (
        ("geometry/curvature/sharpness.py", "float(np.mean(ends)) - middle", "ends[0] - middle"),
        ("geometry/curvature/spectrum.py", "np.std(draws, ddof=1)", "np.std(draws)"),
    ),
    "geometry/test_holes.py::test_a_hole_says_why": (
        ("geometry/grids/non_finite.py", "double > 0 else", "double < 0 else"),
    ),
}
"""Tests, below tests/, by the lines they guard, below landscape/."""
