"""IRIs: ASCII, stable, and equal exactly where the key is."""

import base64
import hashlib

import pytest

from zhiguan.errors import MappingError
from zhiguan.model import Body, BodyKind, Role
from zhiguan.rdf.iris import Iris, digest, fold, scope_named_in

IRIS = Iris()
PERSON = IRIS.person("欧阳澄", "339901")
RESOLVED = Body(name="青溪区文化馆", kind=BodyKind.INSTITUTION)
SURFACE = Body(name="青溪区文化馆", kind=BodyKind.INSTITUTION, resolved=False)


def test_digest_is_base32_sha256_of_the_length_prefixed_parts() -> None:
    plain = base64.b32encode(hashlib.sha256("6:青溪3:abc".encode()).digest()).decode().lower()
    assert digest("青溪", "abc") == plain[:16]


def test_parts_do_not_run_into_one_another() -> None:
    assert len({digest("a", "bc"), digest("ab", "c"), digest("abc"), digest("abc", "")}) == 4


def test_iris_never_change() -> None:
    """Published IRIs are for ever: a change of these values is a change of every store."""
    assert digest("欧阳澄", "339901") == "fwh35yktljgdtsvc"
    assert IRIS.person("欧阳澄", "339901") == "https://w3id.org/zhiguan/person/fwh35yktljgdtsvc"
    assert IRIS.text("") == (
        "https://w3id.org/zhiguan/text/sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_all_iris_are_ascii() -> None:
    made = [
        IRIS.article("青溪/1"),
        IRIS.graph("青溪 1"),
        IRIS.body(SURFACE, "article:青溪"),
        IRIS.post("区长", None, "文"),
    ]
    made += [IRIS.meeting("会", "2024-05-07", "CN"), IRIS.plan("方案", "CN"), IRIS.run("urn:t", "1"), PERSON]
    assert all(iri.isascii() and " " not in iri for iri in made)


@pytest.mark.parametrize(
    ("article", "kept"),
    [
        ("sh-001", True),
        ("a.b_c-9", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("a/b", False),
        ("", False),
        ("..", False),
    ],
)
def test_article_ids_stay_readable_where_they_can(article: str, kept: bool) -> None:
    assert (IRIS.article(article) == f"{IRIS.base}article/{article}") is kept
    assert IRIS.graph(article).rpartition("/")[2] == IRIS.article(article).rpartition("/")[2]


def test_a_body_without_canonical_name_stays_in_its_home_scope() -> None:
    assert IRIS.body(RESOLVED, "339901") == IRIS.body(RESOLVED, "110000") == IRIS.body_named(RESOLVED.name)
    assert IRIS.body(SURFACE, "339901") != IRIS.body(SURFACE, "110000")
    assert IRIS.body(SURFACE, "339901") != IRIS.body(RESOLVED, "339901")


def test_a_post_without_body_stays_in_its_article() -> None:
    body = IRIS.body_named("甲局")
    assert IRIS.post("局长", body, "a") == IRIS.post("局长", body, "b")
    assert IRIS.post("局长", None, "a") != IRIS.post("局长", None, "b")


def test_meetings_are_one_by_folded_name_day_and_home() -> None:
    meeting = IRIS.meeting("“乡村振兴” 推进会", "2024-05-07", "339901")
    assert meeting == IRIS.meeting("乡村振兴推进会", "2024-05-07", "339901")
    assert meeting != IRIS.meeting("乡村振兴推进会", "2024-05-08", "339901")
    assert meeting != IRIS.meeting("乡村振兴推进会", "2024-05-07", "339902")
    assert IRIS.meeting_of("a", "推进会", None) != IRIS.meeting_of("b", "推进会", None)


def test_participations_differ_by_role() -> None:
    meeting = IRIS.meeting("推进会", "2024-05-07", "339901")
    assert len({IRIS.participation(meeting, PERSON, role) for role in Role}) == len(Role)


def test_keys_do_not_depend_on_the_base() -> None:
    other = Iris("http://localhost:8000/")
    ours, theirs = (
        iris.tenure(iris.person("甲乙", "CN"), iris.post("局长", iris.body_named("丙局"), "a"))
        for iris in (IRIS, other)
    )
    assert ours.removeprefix(IRIS.base) == theirs.removeprefix(other.base)


@pytest.mark.parametrize(
    "base", ["", "https://w3id.org/zhiguan", "/data/", "https://例.cn/", "https://a b/", "https://a>/"]
)
def test_unusable_bases_are_refused(base: str) -> None:
    with pytest.raises(MappingError, match="base"):
        Iris(base)


@pytest.mark.parametrize(
    ("one", "other"),
    [("方案（2024—2026年）", "方案(2024-2026年)"), ("《Ａ》计划", "a计划"), ("十四五 规划", "“十四五”规划")],
)
def test_fold_unites_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("青溪区乡村振兴行动方案", "339901"),
        ("青溪乡村振兴行动方案", "339901"),
        ("浙江省综合交通规划", "330000"),
        ("浙江综合交通规划", "330000"),
        ("乡村振兴行动方案", None),
    ],
)
def test_scope_named_in(title: str, code: str | None) -> None:
    scopes = [("青溪区", "339901"), ("浙江省", "330000"), ("全国", "CN")]
    assert scope_named_in(title, scopes) == code
