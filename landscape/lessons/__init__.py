"""The lessons: each a short sequence of experiments, each experiment one question a person can answer."""

from landscape.lessons import batches, optimizers, sharpness, step_size, terrain
from landscape.lessons.experiment import Experiment

LESSONS: dict[str, tuple[Experiment, ...]] = {
    "step_size": step_size.EXPERIMENTS,
    "terrain": terrain.EXPERIMENTS,
    "optimizers": optimizers.EXPERIMENTS,
    "batches": batches.EXPERIMENTS,
    "sharpness": sharpness.EXPERIMENTS,
}
"""The experiments of each lesson, in the order they are told."""

__all__ = ["LESSONS", "Experiment"]
