"""Metadata: what the furniture around a text says of headline, day, publisher and authors. All texts are invented."""

import pytest

from zhiguan.clean import clean
from zhiguan.model import Metadata, Source
from zhiguan.rules.metadata import find_metadata

LEAD = (
    "3月18日上午，甲县教育高质量发展推进会召开。县委书记丁一鸣出席会议并讲话，县长戊建国主持会议，各乡镇负责同志参加。"
)
HEADLINE = "甲县召开教育高质量发展推进会"


def metadata_of(*lines: str) -> Metadata:
    return find_metadata(clean(Source(id="test", text="\n".join(lines))))


TITLES = [
    ((HEADLINE, LEAD), HEADLINE),
    ((LEAD,), None),
    (("首页 > 新闻中心 > 要闻", HEADLINE, "发布时间：2024-03-19 来源：甲县融媒体中心", LEAD), HEADLINE),
    (("要闻", HEADLINE, "丁一鸣出席并讲话", LEAD), HEADLINE),
    (("【要闻】" + HEADLINE, LEAD), HEADLINE),
    ((HEADLINE + "_甲县人民政府网", LEAD), HEADLINE),
    (("会议现场", LEAD), None),
    (("戊建国 摄", LEAD, "相关阅读"), None),
    (("《新闻联播》 20240318 19:00", HEADLINE, LEAD), HEADLINE),
    (("甲日报 数字报", "00001版：一版要闻", HEADLINE, "推动教育事业再上新台阶", LEAD), HEADLINE),
    (("（甲县教育局）：2024年教育高质量发展推进会召开", LEAD), "（甲县教育局）：2024年教育高质量发展推进会召开"),
    (("甲网东江频道欢迎您", HEADLINE, LEAD), HEADLINE),
    (("打开甲新闻 查看精彩图片", LEAD), None),
    (("东江自治县 ●", LEAD), None),
    (("【时政新闻】" + HEADLINE, LEAD), HEADLINE),
    (("山海携手谱新篇 协作路上写华章", LEAD), "山海携手谱新篇 协作路上写华章"),
]


@pytest.mark.parametrize(("lines", "title"), TITLES)
def test_title(lines: tuple[str, ...], title: str | None) -> None:
    assert metadata_of(*lines).title == title


PUBLISHED = [
    ((HEADLINE, "发布时间：2024-03-19 10:12", LEAD), "2024-03-19"),
    ((HEADLINE, "日期：2024年3月19日 浏览：20", LEAD), "2024-03-19"),
    ((HEADLINE, "2024-03-19 09:18:41 来源：甲报", LEAD), "2024-03-19"),
    ((HEADLINE, "2024/3/19 9:15:03", LEAD), "2024-03-19"),
    ((HEADLINE, "甲县新闻网    03-19", LEAD), "XXXX-03-19"),
    ((HEADLINE, "本报甲县3月19日讯（记者 丁一鸣）" + LEAD), "XXXX-03-19"),
    (("《新闻联播》 20240319 19:00", HEADLINE, LEAD), "2024-03-19"),
    ((HEADLINE, "县长戊建国今（19）日到甲镇调研，实地了解教育工作推进情况，要求各方面形成合力。"), "XXXX-XX-19"),
    ((HEADLINE, LEAD), None),
    ((HEADLINE, LEAD, "发布日期：2024-03-20"), "2024-03-20"),
    ((HEADLINE, "编辑：丁一鸣来源：甲网发布时间 :2024年03月19日", LEAD), "2024-03-19"),
    (("发表日期：2024年3月19日 出处：甲日报 丁一鸣 编辑：long", HEADLINE, LEAD), "2024-03-19"),
    (("时间：2024年3月18日", "地点：甲县会堂", LEAD), None),
]


@pytest.mark.parametrize(("lines", "published"), PUBLISHED)
def test_published(lines: tuple[str, ...], published: str | None) -> None:
    assert metadata_of(*lines).published == published


