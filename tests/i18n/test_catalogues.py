"""Both languages are complete: the same keys, the same placeholders, every registered thing named."""

import re
import string

import pytest

from landscape.descent.rules.registry import OPTIMIZERS, WRAPPERS
from landscape.descent.schedules.registry import SCHEDULES
from landscape.i18n import LANGUAGES, catalogue, help, label
from landscape.i18n.catalogue import FOLDER, read
from landscape.presets.races import PRESETS
from landscape.problems.data.datasets import DATASETS
from landscape.problems.formulas.error import MESSAGES as FORMULA_MESSAGES
from landscape.problems.formulas.error import NAMES as FORMULA_NAMES
from landscape.problems.networks.activations import ACTIVATIONS
from landscape.problems.networks.initializers import INITIALIZERS
from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario.error import MESSAGES as SCENARIO_MESSAGES
from landscape.scenario.fields import hyperparameters

KEYS = sorted(catalogue("en"))
FORMULAS = read(FOLDER / "common" / "formulas.po")
WORDS = [key for key in KEYS if key not in FORMULAS]
RULES = OPTIMIZERS | WRAPPERS
OWNERS = (
    {f"rule.{name}": kind for name, kind in RULES.items()}
    | {f"schedule.{name}": kind for name, kind in SCHEDULES.items()}
    | {f"surface.{name}": type(surface) for name, surface in SURFACES.items()}
)
NAMED = re.compile(r"(rule|surface|activation|data)\.\w+\.(name|short)")
PROPER = {
    text for key, text in catalogue("en").items() if NAMED.fullmatch(key) and catalogue("ko")[key] == text
}
"""Names of registered things that stay in Latin letters in every language."""
NAMES = re.compile("|".join(map(re.escape, sorted(PROPER | {"lr", "NPZ"}, key=len, reverse=True))))


def test_all_languages_have_the_same_keys():
    for language in LANGUAGES:
        assert sorted(catalogue(language)) == KEYS


def test_a_key_is_written_in_one_file_only():
    for language in LANGUAGES:
        files = [*(FOLDER / "common").glob("*.po"), *(FOLDER / language).glob("*.po")]
        keys = [key for path in files for key in read(path)]
        assert sorted(keys) == sorted(set(keys))


def test_the_files_of_the_languages_are_the_same():
    en, ko = ({path.name for path in (FOLDER / language).glob("*.po")} for language in LANGUAGES)
    assert en == ko


def test_every_text_is_there_with_the_placeholders_of_the_others():
    for key in WORDS:
        texts = [catalogue(language)[key] for language in LANGUAGES]
        assert all(text.strip() for text in texts), key
        assert len({frozenset(placeholders(text)) for text in texts}) == 1, key


def placeholders(text: str) -> set[str]:
    """Their names; the particle that Korean adds to one is no part of it."""
    fields = (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    return {name.partition("|")[0] for name in fields}


def test_korean_is_korean():
    """No English sentence is left, nor a word where Hangul is expected."""
    for key in WORDS:
        written = re.sub(r"\{[^}]*\}|`[^`]*`|\$[^$]*\$|et al\.", "", catalogue("ko")[key])
        written = re.sub(rf"\b({'|'.join(FORMULA_NAMES)})\b", "", written)
        assert not re.search(r"[a-z]{2,}\s+[a-z]{2,}", written), key
        assert re.search("[가-힣]", written) or not re.search("[A-Za-z]{2}", NAMES.sub("", written)), key


def test_a_name_that_stays_latin_is_no_word_that_korean_has():
    """AdaGrad and Beale stay; a momentum or a ravine, of which English sentences speak, is translated."""
    english = {word for key in WORDS for word in re.findall(r"[a-z-]{3,}", catalogue("en")[key])}
    assert "momentum" in english
    assert {name for name in PROPER if name.lower() in english} <= {"tanh"}


def test_sentences_end_as_sentences_and_korean_ones_politely():
    for key in KEYS:
        if key.endswith((".help", ".lesson", ".description")):
            assert catalogue("en")[key].endswith((".", "?")), key
            assert re.search(r"(니다|세요|까요)[.?]$", catalogue("ko")[key]), key


def test_labels_are_no_sentences():
    for key in KEYS:
        if key.endswith((".label", ".name", ".short")):
            assert not any(catalogue(language)[key].endswith((".", "니다")) for language in LANGUAGES), key


def test_english_texts_hold_no_hangul():
    assert not [key for key in KEYS if re.search("[가-힣]", catalogue("en")[key]) and key != "language.ko"]


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_label_and_a_help(owner: str, language: str):
    for field in hyperparameters(OWNERS[owner]):
        assert label(owner, field, language)
        assert help(owner, field, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_registered_thing_has_its_words(language: str):
    words = catalogue(language)
    expected = [
        f"rule.{name}.{kind}" for name in RULES for kind in ("name", "short", "description", "formula")
    ]
    expected += [f"surface.{name}.{kind}" for name in SURFACES for kind in ("name", "lesson")]
    expected += [f"schedule.{name}.{kind}" for name in SCHEDULES for kind in ("name", "short", "description")]
    expected += [f"schedule.{name}.formula" for name in SCHEDULES]
    expected += [f"data.{name}.{kind}" for name in DATASETS for kind in ("name", "description")]
    expected += [f"activation.{name}.name" for name in ACTIVATIONS]
    expected += [f"initializer.{name}.name" for name in INITIALIZERS]
    expected += [f"preset.{name}.{kind}" for name in PRESETS for kind in ("name", "lesson")]
    assert [key for key in expected if key not in words] == []


def test_nothing_is_named_that_is_not_registered():
    known = {"rule": RULES, "surface": SURFACES, "schedule": SCHEDULES, "preset": PRESETS}
    known |= {"data": DATASETS, "activation": ACTIVATIONS}
    strangers = [
        key for key in KEYS if (part := key.split("."))[0] in known and part[1] not in known[part[0]]
    ]
    assert strangers == []


def test_names_in_a_registry_are_told_apart():
    for language in LANGUAGES:
        for prefix, registry in (("rule", OPTIMIZERS), ("surface", SURFACES), ("schedule", SCHEDULES)):
            names = [catalogue(language)[f"{prefix}.{name}.name"] for name in registry]
            assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("prefix", "messages"), [("formula", FORMULA_MESSAGES), ("scenario", SCENARIO_MESSAGES)]
)
def test_errors_say_in_the_catalogue_what_they_say_in_the_library(prefix: str, messages: dict[str, str]):
    for code, message in messages.items():
        assert catalogue("en")[f"{prefix}.{code}"] == message


@pytest.mark.parametrize("key", FORMULAS)
def test_formulas_have_balanced_brackets(key: str):
    latex = FORMULAS[key].replace(r"\{", "").replace(r"\}", "")
    assert latex.count("{") == latex.count("}")
    assert len(re.findall(r"\\left\b", latex)) == len(re.findall(r"\\right\b", latex))
    assert latex.count(r"\begin") == latex.count(r"\end")


def test_every_stage_word_is_a_key():
    """The words the stages ask for in their modules are in the catalogue."""
    assets = FOLDER.parent / "player" / "assets"
    asked = set()
    for path in assets.rglob("*.js"):
        asked |= set(re.findall(r"\btext\.([a-z_]+)\b", path.read_text(encoding="utf-8")))
    asked -= {"length", "trim", "slice", "split", "replace"}  # of text itself
    assert {"play", "start"} <= asked
    known = {key.partition(".")[2] for key in KEYS if key.startswith(("stage", "curve"))}
    assert sorted(asked - known) == []
