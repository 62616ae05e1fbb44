"""The form of an experiment's prose: what is read, and what is refused."""

import pytest

from landscape.lessons.prose import parse

WHOLE = """# When does it blow up?
tab: Blow up?

One sentence.
And another with [[border]].

## controls
- rate: Learning rate | How far one step goes.
- surface: Curve
- surface.parabola: Parabola

## formula
$$x$$

## predict
Which one?
- 0.1
- 0.2

Because.

## card S1-09 half
> What they say,
> on two lines.

What we find.

## words
- loss: Loss: of all
"""


def test_every_part_is_read():
    """Title, tab, intro, controls, formula, question, cards, words."""
    said = parse(WHOLE)
    assert (said.title, said.tab) == ("When does it blow up?", "Blow up?")
    assert said.intro == "One sentence.\nAnd another with [[border]]."
    assert said.controls["rate"] == ("Learning rate", "How far one step goes.")
    assert said.controls["surface.parabola"] == ("Parabola", None)
    assert said.formula == "$$x$$"
    assert said.question
    assert (said.question.text, said.question.answers, said.question.reveal) == (
        "Which one?", ("0.1", "0.2"), "Because.",
    )  # fmt: skip
    (card,) = said.cards
    assert (card.row, card.verdict) == ("S1-09", "half")
    assert (card.notes, card.measured) == ("What they say, on two lines.", "What we find.")
    assert said.words == {"loss": "Loss: of all"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("# When", "When", "begins with"),
        ("tab: Blow up?\n", "", "begins with"),
        ("## formula", "## formulas", "is no part"),
        ("## formula", "## controls", "stands twice"),
        ("- rate: Learning rate", "- Learning rate", "no '- key: text'"),
        ("- surface: Curve", "- rate: Curve", "or twice"),
        ("- 0.2\n", "", "two to four"),
        ("S1-09 half", "S1-09 maybe", "half"),
        ("> What they say,\n> on two lines.\n", "", "quotation"),
    ],
)
def test_what_is_not_of_the_form_is_refused(old, new, told):
    """A slip of the pen is said, not shown to a student."""
    assert old in WHOLE
    with pytest.raises(ValueError, match=told):
        parse(WHOLE.replace(old, new))
