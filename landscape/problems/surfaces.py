"""The registry of surfaces: one entry here is all that a new class needs."""

from landscape.problems.classics import (
    Beale,
    Booth,
    GoldsteinPrice,
    Himmelblau,
    Matyas,
    Rosenbrock,
    SixHumpCamel,
    ThreeHumpCamel,
)
from landscape.problems.curves import TiltedWell
from landscape.problems.multimodal import Ackley, Levy, Michalewicz, Rastrigin, StyblinskiTang
from landscape.problems.quadratics import Bowl, NoisyBowl, Parabola, Ravine
from landscape.problems.saddles import DauphinSaddle, MonkeySaddle, Saddle
from landscape.problems.surface import Surface
from landscape.problems.terrain import Cliff, DoubleWell, Plateau

SURFACES: dict[str, Surface] = {
    surface.name: surface
    for surface in (
        Bowl(),
        Ravine(),
        Rosenbrock(),
        Saddle(),
        DauphinSaddle(),
        MonkeySaddle(),
        Beale(),
        Himmelblau(),
        Booth(),
        Matyas(),
        ThreeHumpCamel(),
        SixHumpCamel(),
        GoldsteinPrice(),
        StyblinskiTang(),
        Rastrigin(),
        Ackley(),
        Levy(),
        Michalewicz(),
        Plateau(),
        Cliff(),
        DoubleWell(),
        NoisyBowl(),
        Parabola(),
        TiltedWell(),
    )
}
