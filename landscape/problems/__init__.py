"""Problems to descend: surfaces of one or two parameters and typed formulas."""

from landscape.problems.formula import Formula, FormulaError, formula
from landscape.problems.surface import Surface
from landscape.problems.surfaces import SURFACES

__all__ = ["SURFACES", "Formula", "FormulaError", "Surface", "formula"]
