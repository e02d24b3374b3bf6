"""Cleaning: what each step does to sentences made for it, and what holds for every article there is."""

import gzip
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from opencc import OpenCC

from zhiguan.clean import clean
from zhiguan.errors import ReadError
from zhiguan.model import Document, LineKind, Source, Span

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = sorted(SHARED.glob("gold/*/*.json"))
CORPUS = SHARED / "corpus" / "news.jsonl.gz"


def need(found: object, what: str) -> None:
    """Skip without the shared data; but where everything must run, its absence is a failure."""
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{what} is missing")
        pytest.skip(f"{what} is not here")


def cleaned(text: str, media: str = "text/plain") -> Document:
    return clean(Source(id="t", text=text, media=media))


BODY = "5月6日，某某县召开会议，县委书记钱大山出席并讲话，副县长孙小河主持会议。"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (BODY, BODY),
        # characters
        ("\ufeff县委\u200b召开会议\x07。", "县委召开会议。"),
        ("县委召开１０次会议，Ａ组参加。", "县委召开10次会议，A组参加。"),
        ("⼈⼤常委会召开会议。", "人大常委会召开会议。"),
        ("更\uf9b4袖召开会议。", "更领袖召开会议。"),
        ("阿不都•买买提、艾山‧玉素甫出席。", "阿不都·买买提、艾山·玉素甫出席。"),
        ("Cafe\u0301开业，县长出席。", "Café开业，县长出席。"),
        ("县委&ldquo;十四五&rdquo;规划&nbsp;某县会议", "县委“十四五”规划 某县会议"),
        ('<p class="x">县长出席。</p><br/>书记<b>讲话</b>。', "县长出席。\n书记讲话。"),
        # readings
        ("區(qū)長(zhǎng)出席會(huì)議(yì)。", "区长出席会议。"),
        ("区（qū）长出席，他们(men)参加。", "区长出席，他们参加。"),
        ("开通微信(app)，实行的(de)办法。", "开通微信（app），实行的（de）办法。"),
        ("在咖啡(café)店开会。", "在咖啡（café）店开会。"),
        # simplification
        ("縣委書記主持會議，強調著力推動發展。", "县委书记主持会议，强调着力推动发展。"),
        ("乾縣縣長出席會議。", "乾县县长出席会议。"),
        ("著名教授李昇、樊於某出席，乾隆年间。", "著名教授李昇、樊於某出席，乾隆年间。"),
        ("縣長說：「『十四五』規劃很好。」", "县长说：“‘十四五’规划很好。”"),
        # punctuation
        ("县委书记甲,,县长乙,、丙出席,。", "县委书记甲，县长乙、丙出席。"),
        ("人员参加会议??h委常委出席。", "人员参加会议。委常委出席。"),
        ("上午9:30,书记(扩大)会议召开:共1,300人.", "上午9:30，书记（扩大）会议召开：共1,300人."),
        ("网址http://a.cn/b?c=1,请看。", "网址http://a.cn/b?c=1，请看。"),
        ('学习"十四五"规划。', "学习“十四五”规划。"),
        ("通过<<某某规划>>。", "通过《某某规划》。"),
        # layout
        ("会上\n,\n县长孙小河讲话\n。\n", "会上，县长孙小河讲话。"),
        ("会上\n\n，\n\n县长孙小河讲话\n\n。\n", "会上，县长孙小河讲话。"),
        ("会议要求，\n抓好落实。", "会议要求，抓好落实。"),
        ("组长胡大 海率领督导组来到我县，听取汇报。", "组长胡大海率领督导组来到我县，听取汇报。"),
        ("讯（记者 赵小明 钱小红） 5月6日开会。", "讯（记者 赵小明 钱小红） 5月6日开会。"),
        ("出席的有赵小明 钱小红 孙一。", "出席的有赵小明 钱小红 孙一。"),
        ("副县长李 四、王 五出席会议。", "副县长李四、王五出席会议。"),
        ("时  间：5月6日", "时间：5月6日"),
        ("许  明   县教育局局长", "许明   县教育局局长"),
        ("编辑丨赵小明", "编辑：赵小明"),
    ],
)
def test_text(raw: str, expected: str) -> None:
    assert cleaned(raw).text == expected


