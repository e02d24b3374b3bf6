"""Pages for people: facts as sentences with their quotes, in two languages, each kind of thing on its own page."""

import re
from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import RdfFormat, parse, serialize

from zhiguan.serve import create_app
from zhiguan.serve.engine.live import Still
from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.pages.recent import Recent
from zhiguan.serve.pages.sentences import Line, Word, places, plain, tell
from zhiguan.serve.pages.words import _table
from zhiguan.store import Store

from .conftest import Ask, asker
from .sample import BASE, TEXT, fill
from .sample_decisions import DECISIONS

ZH = {"Accept": "text/html", "Accept-Language": "zh"}
EN = {"Accept": "text/html", "Accept-Language": "en"}


def words_of(answer: httpx.Response) -> str:
    """What a reader sees of the page's main part: no tags, quotes in quotation marks."""
    main = answer.text.partition('<main id="main">')[2].partition("</main>")[0]
    return re.sub(r"<[^>]+>", "", re.sub(r"<q[^>]*>(.*?)</q>", r"“\1”", main))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "/person/shi",
            ["石大川任中共云中省青山县委员会书记（见于 2024-05-16 至 2024-06-03，2 篇）", "“青山县委书记石大川”"],
        ),
        ("/person/shi", ["2024-05-16，石大川以中共云中省青山县委员会书记身份在青山县教育提升工作推进会上讲话", "现任"]),
        (
            "/body/government",
            ["柳青禾任云中省青山县人民政府县长", "云中省青山县教育局", "青山县教育提升行动方案(2024—2026年)"],
        ),
        ("/post/head", ["柳青禾任云中省青山县人民政府县长", "“县委副书记、县长柳青禾”"]),
        (
            "/meeting/m1",
            ["柳青禾以", "身份主持青山县教育提升工作推进会", "县会议中心", "上午", "解读《青山县教育提升行动方案"],
        ),
        (
            "/plan/p1",
            [
                "云中省青山县人民政府印发，自 2024 至 2026",
                "白石解读《青山县教育提升行动方案(2024—2026年)》",
                "两大行动",
                "（属“两大行动”）",
            ],
        ),
        ("/plan-part/b", ["强师行动", "属“两大行动”"]),
        ("/plan-part/a", ["其中内容", "强师行动", "共 2 项"]),
        ("/division/990101", ["云中省青山县", "云中省青山县教育局", "石大川调研青山中学"]),
        (
            "/tenure/liu-head",
            ["柳青禾任云中省青山县人民政府县长", "以此身份参加的活动", "主持青山县教育提升工作推进会"],
        ),
        ("/participation/2", ["柳青禾以", "主持青山县教育提升工作推进会", "“柳青禾主持会议”"]),
        ("/document-event/d1", ["白石解读《青山县教育提升行动方案(2024—2026年)》"]),
        ("/attestation/qs-001/1", ["《青山县召开教育提升工作推进会》述及：", "所证事实", "“县委书记石大川”"]),
        ("/vocabulary/role-chair", ["主持人"]),
        ("/ontology", ["zg:Tenure", "zg:Attestation"]),
        ("/vocabulary", ["role-chair"]),
    ],
)
def test_facts_stand_as_sentences(ask: Ask, path: str, words: list[str]) -> None:
    answer = ask(path, headers=ZH)
    assert answer.status_code == 200
    text = words_of(answer)
    assert [word for word in words if word not in text] == []
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/person/shi", ["石大川 is 书记 of 中共云中省青山县委员会 (reported 2024-05-16 to 2024-06-03, 2 articles)"]),
        ("/meeting/m1", ["2024-05-16: 柳青禾 (", "chaired 青山县教育提升工作推进会"]),
        ("/plan/p1", ["issued by 云中省青山县人民政府, from 2024 to 2026", "was explained by 白石 at"]),
    ],
)
def test_the_same_in_english(ask: Ask, path: str, words: list[str]) -> None:
    answer = ask(path, headers=EN)
    assert '<html lang="en">' in answer.text
    text = words_of(answer)
    assert [word for word in words if word not in text] == []
    assert '<html lang="zh-Hans">' in ask(f"{path}?lang=zh", headers=EN).text


