"""The registry of surfaces: one entry here is all that a new class needs."""

from landscape.problems.surfaces.classics import (
    Beale,
    Booth,
    GoldsteinPrice,
    Himmelblau,
    Matyas,
    Rosenbrock,
    SixHumpCamel,
    ThreeHumpCamel,
)
from landscape.problems.surfaces.curves import TiltedWell
from landscape.problems.surfaces.multimodal import Ackley, Levy, Michalewicz, Rastrigin, StyblinskiTang
from landscape.problems.surfaces.obstacles import Cliff, DoubleWell, Plateau
from landscape.problems.surfaces.quadratics import Bowl, NoisyBowl, Parabola, Ravine
from landscape.problems.surfaces.saddles import DauphinSaddle, MonkeySaddle, Saddle
from landscape.problems.surfaces.surface import Surface

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
