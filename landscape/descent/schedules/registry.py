"""Every schedule by name: one entry here is all that a new class needs."""

from landscape.descent.schedules.cycles import CosineRestarts, OneCycle, Triangular
from landscape.descent.schedules.decays import (
    Constant,
    Cosine,
    Exponential,
    InverseTime,
    Polynomial,
    StepDecay,
)
from landscape.descent.schedules.plateau import Plateau
from landscape.descent.schedules.schedule import Schedule
from landscape.descent.schedules.warmup import Warmup

__all__ = [
    "SCHEDULES",
    "Constant",
    "Cosine",
    "CosineRestarts",
    "Exponential",
    "InverseTime",
    "OneCycle",
    "Plateau",
    "Polynomial",
    "StepDecay",
    "Triangular",
    "Warmup",
]

SCHEDULES: dict[str, type[Schedule]] = {
    "constant": Constant,
    "step": StepDecay,
    "exponential": Exponential,
    "inverse_time": InverseTime,
    "polynomial": Polynomial,
    "cosine": Cosine,
    "cosine_restarts": CosineRestarts,
    "warmup": Warmup,
    "one_cycle": OneCycle,
    "triangular": Triangular,
    "plateau": Plateau,
}