def test_an_article_shows_its_quotes_in_place(ask: Ask) -> None:
    """All marks and the text between them are the text as read, and each quote can be reached."""
    begin = TEXT.index("县委书记石大川")
    anchor = f"q{begin}-{begin + 7}"
    answer = ask(f"/article/qs-001?q={anchor}", headers=ZH)
    source = answer.text.partition('<div class="source" lang="zh-Hans">')[2].partition("</div>")[0]
    shown = re.sub(r"<[^>]+>", "", source)
    assert shown.replace("&lt;", "<").replace("&gt;", ">") == TEXT
    assert f'id="{anchor}"' in source
    assert re.findall(r'<mark class="\w+ chosen"[^>]*>([^<]*)</mark>', source) == ["县委书记", "石大川"]
    assert "&lt;b&gt;" in source


def test_without_texts_there_are_quotes_only(store: Store) -> None:
    """Quotes still lead somewhere: to their place in the list of the article's quotes."""
    ask = asker(create_app(Still(store, texts=False), base=BASE))
    page = ask("/article/qs-001", headers=ZH).text
    assert "在县会议中心召开。县委书记" not in page
    anchors = re.findall(r'<li id="(q\d+-\d+)"><q', page)
    assert len(anchors) > 10
    href = re.search(r'class="quote" href="([^"#]+)#([^"]+)"', ask("/person/shi", headers=ZH).text)
    assert href
    assert f'id="{href[2]}"' in ask(href[1], headers=ZH).text


def test_every_quote_leads_to_its_mark(ask: Ask) -> None:
    for page in ("/person/shi", "/meeting/m1", "/plan/p1", "/article/qs-001"):
        for href in re.findall(r'class="quote" href="([^"]+)"', ask(page, headers=ZH).text):
            path, _, anchor = href.partition("#")
            target = ask(path, headers=ZH).text
            assert f'id="{anchor}"' in target
            assert "chosen" in target


def test_every_link_of_a_page_leads_somewhere(ask: Ask) -> None:
    seen = set()
    for page in ("/person/liu", "/body/committee", "/meeting/m1", "/article/qs-001", "/plan/p1", "/division/990101"):
        for href in re.findall(r'href="(/[^"]*)"', ask(page, headers=ZH).text):
            seen.add(href.replace("&amp;", "&").partition("#")[0])
    broken = [href for href in sorted(seen) if ask(href, headers=ZH).status_code not in {200, 303}]
    assert broken == []


def test_a_list_by_itself(ask: Ask) -> None:
    answer = ask("/person/shi?section=mentions", headers=ZH)
    assert "“石大川”" in words_of(answer)
    assert "返回" in words_of(answer)
    inverse = ask("/person/shi?section=inverse", headers=ZH)
    assert "石大川" in words_of(inverse)
    assert ask("/person/shi?section=plan-parts", headers=ZH).status_code == 404
    assert ask("/person/shi?section=inverse&page=x", headers=ZH).status_code == 400


def test_hostile_titles_are_escaped(ask: Ask) -> None:
    answer = ask("/article/qs-002", headers=ZH)
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def _fill(name: str) -> Line:
    known: dict[str, Line] = {"a": (Word("甲", "https://e.example/1"),), "b": (Word("乙"),)}
    return known.get(name, ())


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{a}任{b}", "甲任乙"),
        ("{a}任[{c}的]{b}", "甲任乙"),
        ("{a}任[{a}的]{b}", "甲任甲的乙"),
        ("{c}任{b}", "任乙"),  # what is known is still said
        ("[{a}和{c}]{b}", "乙"),
        ("无", "无"),
    ],
)
def test_templates(template: str, said: str) -> None:
    assert plain(tell(template, _fill)) == said


