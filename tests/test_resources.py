"""The files that are not code are found in a wheel's layout and in a checkout, and nowhere else."""

from pathlib import Path

import pytest

from zhiguan import resources
from zhiguan.errors import LexiconError, ZhiguanError


def test_a_wheel_is_asked_before_the_checkout(tmp_path: Path) -> None:
    package, checkout = tmp_path / "package", tmp_path / "checkout"
    for place in (package, checkout):
        (place / "ontology").mkdir(parents=True)
    (checkout / "pyproject.toml").touch()
    assert resources._locate("ontology", package, checkout) == package / "ontology"


def test_a_checkout_is_known_by_its_pyproject(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    with pytest.raises(ZhiguanError, match="install zhiguan again"):
        resources._locate("ontology", tmp_path / "package", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    assert resources._locate("ontology", tmp_path / "package", tmp_path) == tmp_path / "ontology"


def test_a_missing_folder_is_reported_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(ZhiguanError) as caught:
        resources._locate("ontology", tmp_path / "a", tmp_path / "b")
    assert str(tmp_path / "a" / "ontology") in str(caught.value)
    assert str(tmp_path / "b" / "ontology") in str(caught.value)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ZhiguanError, match=r"no ontology file nothing\.ttl"):
        resources.read_ontology("nothing.ttl")
    with pytest.raises(LexiconError, match=r"no word list nothing\.tsv"):
        resources.lexicon_parts("nothing.tsv")


def test_listed_files_can_be_read() -> None:
    assert all(resources.read_ontology(entry.name) for entry in resources.ontology_files())
    assert all(resources.lexicon_parts(entry.name) for entry in resources.lexicon_files())
    assert all(entry.name.endswith(".rq") for entry in resources.query_files())


def test_the_stages_are_there() -> None:
    places = {entry.name.removesuffix(".py") for entry in Path(resources.__file__).parent.iterdir()}
    assert places >= resources.STAGES


def test_vocabularies_can_be_read_as_one_text() -> None:
    whole = resources.read_ontology(resources.VOCABULARIES)
    files = resources.vocabulary_files()
    assert len(files) > 10
    assert all(entry.read_text(encoding="utf-8") in whole for entry in files)
