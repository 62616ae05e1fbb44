"""Problems to descend: surfaces of one or two parameters and typed formulas."""

from landscape.problems.formulas.formula import Formula, FormulaError, formula
from landscape.problems.surfaces.registry import SURFACES
from landscape.problems.surfaces.surface import Surface

__all__ = ["SURFACES", "Formula", "FormulaError", "Surface", "formula"]