def test_fixed_width_text_is_joined_into_paragraphs() -> None:
    raw = (
        "    某市教育工作会议在市政府礼堂召开，市委副书记魏大明出席会议并作讲\n"
        "话，副市长陶大志主持会议，市教育局党委书记、局长姜大川作工作报告，\n"
        "市直有关部门、各县分管领导、教育局局长及市直学校校长参加会议。会议总\n"
        "结了过去一年的教育工作，部署了下一阶段的任务。\n"
        "    魏大明强调，要办好人民满意的教育。\n"
    )
    first, second = cleaned(raw).text.split("\n")
    assert "作讲话，副市长陶大志" in first
    assert first.endswith("任务。")
    assert second.startswith("魏大明强调")


H, M, B, C, L = LineKind.HEAD, LineKind.META, LineKind.BODY, LineKind.CAPTION, LineKind.LABEL

ABOVE: list[tuple[str, LineKind | None]] = [
    ("成人网址|免费在线视频|某某国产精品|一区二区", None),
    ("您好，欢迎访问某某县人民政府网站！ 今天是2022年5月6日", None),
    ("网站首页新闻中心政务公开办事服务互动交流", None),
    ("首页", None),
    ("当前位置：首页 > 新闻中心 > 正文", None),
    ("首页>地方>要闻", None),
    ("某某县召开安全生产工作会议", H),
    ("2022年第二次", H),
    ("发布时间：2022-05-06 17:20 来源：某某日报 浏览次数：12 次 字体：[ 大 中 小 ]", M),
    ("2022-05-06", M),
    ("• 时间:", None),
    ("浏览：50", None),
    ("字号：T | T", None),
]
BELOW: list[tuple[str, LineKind | None]] = [
    ("641.jpg", None),
    ("640 (1).jpg", None),
    ("图片图片", None),
    ("【资料图】", None),
    ("■■■■", None),
    ("1280", None),
    ("县委书记钱大山讲话", C),
    ("县委书记钱大山强调，要压实责任。", B),
    ("县应急管理局局长 赵小明", L),
    ("主持人：孙小河   副县长", L),
    ("孙小河：", L),
    ("下面开始提问。", B),
    ("（记者 周小一）", M),
    ("责任编辑：陈小九 收藏", M),
    ("某某新城楼盘热销火爆 明星现身", None),
    ("声明：本站部分文章来源于网络，版权归原作者所有，如有侵权请联系删除：025-12345678。", None),
    ("相关阅读：", None),
    ("某某公司董事长褚十一被查", None),
    ("某某公司董事长褚十一接受调查，据了解，此前", None),
    ("Copyright © 2022 某某网 版权所有 备案号：某ICP备1号", None),
]


def test_noise_goes_and_every_kept_line_has_its_kind() -> None:
    page = [*ABOVE, (BODY, B), *BELOW]
    document = cleaned("\n\n".join(line for line, _ in page))
    expected = [(line, kind) for line, kind in page if kind]
    got = [(document.text[line.span.begin : line.span.end], line.kind) for line in document.lines]
    assert [(line[:2], kind) for line, kind in got] == [(line[:2], kind) for line, kind in expected]
    assert got[2][0] == "发布时间：2022-05-06 17:20 来源：某某日报"


def test_sidebar_without_a_mark_ends_the_article() -> None:
    side = "\n\n".join(
        f"某某股票第{n}次大涨\n\n截至收盘，某某股票第{n}次大涨，成交\n\n05-0{n} 09:1{n}:00" for n in range(1, 8)
    )
    assert cleaned(f"县委召开会议\n\n{BODY}\n\n赵小明 钱小红\n\n{side}").text == f"县委召开会议\n{BODY}\n赵小明 钱小红"