def test_the_words_come_in_both_languages_with_the_same_places() -> None:
    table = _table()
    assert list(table) == sorted(table)
    for key, (zh, en) in table.items():
        assert zh and en, key
        if key.partition(".")[0] in {"sentence", "phrase", "intro", "seen", "page", "rows"}:
            assert sorted(places(zh)) == sorted(places(en)), key


def test_every_property_that_a_sentence_names_is_known(ask: Ask) -> None:
    known = ask("/ontology.nt").text
    for key, (zh, _) in _table().items():
        if key.partition(".")[0] in {"sentence", "phrase", "intro"}:
            for step in (step for place in places(zh) for step in place.split("/")):
                prefix, _, local = step.partition(":")
                assert prefix in PREFIXES, key
                assert prefix != "zg" or f"ontology#{local}>" in known, (key, step)


def test_every_concept_that_turns_a_sentence_is_known(ask: Ask) -> None:
    turning = {key.split(".")[2] for key in _table() if key.startswith(("sentence.", "intro.")) and key.count(".") == 2}
    known = ask("/ontology.nt").text + ask("/vocabulary.nt").text
    assert [name for name in sorted(turning) if not re.search(rf"[#/]{name}>", known)] == []


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A store with decisions on posts, a session and a plan's state besides."""
    path = tmp_path_factory.mktemp("decided") / "store"
    with Store.open(path) as filling:
        fill(filling)
        quads = serialize(parse(DECISIONS, RdfFormat.TRIG), format=RdfFormat.N_QUADS) or b""
        filling.replace_graph(BASE + "graph/qs-003", quads.decode())
        filling.flush()
    with Store.open(path, read_only=True) as reading:
        yield asker(create_app(reading, base=BASE))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "/personnel-action/a",
            ["2024-07-01，青山县人大常委会任命云归为青山县人大常委会办公室主任（青山县九届人大三次会议）"],
        ),
        ("/personnel-action/r", ["免去云归的青山县人大常委会办公室主任职务"]),
        ("/personnel-action/q", ["云归辞去青山县人大常委会办公室主任职务（青山县人大常委会）"]),
        ("/person/yun", ["任免", "任命云归为", "云归任青山县人大常委会办公室主任，主持工作", "主持工作现任"]),
        ("/tenure/yun", ["任免", "免去云归"]),
        ("/post/chair", ["任免", "任命云归为"]),
        ("/body/standing", ["所作任免", "任命云归为", "青山县人大常委会办公室"]),
        ("/body/office", ["领导、指导、合署的机构", "青山县人大常委会"]),
        ("/body/congress", ["届次", "第九届青山县人民代表大会", "青山县人民代表大会第 9 届"]),
        ("/term/t9", ["青山县人民代表大会第 9 届", "青山县九届人大三次会议"]),
        ("/meeting/s3", ["2024-06-30举行，为第九届青山县人民代表大会第 3 次会议", "任命云归为"]),
        ("/status-report/z", ["截至2024-07-01，《青山县节水办法》施行"]),
        ("/plan/p9", ["（青政发〔2024〕9号）", "进展", "截至2024-07-01"]),
    ],
)
def test_decisions_terms_and_statuses(decided: Ask, path: str, words: list[str]) -> None:
    text = re.sub(r"\s*\n\s*", "", words_of(decided(path, headers=ZH)))
    assert [word for word in words if word not in text] == []


def test_recent_lists_are_kept_up_to_a_size() -> None:
    recent: Recent[list[str]] = Recent(entries=8)  # an entry counts as one more than its length
    made: list[str] = []

    def make(name: str, size: int) -> list[str]:
        made.append(name)
        return [name] * size

    for name, size in (("a", 3), ("a", 3), ("b", 2), ("c", 3), ("a", 3)):
        assert len(recent.get(name, lambda: make(name, size))) == size  # noqa: B023 called at once
    assert made == ["a", "b", "c", "a"]  # c drove a out
