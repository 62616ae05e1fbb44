"""How rare minima are among random critical points: their exact share, and the law of its fall."""

from decimal import Decimal, localcontext
from functools import lru_cache
from math import factorial, prod

DIGITS = 50
"""Decimals carried: the terms of the Pfaffian nearly cancel, and leave fewer."""
PI = Decimal("3.14159265358979323846264338327950288419716939937510582")


@lru_cache(maxsize=32)
def exact(dimensions: int) -> float:
    r"""The chance that no eigenvalue of a random Hessian is negative.

    The eigenvalues of a matrix of the Gaussian orthogonal ensemble have the joint density

    $$p(\lambda) \propto \prod_{i<j} |\lambda_i - \lambda_j| \prod_i e^{-\lambda_i^2 / 2}$$

    Over positive ones its integral is a Pfaffian (de Bruijn), over all a product of gamma functions (Mehta).

    Args:
        dimensions: N, at least 1; the work grows like N!!.

    >>> exact(1), round(exact(2), 6), f"{exact(8):.5e}"
    (0.5, 0.146447, '9.69455e-10')

    Sources: de Bruijn 1955, J. Indian Math. Soc. 19; Mehta, Random Matrices, 2004, section 17.6.
    """
    n = dimensions
    with localcontext() as context:
        context.prec = DIGITS
        table = [[_both(i, j) for j in range(n)] for i in range(n)]
        if n % 2:  # made even by a last row: the integrals of the powers themselves
            edge = [_moment(i + 1) for i in range(n)]
            table = [[*row, value] for row, value in zip(table, edge, strict=True)]
            table.append([*(-value for value in edge), Decimal(0)])
        all_signs = (2 * PI) ** (Decimal(n) / 2) * prod(_gamma(2 + j) / _gamma(3) for j in range(1, n + 1))
        return float(factorial(n) * _pfaffian(table) / all_signs)


def law(dimensions: float) -> float:
    r"""How the share of minima falls with the dimension, to leading order.

    $$P(\text{minimum}) \sim 3^{-N^2/4}$$

    >>> round(law(4), 4)
    0.0123

    Source: Dean & Majumdar 2008, arXiv:0801.1730.
    """
    return float(3 ** (-(dimensions**2) / 4))


def _pfaffian(table: list[list[Decimal]]) -> Decimal:
    """Of an antisymmetric matrix of even size, expanded along its first row."""
    if not table:
        return Decimal(1)
    found = Decimal(0)
    for k in range(1, len(table)):
        left = [i for i in range(1, len(table)) if i != k]
        found -= (-1) ** k * table[0][k] * _pfaffian([[table[i][j] for j in left] for i in left])
    return found


def _both(i: int, j: int) -> Decimal:
    r"""$\int_0^\infty\!\int_0^\infty \mathrm{sgn}(y - x)\, x^i y^j e^{-(x^2 + y^2)/2}$, in polar ones."""
    return _moment(i + j + 2) * (_angle(i, j) - _angle(j, i))


def _moment(k: int) -> Decimal:
    r"""$\int_0^\infty r^{k-1} e^{-r^2/2} = 2^{k/2 - 1}\, \Gamma(k/2)$."""
    return Decimal(2) ** (Decimal(k) / 2 - 1) * _gamma(k)


def _gamma(k: int) -> Decimal:
    r"""$\Gamma(k/2)$."""
    return {1: PI.sqrt(), 2: Decimal(1)}.get(k) or _gamma(k - 2) * (Decimal(k) / 2 - 1)


def _angle(i: int, j: int) -> Decimal:
    r"""$\int_0^{\pi/4} \sin^i t \cos^j t$, by parts."""
    half = Decimal(2).sqrt() / 2  # sine and cosine of the upper end
    if j > 1:
        return (half ** (i + j) + (j - 1) * _angle(i, j - 2)) / (i + j)
    if j == 1:
        return half ** (i + 1) / (i + 1)
    if i > 1:
        return ((i - 1) * _angle(i - 2, 0) - half**i) / i
    return 1 - half if i else PI / 4
