"""Words of the text find their concepts."""

import pytest

from zhiguan.rdf.vocabulary import activity_concept, title_concept

ZGV = "https://w3id.org/zhiguan/vocabulary/"


@pytest.mark.parametrize(
    ("title", "concept"),
    [("区长", "title-district-mayor"), ("政治委员", "title-political-commissar"), ("首席园艺师", None), ("", None)],
)
def test_titles(title: str, concept: str | None) -> None:
    assert title_concept(title) == (concept and ZGV + concept)


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("推进会", "activity-promotion-meeting"),
        ("座谈会议", "activity-symposium"),
        ("晋升仪式", "activity-ceremony"),
        ("碰头会", "activity-meeting"),
        ("植树", None),
        ("", None),
    ],
)
def test_activities(word: str, concept: str | None) -> None:
    assert activity_concept(word) == (concept and ZGV + concept)
