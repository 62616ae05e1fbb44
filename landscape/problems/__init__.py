"""Problems to descend: surfaces of one or two parameters, typed formulas, data and networks.

A surface states its facts (formula, domain, start, minima, saddles, source) beside its equation, so that the
tests can check them by gradient and Hessian and no page has to know them. A typed formula is parsed against a
list of what is allowed and never evaluated as Python: it may come with a link from anywhere. A network is
functions of a plain tree of arrays, so that nothing below needs to know what a layer is.
"""

from landscape.problems.formulas.formula import Formula, FormulaError, formula
from landscape.problems.surfaces.registry import SURFACES
from landscape.problems.surfaces.surface import Surface

__all__ = ["SURFACES", "Formula", "FormulaError", "Surface", "formula"]
