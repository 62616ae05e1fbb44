"""The words of a figure: translated text where it is given, the lecture's symbols where it is not."""

import re
from collections.abc import Mapping

SYMBOLS = {
    "x": "x",
    "y": "y",
    "step": "k",
    "loss": "f",
    "learning_rate": "η",
    "momentum": "ρ",
    "effective_step": "−Δ/∇f",
    "diverged": "×",
    "boundary": "ρ(η)",
    "chosen": "○",
    "start": "x₀",
    "minimum": "x*",
    "saddle": "∇f = 0",
    "left_at": "{name} ↗ k = {step}",
    "constant": "f = c",
    "velocity": "‖v‖",
    "square_sum": "‖Σg²‖",
    "square_average": "‖E[g²]‖",
    "delta_average": "‖E[Δ²]‖",
    "first_moment": "‖m‖",
    "second_moment": "‖s‖",
    "accuracy": "α",
    "training": "●",
    "validation": "○",
    "best": "◯",
    "stopped": "|",
    "layer": "ℓ",
    "output": "L",
    "gradient_norm": "‖∇f‖",
    "weight_norm": "‖W‖",
    "activation_mean": "E[h]",
    "activation_std": "σ(h)",
    "dead": "h = c",
    "distance": "t",
    "median": "f̃",
    "eigenvalue": "λ",
    "density": "p(λ)",
    "bound": "2/η",
    "true": "f(θ)",
    "beneath": "f(θ̂)",
    "off": "‖θ − θ̂‖",
    "share": "‖θ − θ̂‖ / R",
    "component": "i",
    "explained": "σᵢ²",
    "cumulative": "Σ σᵢ²",
    "direction_1": "d₁",
    "direction_2": "d₂",
}
"""The word of each key that a figure may ask for, in no language."""

ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})


def say(words: Mapping[str, str] | None, key: str) -> str:
    """Return the given word for a key, else its symbol, else the key itself.

    >>> say({"step": "단계"}, "step"), say(None, "step")
    ('단계', 'k')
    """
    return (words or {}).get(key) or SYMBOLS.get(key, key)


def plain(text: str) -> str:
    """Return text that Plotly prints as it stands: its tags, entities and formulas are not interpreted.

    >>> plain("<b>Adam</b> & co")
    '&lt;b&gt;Adam&lt;/b&gt; &amp; co'
    """
    return text.translate(ENTITIES)


def raised(text: str) -> str:
    """Return plain text with its powers set above the line.

    >>> raised("3^(−N²/4)")
    '3<sup>−N²/4</sup>'
    """
    return re.sub(r"\^\(([^()]*)\)", r"<sup>\1</sup>", plain(text))


def hover(words: Mapping[str, str] | None, *lines: tuple[str, str], name: bool = False) -> str:
    """Return a hover text of one line for each (key, place), such as ("loss", "%{y}").

    >>> hover(None, ("step", "%{x}"), ("loss", "%{y}"), name=True)
    '%{fullData.name}<br>k %{x}<br>f %{y}<extra></extra>'
    """
    first = ["%{fullData.name}"] if name else []
    return "<br>".join([*first, *(f"{say(words, key)} {place}" for key, place in lines)]) + "<extra></extra>"
