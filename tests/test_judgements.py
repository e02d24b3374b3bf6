"""Judgements override name and home scope, whatever their order."""

from pathlib import Path

import pytest
from tests.phrases import document

from zhiguan.errors import ReadError
from zhiguan.rdf import to_nquads
from zhiguan.recognise import recognise
from zhiguan.resolve.judgements import Judgements, read_judgements

SAME = '{"judgement": "same", "people": [{"name": "吴建军", "scope": "310000"}, {"name": "吴建军", "scope": "320500"}]}'
CHAIN = (
    '{"judgement": "same", "people": [{"name": "吴建军", "scope": "320500"}, {"name": "吴建军", "scope": "110000"}]}'
)
APART = '{"judgement": "different", "article": "test", "person": {"name": "吴建军", "scope": "310000"}, "as": "甲"}'


def judgements(tmp_path: Path, *lines: str) -> Judgements:
    path = tmp_path / "judgements.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_judgements(path)


def identity(decided: Judgements) -> tuple[str, ...]:
    facts = decided.apply(recognise(document("上海市徐汇区副区长吴建军主持会议。")))
    return next(person.identity for person in facts.people if person.name == "吴建军")


def test_without_judgements_name_and_scope_decide() -> None:
    assert identity(Judgements()) == ()


@pytest.mark.parametrize("lines", [(SAME, CHAIN), (CHAIN, SAME)])
def test_same_people_share_the_least_key(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert identity(judgements(tmp_path, *lines)) == ("吴建军", "110000")


def test_a_namesake_is_told_apart_in_one_article(tmp_path: Path) -> None:
    assert identity(judgements(tmp_path, APART)) == ("吴建军", "310000", "甲")


def test_a_judged_person_has_another_iri_and_says_why(tmp_path: Path) -> None:
    facts = recognise(document("上海市徐汇区副区长吴建军主持会议。"))
    plain, judged = to_nquads(facts), to_nquads(judgements(tmp_path, APART).apply(facts))
    assert "vocabulary/name-and-home-scope" in plain
    assert "vocabulary/judgement" in judged
    assert "vocabulary/name-and-home-scope" not in judged
    people = [{line.split()[0] for line in text.splitlines() if "homeScope" in line} for text in (plain, judged)]
    assert people[0].isdisjoint(people[1])


@pytest.mark.parametrize("line", ["{", '{"judgement": "maybe"}', '{"judgement": "same", "people": []}', "[]"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ReadError, match=r"judgements\.jsonl:1: no judgement"):
        judgements(tmp_path, line)
