"""Surfaces that a person types: from checked text to a function that JAX can trace.

Not SymPy, whose parser evaluates what it reads, and not `numexpr`, which JAX cannot differentiate. The parser
here names the column of every fault, so that a student can mend it.
"""