PUBLISHERS = [
    ((HEADLINE, "来源：甲县融媒体中心 作者：丁一鸣", LEAD), "甲县融媒体中心"),
    ((HEADLINE, "2024-03-19 来源： 甲日报 编辑：戊建国", LEAD), "甲日报"),
    ((HEADLINE, "甲网乙县讯（记者 丁一鸣）" + LEAD), "甲网"),
    ((HEADLINE, "央视网消息（新闻联播）：" + LEAD), "央视网"),
    ((HEADLINE, "新华社北京3月19日电（记者丁一鸣）" + LEAD), "新华社"),
    ((HEADLINE, LEAD, "（来源：甲县发布 综合自：甲教育）"), "甲县发布"),
    ((HEADLINE, LEAD + "（甲县政府网/丁一鸣）"), "甲县政府网"),
    (("甲市日报 数字报", HEADLINE, "本报讯（记者 丁一鸣）" + LEAD), "甲市日报"),
    ((HEADLINE, "本报讯（记者 丁一鸣）" + LEAD), None),
    ((HEADLINE, LEAD), None),
    ((HEADLINE, "来源：管理员 时间：2024-03-19", LEAD), None),
    ((HEADLINE, "文章来源：本站原创 点击数：178", LEAD), None),
    ((HEADLINE, "【来源： 甲新闻网 丁一鸣】", LEAD), "甲新闻网"),
    ((HEADLINE, "来源：《甲县发布》", LEAD), "甲县发布"),
]


@pytest.mark.parametrize(("lines", "publisher"), PUBLISHERS)
def test_publisher(lines: tuple[str, ...], publisher: str | None) -> None:
    assert metadata_of(*lines).publisher == publisher


AUTHORS = [
    ((HEADLINE, "本报讯（记者 丁一鸣 戊建国）" + LEAD), ("丁一鸣", "戊建国")),
    ((HEADLINE, "甲日报讯（记者丁一鸣、通讯员戊建国）" + LEAD), ("丁一鸣", "戊建国")),
    ((HEADLINE, LEAD + "（记者丁一鸣）"), ("丁一鸣",)),
    ((HEADLINE, LEAD, "作者：丁一鸣  编辑：戊建国"), ("丁一鸣",)),
    ((HEADLINE, LEAD, "责任编辑：戊建国"), ()),
    ((HEADLINE, LEAD, "戊建国 摄"), ()),
    ((HEADLINE, LEAD, "丁一鸣 吴建国"), ("丁一鸣", "吴建国")),
    ((HEADLINE, "甲网记者 丁一鸣 乙县报道", LEAD), ("丁一鸣",)),
    ((HEADLINE, LEAD + "记者从县教育局了解到，下一步将加大投入。"), ()),
    ((HEADLINE, LEAD, "文/图：丁一鸣"), ("丁一鸣",)),
    ((HEADLINE, LEAD, "作者：佚名"), ()),
    ((HEADLINE, "推进会现场。甲日报记者 丁一鸣 摄", LEAD), ()),
    ((HEADLINE, "【来源： 甲新闻网 丁一鸣】", LEAD), ("丁一鸣",)),
    ((HEADLINE, LEAD, "报道：丁一鸣   监制：戊建国"), ("丁一鸣",)),
]


@pytest.mark.parametrize(("lines", "authors"), AUTHORS)
def test_authors(lines: tuple[str, ...], authors: tuple[str, ...]) -> None:
    assert metadata_of(*lines).authors == authors


def test_a_record_wins_over_the_text() -> None:
    source = Source(id="test", text=LEAD, title="题目", published="2024-03-21", publisher="甲台", authors=("己川",))
    found = find_metadata(clean(source))
    assert (found.title, found.published, found.publisher, found.authors) == ("题目", "2024-03-21", "甲台", ("己川",))


def test_every_value_of_the_text_has_its_evidence() -> None:
    document = clean(Source(id="test", text=f"{HEADLINE}\n2024-03-19 来源：甲日报\n{LEAD}（记者丁一鸣）"))
    evidence = find_metadata(document).evidence
    quoted = {name: document.quote(item.span).exact for name, item in evidence.items()}
    assert quoted == {"title": HEADLINE, "published": "2024-03-19", "publisher": "甲日报", "authors": "丁一鸣"}
