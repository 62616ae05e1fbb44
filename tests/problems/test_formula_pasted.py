"""Formulas as people paste them: read where there is one meaning, and a suggestion only where it is meant."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.problems.formulas.error import ARGUMENTS, NAMES
from landscape.problems.formulas.formula import FormulaError, formula
from landscape.problems.formulas.hint import OTHERS, product, split
from landscape.problems.formulas.spelling import INVISIBLE, MEANINGS

POINTS = np.array([[0.5, 1.25], [2.0, 0.75], [-1.5, 0.25], [0.9, -2.0]])
SUPERSCRIPTS = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")


def values(text: str) -> list[float]:
    with jax.enable_x64(True):
        surface = formula(text)
        return [float(surface(jnp.asarray(point))) for point in POINTS]


def same(text: str, meant: str) -> None:
    np.testing.assert_allclose(values(text), values(meant), rtol=1e-12, err_msg=text)


READ = [
    ("1e−5*x", "1e-5*x"), ("2E–3*x", "2e-3*x"), ("x² + y³", "x**2 + y**3"), ("x⁻¹", "x**-1"),
    ("x⁽²⁺¹⁾", "x**3"), ("eˣ", "exp(x)"), ("−x²", "-(x**2)"), ("2**x²", "2**(x**2)"), ("x¹⁰", "x**10"),
    ("(x + y)² − 1", "(x + y)**2 - 1"), ("2·x ⋅ y ÷ 4", "2*x*y/4"), ("x⁄y", "x/y"),
    ("（ｘ＋１．５）＊ｙ", "(x+1.5)*y"), ("ｍａｘ（ｘ，ｙ）", "max(x,y)"),
    ("ＳＩＮ（Ｘ）", "sin(x)"),
    ("𝑥² + 𝑦²", "x**2 + y**2"),
    ("π*x + τ", "pi*x + 2*pi"), ("√x", "sqrt(x)"), ("√(x + 3)", "sqrt(x + 3)"), ("√2*x", "sqrt(2)*x"),
    ("√|x|", "sqrt(abs(x))"), ("√sin(y)", "sqrt(sin(y))"), ("∛x", "cbrt(x)"), ("√√y", "sqrt(sqrt(y))"),
    ("|x|", "abs(x)"), ("||x| - 1|", "abs(abs(x) - 1)"),
    ("|x|*|y| - |x - y|", "abs(x)*abs(y) - abs(x - y)"), ("-|x|^2", "-(abs(x)**2)"),
    ("2*|x*|y||", "2*abs(x*y)"), ("X + Y", "x + y"), ("Exp(X) + PI", "exp(x) + pi"), ("E^x", "exp(x)"),
    ("Where(X > 0, Y, X)", "where(x>0,y,x)"), ("f(x, y) = x - y", "x - y"), ("F(X,Y)=x", "x"),
    ("z = x*y", "x*y"), ("L(x) := x**2", "x**2"), ("= x + y", "x + y"), ("sin^2(x)", "sin(x)**2"),
    ("sin²(x)", "sin(x)**2"), ("3*cos**2(x)*y", "3*cos(x)**2*y"), ("ln(y)", "log(y)"),
    ("log₂(y) + log₁₀(y)", "log2(y) + log10(y)"), ("sgn(x) * cbrt(y)", "sign(x)*cbrt(y)"),
    ("arctan(x) + arcsin(y/9) + arccos(0)", "atan(x) + asin(y/9) + pi/2"), ("x ≤ 1", "x <= 1"),
    ("x ≥ y", "x >= y"), ("(x ≠ 0.5)*y", "(x != 0.5)*y"), ("x ≦ y", "x <= y"), ("\ufeffx + y\r\n", "x + y"),
    ("x\u200b + 1\u200d0", "x + 10"), ("2\u2062x", "2*x"), ("sin\u2061(x)", "sin(x)"),
    ("max(x\u2063 y)", "max(x, y)"), ("x\u3000＋\u00a0y", "x + y"), ("2✖️x", "2*x"), ("xˆ2", "x**2"),
    ("2 ㆍ x", "2*x"), ("1.5 • x", "1.5*x"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), READ, ids=[ascii(typed) for typed, _ in READ])
def test_what_has_one_meaning_is_read(typed, meant):
    same(typed, meant)


def test_every_sign_of_the_table_means_what_it_stands_for():
    around = {"|": "x*{}y{}", "pi": "x*{}", "tau": "x*{}", ",": "max(x{} y)", "^": "x{}2"}
    for plain, signs in MEANINGS.items():
        for sign in signs:
            pattern = around.get(plain, "x {} y")
            same(pattern.replace("{}", sign), pattern.replace("{}", plain))


def test_every_blank_and_invisible_sign_may_stand_anywhere():
    for sign in [*INVISIBLE, *"\u00a0\u1680\u2002\u2009\u200a\u202f\u205f\u3000\u2028\u0085\u2800\u3164"]:
        same(f"{sign}x{sign} + {sign}2{sign}*{sign}y{sign}", "x + 2*y")
    for sign in INVISIBLE:
        same(f"ma{sign}x(1{sign}0, x)", "max(10, x)")


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e")
def test_what_turns_the_reading_round_is_refused(sign):
    with pytest.raises(FormulaError) as error:
        formula(f"x + {sign}y")
    assert sign not in str(error.value)


@pytest.mark.parametrize("exponent", ["2", "10", "-1", "+2", "(1+1)"])
def test_an_exponent_above_the_line_is_the_one_after_a_sign(exponent):
    same("y*x" + exponent.translate(SUPERSCRIPTS), f"y*x**({exponent})")


MEANT = [
    ("1,5*x", "1.5*x"), ("x + 0,125", "x + 0.125"), ("(1,5 + 2,25*y)", "(1.5 + 2.25*y)"),
    ("sin(1,5*x)", "sin(1.5*x)"), ("x = y", "x == y"), ("y = x^2", "x**2"), ("y = 2x", "2*x"),
    ("x**2 + y**2 = 1", "x**2 + y**2 == 1"),
    ("x =< y", "x <= y"), ("x => y", "x >= y"), ("2x", "2*x"), ("2x + 3y", "2*x + 3*y"),
    ("2(x + 1)", "2*(x + 1)"), ("(x)(y)", "x*y"), ("x(y + 1)", "x*(y + 1)"), ("x y", "x*y"),
    ("x^2y", "x**2*y"), ("x²y²", "x**2*y**2"), ("3 x^2 y", "3*x**2*y"), ("sin(x)cos(y)", "sin(x)*cos(y)"),
    ("2|x|", "2*abs(x)"), ("|x|y", "abs(x)*y"), ("2√y", "2*sqrt(y)"), ("-2x^2", "-2*x**2"),
    ("x^-2y", "y/x**2"), ("2e-5x", "2e-5*x"), ("x/2 + 3y", "x/2 + 3*y"), ("(x/2)y", "x*y/2"),
    ("2^x + 3y", "2**x + 3*y"), ("2sin(x)", "2*sin(x)"), ("xsin(y)", "x*sin(y)"), ("xy", "x*y"),
    ("2xy", "2*x*y"), ("2πx", "2*pi*x"), ("xy²", "x*y**2"), ("xe", "x*e"), ("exy", "e*x*y"),
    ("sinx", "sin(x)"), ("sin x", "sin(x)"), ("cos 2 + y", "cos(2) + y"), ("sin^2 x", "sin(x)**2"),
    ("(1.5-x+xy)^2", "(1.5 - x + x*y)**2"), ("exp(x)y", "exp(x)*y"), ("-xy", "-x*y"),
    ("x>0 and y>0", "(x>0)*(y>0)"), ("x>0 && y>0", "(x>0)*(y>0)"), ("(x>0) & (y>0)", "(x>0)*(y>0)"),
    ("where(x>0 and y>0 and x<1, 1, 0)", "where((x>0)*(y>0)*(x<1), 1, 0)"), ("x>0 or y>0", "max(x>0, y>0)"),
    ("if(x > 0, x, y)", "where(x > 0, x, y)"), ("pow(x, 2)", "x**2"),
    ("pow(x + 1, 2)**2", "((x + 1)**2)**2"), ("2*power(x, 3)", "2*x**3"),
    ("sine(x) + cosine(y)", "sin(x) + cos(y)"), ("sqroot(y)", "sqrt(y)"), ("lg(y)", "log10(y)"),
    ("minimum(x, y)", "min(x, y)"), ("[x + 1]*2", "(x + 1)*2"), ("x^{2}", "x**2"),
    ("{x + y}/2", "(x + y)/2"), ("max(x; y)", "max(x, y)"), ("½*x", "0.5*x"), ("y^½", "sqrt(y)"),
    ("х + у", "x + y"), ("ㅌ**2 + ㅛ", "x**2 + y"), ("(1-x1)**2 + x2", "(1-x)**2 + y"),
    ("x₁² + x₂²", "x**2 + y**2"), ("x_1*x_2", "x*y"), ("f(x,y) = 2x", "2*x"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), MEANT, ids=[ascii(typed) for typed, _ in MEANT])
def test_a_suggestion_is_a_formula_and_the_one_that_is_meant(typed, meant):
    with pytest.raises(FormulaError) as error:
        formula(typed)
    suggestion = error.value.details["suggestion"]
    assert str(suggestion) in str(error.value)
    same(str(suggestion), meant)


UNCLEAR = [
    "1/2x", "1/x(y+1)", "x/2 y", "1/xy", "x/-2y", "1/x^2y", "e^2x", "2^3x", "2^-3x", "10^3(x)", "e^xy",
    "√2x", "√xy", "sin 2x", "sin 2*x", "sin x y", "sin x^2", "1 000*x", "1,000*x", "1,000,000", "1.000,5",
    "1e -5*x", "1 e-5*x", "2½", "x2", "x1 + 3", "x[0]", "√x²", "√(x)^2", "x²^3", "sin^-1(x)", "sin⁻¹(x)",
    "sin^2(x)^3", "|x|y|", "not x", "x!", "5%*x", "cot(x)", "sec(x)", "sinc(x)", "cosec(x)", "arsinh(x)",
    "log3(x)", "sinpi(x)", "sind(x)", "expm1(x)", "log1p(x)", "sqr(x)", "atan2(y, x)", "foo(x)",
    "x if y else 1", "x > 0 and y > 0 or x < 1", "pow(x)", "log(x, 2)", "x**", "(x",
]  # fmt: skip


@pytest.mark.parametrize("typed", UNCLEAR)
def test_where_it_is_unclear_what_is_meant_nothing_is_suggested(typed):
    with pytest.raises(FormulaError) as error:
        formula(typed)
    assert "suggestion" not in error.value.details


def test_no_function_of_another_name_is_taken_for_a_product_or_a_slip():
    read = {"arcsin", "arccos", "arctan"}
    suggested = {"minimum", "maximum", "pow", "power", "fabs", "absolute"}
    for name in OTHERS - set(NAMES) - read - suggested:
        for called in (f"{name}(x)", f"{name}(x, y)"):
            with pytest.raises(FormulaError) as error:
                formula(called)
            assert "suggestion" not in error.value.details, called


def test_names_written_together_are_told_apart():
    assert split("xz") == []
    assert product(split("pix"), "") == "pi*x"
    assert all(split(name) == [name] for name in ARGUMENTS)
