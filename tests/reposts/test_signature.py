"""Signatures: what portals do to a report leaves it alike, and what tells two reports of one mould apart does not."""

from collections.abc import Callable

import pytest
from opencc import OpenCC

from zhiguan.clean import clean
from zhiguan.model import Source
from zhiguan.reposts import likeness, signature
from zhiguan.reposts.index import ALIKE

REPORT = (
    "青溪县召开秋季安全生产工作会议\n"
    "10月12日上午，青溪县召开秋季安全生产工作会议，总结前三季度工作，分析研判当前形势，部署岁末年初重点任务。县长陆知远出席会议并讲话。\n"
    "陆知远指出，今年以来，全县上下坚持问题导向，深入开展隐患排查整治，一批长期存在的老大难问题得到解决，但森林防火、道路交通仍有薄弱环节。\n"
    "陆知远要求，要把责任落实到每一个岗位、每一道工序，对查出的隐患列出清单、限期销号；要加强值班值守，提高应急处置能力，确保群众安全过冬。\n"
    "会上，各乡镇递交了责任书。县应急管理局、县林业局、县交通运输局主要负责人作了发言。\n"
)
SAME_MOULD = (
    REPORT.replace("10月12日上午", "10月13日下午")
    .replace("秋季安全生产", "信访维稳")
    .replace("陆知远", "闻人信")
    .replace("县长", "副县长")
    .replace("总结前三季度工作，", "")
    .replace("森林防火、道路交通", "初信初访、积案化解")
    .replace("隐患", "矛盾")
    .replace("林业局", "司法局")
    .replace("应急管理局", "信访局")
    .replace("交通运输局", "民政局")
    .replace("群众安全过冬", "社会大局稳定")
    .replace("每一道工序", "每一个环节")
)


def sign(text: str) -> bytes:
    return signature(clean(Source(id="x", text=text)).text)


def framed(text: str) -> str:
    return f"当前位置：网站首页 >> 政务公开 >> 工作动态\n{text}\n责任编辑：仇信\n【打印】【关闭】\n上一篇：关于征集意见的通知\n"


REPOSTS: dict[str, Callable[[str], str]] = {
    "as it stands": lambda text: text,
    "in a frame of links": framed,
    "another title": lambda text: "我县部署岁末年初重点任务\n" + text.partition("\n")[2],
    "a paragraph left out": lambda text: "\n".join(
        line for number, line in enumerate(text.splitlines()) if number != 2
    ),
    "other punctuation": lambda text: text.replace("，", ",").replace("。", ".").replace("\n", "\n\n　　"),
    "traditional": lambda text: OpenCC("s2t").convert(text),
    "wide figures": lambda text: text.replace("10月12日", "１０月１２日"),
}


@pytest.mark.parametrize("change", REPOSTS.values(), ids=REPOSTS)
def test_a_repost_is_alike(change: Callable[[str], str]) -> None:
    assert likeness(sign(REPORT), sign(change(REPORT))) >= ALIKE


def test_another_report_of_the_same_mould_is_not() -> None:
    assert 0 < likeness(sign(REPORT), sign(SAME_MOULD)) < ALIKE


def test_a_text_too_short_to_tell_has_no_signature() -> None:
    assert signature("青溪县召开会议。" * 3) == b""
    assert signature("，。！" * 90) == b""


def test_a_signature_is_the_same_in_every_run() -> None:
    """Signatures are kept on disk: when this fails, `signature.VERSION` must change."""
    assert signature(REPORT)[:8].hex() == "977786267238fadf"