def test_lists_behind_a_label_are_no_sidebar() -> None:
    text = f"{BODY}\n任命：\n周小二为县长\n吴小三为副县长\n免去：\n郑小四副县长职务"
    assert cleaned(text).text == text


def test_one_line_article_is_cut_at_its_gaps() -> None:
    raw = f"全县会议召开 2022年5月6日 来源：某某日报  {BODY}  会议强调，{'要坚持稳中求进，抓好落实，' * 15}推动发展。  下一篇：没有了"
    document = cleaned(raw)
    assert [line.kind for line in document.lines] == [H, M, B, B]
    check(document)


@pytest.mark.parametrize("text", ["", "\n", "首页", "|||", "12", "Hello world."])
def test_text_without_an_article_is_kept_or_empty_but_no_error(text: str) -> None:
    check(cleaned(text))


PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>全县会议召开_某某网</title>
<style>p {{ color: red }}</style><script>var x = "<p>县长出席</p>";</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></div>
<h1>全县会议&ldquo;召开&rdquo;</h1><div class="info"><span>2022-05-06</span> <span>来源：某某日报</span></div>
<!-- <p>注释里的县长出席会议。</p> -->
<div class="content"><p title="a>b">&nbsp;&nbsp;{BODY}</p>
<p>县长<b>吴</b><i>小&#x4e09;</i>
作了报告，强调要抓好落实，推动高质量发展，确保全年目标任务如期完成。</p>
<p>{"会议还研究了其他事项，要求各部门认真组织实施。" * 3}</p></div>
<div class="side"><a href="/a">某明星结婚</a><br><a href="/b">某股票大涨</a></div></body></html>"""


def test_page() -> None:
    document = cleaned(PAGE, "text/html")
    lines = document.text.split("\n")
    assert lines[0] == "全县会议“召开”"
    assert any("来源：某某日报" in line for line in lines)
    assert BODY in lines
    assert "结婚" not in document.text
    assert "注释" not in document.text
    assert "首页" not in document.text
    begin = document.text.index("吴小三")
    assert document.quote(Span(begin, begin + 3)).exact == "吴</b><i>小&#x4e09;"
    check(document)


def test_page_without_main_text_keeps_what_is_seen() -> None:
    assert cleaned("<html><body><td>县长出席。</td></body></html>", "text/html").text == "县长出席。"


@pytest.mark.parametrize(
    "bomb",
    ["<div>" * 5_000, "<p>会</p>" * 110_000, "会" * 5_000_001, "<" * 300_000],
    ids=["deep", "tags", "long", "angles"],
)
def test_html_bomb_is_refused_at_once(bomb: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(ReadError, match="save only the article"):
        cleaned(bomb, "text/html")
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    ("hostile", "media"),
    [
        ("<!--" * 100_000, "text/html"),
        ('<a "' * 100_000, "text/html"),
        ("<script>" * 50_000, "text/html"),
        (" " * 500_000 + "会", "text/plain"),
        ("会 " * 100_000, "text/plain"),
        ("(" * 300_000, "text/plain"),
        ("<!--" * 30_000, "text/plain"),
        ("a\u0301\u0301" * 100_000, "text/plain"),
    ],
)
def test_hostile_text_takes_linear_time(hostile: str, media: str) -> None:
    begun = time.perf_counter()
    check(cleaned(hostile, media))
    assert time.perf_counter() - begun < 20


def check(document: Document) -> None:
    """What holds for every document."""
    text, source = document.text, document.source.text
    assert len(document.begins) == len(document.ends) == len(text)
    assert is_rising(document.begins)
    assert is_rising(document.ends)
    assert all(begin < end for begin, end in zip(document.begins, document.ends, strict=True))
    assert not text or document.ends[-1] <= len(source)
    assert "\n".join(text[line.span.begin : line.span.end] for line in document.lines) == text
    for place, char in enumerate(text):
        if "\u4e00" <= char <= "\u9fff" and document.ends[place] - document.begins[place] == 1:
            raw = source[document.begins[place]]
            assert raw == char or not raw.isascii()
    for line in document.lines:
        quote = document.quote(line.span)
        assert source[quote.begin : quote.end] == quote.exact


def is_rising(values: Sequence[int]) -> bool:
    return all(before <= after for before, after in pairwise(values))


def gold_documents() -> Iterator[tuple[dict[str, list[str]], Document]]:
    need(GOLD, "the gold")
    for path in GOLD:
        text = path.with_suffix(".txt").read_bytes().decode("utf-8-sig")
        yield json.loads(path.read_text(encoding="utf-8")), clean(Source(id=path.stem, text=text))


def test_gold_keeps_every_person() -> None:
    for gold, document in gold_documents():
        assert [name for name in gold["people"] if name not in document.text] == [], gold["id"]
        check(document)
        assert cleaned(document.text).text == document.text, gold["id"]


def indented(text: str) -> str:
    return "".join(f"\u3000\u3000{line}\r\n\r\n" for line in text.split("\n"))


def bulleted(text: str) -> str:
    return "".join(f"• {line}\n" for line in text.split("\n") if line.strip())


def doubled(text: str) -> str:
    return text.replace("，", ",,").replace("、", ",、")


def widened(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isascii() and char.isalnum() else char for char in text)


def broken_by_tags(text: str) -> str:
    return "<br/>&nbsp;".join(line for line in text.split("\n") if line.strip())


def traditional(text: str) -> str:
    return str(to_traditional().convert(text))


@cache
def to_traditional() -> OpenCC:
    return OpenCC("s2tw")


@pytest.mark.parametrize("damage", [indented, bulleted, doubled, widened, broken_by_tags, traditional])
def test_gold_keeps_every_person_under_further_damage(damage: Callable[[str], str]) -> None:
    for gold, document in gold_documents():
        damaged = cleaned(damage(document.source.text))
        assert [name for name in gold["people"] if name not in damaged.text] == [], gold["id"]
        assert len(damaged.text) < 1.15 * len(document.text), gold["id"]


def test_gold_keeps_title_source_and_authors() -> None:
    for gold, document in gold_documents():
        folded = squeeze(document.text)
        for value in [gold["title"], gold["source"], *gold["authors"]]:
            assert squeeze(str(value or "")) in folded, gold["id"]


def squeeze(text: str) -> str:
    return "".join(text.translate(str.maketrans("，：（）", ",:()")).split())


def test_seed_with_half_a_file_of_strangers_ends_before_them() -> None:
    need(GOLD, "the gold")
    longest = max(
        (path.with_suffix(".txt") for path in GOLD), key=lambda path: path.stat().st_size * ("002" in path.stem)
    )
    document = clean(Source(id="s", text=longest.read_text(encoding="utf-8")))
    assert document.ends[-1] < len(document.source.text) / 2


def test_corpus_passes_whole_and_fast() -> None:
    need(CORPUS.exists(), "the corpus")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as stream:
        sources = [Source(id=record["id"], text=record["text"]) for record in map(json.loads, stream)][::10]
    clean(sources[0])
    begun = time.process_time()
    documents = [clean(source) for source in sources]
    spent = time.process_time() - begun
    assert spent / len(sources) < 0.001  # 0.2 ms on one core of 2026; the rest is for slow machines
    lost = sum(len(squeeze(d.source.text)) - len(squeeze(d.text)) for d in documents)
    assert lost < 0.0005 * sum(len(source.text) for source in sources)
    for document in documents:
        check(document)
        assert cleaned(document.text).text == document.text
