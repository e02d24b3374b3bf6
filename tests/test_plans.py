"""Plans: documents that sentences name, their period and what happened to them. All sentences are invented."""

import time

import pytest

from zhiguan.clean import clean
from zhiguan.model import Body, BodyKind, PlanFact, Source
from zhiguan.rules.documents import period_of
from zhiguan.rules.meetings import find_meetings
from zhiguan.rules.metadata import find_metadata
from zhiguan.rules.plans import Resolve, find_plans


def plans_of(text: str, resolve: Resolve | None = None) -> list[PlanFact]:
    document = clean(Source(id="test", text=text, published="2024-03-20"))
    return find_plans(document, find_meetings(document, find_metadata(document), None), None, resolve)


PHRASINGS = [
    ("会议审议通过了《甲市数据条例》《甲市养老服务条例（修订）》。", [("甲市数据条例", "approved"), ("甲市养老服务条例（修订）", "approved")]),
    ("会议审议并原则通过《甲县水利规划（2024—2030年）》。", [("甲县水利规划（2024—2030年）", "approved")]),
    ("3月18日，甲市政府印发《甲市优化营商环境若干措施》。", [("甲市优化营商环境若干措施", "released")]),
    ("会上，《甲区人才激励办法》《甲区科创三年行动计划》正式发布。", [("甲区人才激励办法", "released"), ("甲区科创三年行动计划", "released")]),
    ("会上，副县长丁一鸣解读《甲县林长制实施方案》。", [("甲县林长制实施方案", "interpreted")]),
    ("市发改委主任丁一鸣就《甲市新能源规划》作了说明。", [("甲市新能源规划", "interpreted")]),
    ("会议听取了县政府关于2023年度环境状况的报告。", []),
    ("会议听取和审议了县人民政府关于教育工作情况的报告。", [("关于教育工作情况的报告", "reviewed")]),
    ("会议学习了《中国共产党纪律处分条例》，研究了《甲县防汛应急预案》。", [("中国共产党纪律处分条例", "mentioned"), ("甲县防汛应急预案", "reviewed")]),
    ("双方签署了战略合作协议。", [("战略合作协议", "signed")]),
    ("会议通过了新修订的农业法、种子法。", [("农业法", "approved"), ("种子法", "approved")]),
    ("根据《甲省信访条例》，县信访局作出答复。", [("甲省信访条例", "mentioned")]),
    ("会议听取甲市“十五五”规划编制情况汇报。", [("甲市“十五五”规划", "interpreted")]),
    ("会议表决通过了新修订的《甲省档案条例》、新制定的《甲省湿地条例》。", [("甲省档案条例", "approved"), ("甲省湿地条例", "approved")]),
    ("会议听取了县政府关于资产管理情况的综合报告、关于普法实施情况的报告。", [("关于资产管理情况的综合报告", "reviewed"), ("关于普法实施情况的报告", "reviewed")]),
    ("县长丁一鸣代表县人民政府作政府工作报告。", [("政府工作报告", "reviewed")]),
    ("大会审议通过甲市第十四个五年规划和二〇三五年远景目标纲要。", [("甲市第十四个五年规划和二〇三五年远景目标纲要", "approved")]),
    ("市发改委就《甲市“十四五”节能规划》起草情况作了汇报。", [("甲市“十四五”节能规划", "reviewed")]),
    ("近日，市教育局印发《甲市体育措施》。《措施》提出三项任务。", [("甲市体育措施", "released")]),
    ("会议讨论研究《政府工作报告》（征求意见稿）。", [("政府工作报告（征求意见稿）", "reviewed")]),
    ("会议对《甲县供水办法》《甲县节水方案（审议稿）》等内容进行了协商。", [("甲县供水办法", "reviewed"), ("甲县节水方案（审议稿）", "reviewed")]),
    ("会议听取审议县人民政府关于农业工作情况的报告、县人大常委会关于2023年河道监督工作专项报告。", [("关于农业工作情况的报告", "reviewed"), ("关于2023年河道监督工作专项报告", "reviewed")]),
    ("3月18日，甲公司与乙区人民政府举行战略合作框架协议签约仪式。", [("战略合作框架协议", "signed")]),
    ("会议听取了《关于办理〈甲市城市总体规划（2011—2020）〉审议意见情况的报告》。", [("关于办理〈甲市城市总体规划（2011—2020）〉审议意见情况的报告", "reviewed"), ("甲市城市总体规划（2011—2020）", "mentioned")]),
    ("县委常委丁一鸣作党费收缴、管理和使用情况报告。", [("党费收缴、管理和使用情况报告", "reviewed")]),
    ("丁一鸣作政协甲市委员会关于提案工作情况的报告。", [("关于提案工作情况的报告", "reviewed")]),
    ("县长丁一鸣所作的政府工作报告令人振奋。", [("政府工作报告", "mentioned")]),
    ("大会通过了区政协提案委员会关于会议期间提案审查情况的报告。", [("关于会议期间提案审查情况的报告", "approved")]),
    ("会议审议通过了加强民主监督工作的实施意见（代拟稿）。", [("加强民主监督工作的实施意见（代拟稿）", "approved")]),
    ("会议审议《甲县节水办法（草案）》和人大常委会工作报告（稿）。", [("甲县节水办法（草案）", "reviewed"), ("人大常委会工作报告（稿）", "reviewed")]),
    ("要确保“十三五”规划圆满收官。", [("“十三五”规划", "mentioned")]),
    ("发布会解读“十四五”规划。《甲省发展第十四个五年规划和2035年远景目标纲要》已经印发。", [("甲省发展第十四个五年规划和2035年远景目标纲要", "released")]),
    ("会议讨论了《甲县2024年民生实事方案。会上还研究了其他事项。", [("甲县2024年民生实事方案", "reviewed")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PHRASINGS)
def test_phrasing(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(plan.title, plan.event.value) for plan in plans_of(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "与会人员观看了专题片《甲县巡礼》。",
        "丁一鸣以《坚持绿色发展》为题讲了党课。",
        "据《甲市日报》报道，全市经济平稳运行。",
        "会议表决通过了《甲县人大常委会关于接受丁一鸣辞去副县长职务的决定》。",
        "“十四五”期间，甲县农业总产值稳步增长。",
        "大家齐唱《歌唱祖国》，现场气氛热烈。",
        "会议听取了丁一鸣关于人事安排的说明。",
        "会议审议通过了《甲县政协主席会议关于丁一鸣同志任职的决定（草案）》。",
        "会议审议通过了《甲县人大常委会第六次会议日程议程（草案）》。",
        "大会同意丁一鸣所作的《凝心聚力，为建设强县而奋斗》的报告。",
        "会上，丁一鸣作了题为《开发区如何发展》的主旨演讲。",
        "会议同意将三个办法草案提请大会表决。",
        "会议表决通过了监票人名单（草案）。",
    ],
)
def test_no_plan(text: str) -> None:
    assert [plan.title for plan in plans_of(text)] == []


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("甲县行动方案（2023—2025年）", ("2023", "2025")),
        ("甲县三年行动计划（2023-2025）", ("2023", "2025")),
        ("甲省教育事业发展“十四五”规划", ("2021", "2025")),
        ("甲市国民经济和社会发展第十四个五年规划和2035年远景目标纲要", ("2021", "2025")),
        ("关于制定国民经济和社会发展第十三个五年规划的建议", ("2016", "2020")),
        ("甲市“十二五”水利规划", ("2011", "2015")),
        ("甲区2024年政务公开工作要点", ("2024", "2024")),
        ("2022年甲县乡村振兴实施方案（讨论稿）", ("2022", "2022")),
        ("关于2013年度财政决算情况的报告", (None, None)),
        ("关于“六五”普法工作开展情况的报告", (None, None)),
        ("甲病诊疗指南（2024年版）", (None, None)),
        ("甲县2021年国民经济和社会发展计划执行情况及2022年国民经济和社会发展计划", (None, None)),
        ("关于办理〈甲市总体规划（2011—2020）〉审议意见情况的报告", (None, None)),
        ("甲县三年行动计划", (None, None)),
        ("甲市2035年远景目标纲要", (None, None)),
    ],
)
def test_period(title: str, period: tuple[str | None, str | None]) -> None:
    assert period_of(title) == period


def test_paraphrase_and_title_are_one_plan() -> None:
    text = (
        "发布会解读甲省“十三五”规划建议。《中共甲省委关于制定国民经济和社会发展第十三个五年规划的建议》分为八个部分。"
    )
    (plan,) = plans_of(text)
    assert plan.title == "中共甲省委关于制定国民经济和社会发展第十三个五年规划的建议"
    assert (plan.start, plan.end, len(plan.evidence)) == ("2016", "2020", 2)


def test_issuer_comes_from_the_title_or_the_word_before() -> None:
    asked: list[str] = []

    def resolve(surface: str) -> Body | None:
        asked.append(surface)
        return Body(name=surface, kind=BodyKind.ADMINISTRATION)

    (plan,) = plans_of("会议学习了《甲市人民政府关于加强档案工作的通知》。", resolve)
    assert [body.name for body in plan.issuers] == ["甲市人民政府"]
    (plan,) = plans_of("会议审议了县人民政府《关于湿地保护情况的报告》。", resolve)
    assert [body.name for body in plan.issuers] == ["县人民政府"]


def test_the_event_knows_its_meeting() -> None:
    (plan,) = plans_of("3月18日，甲县政府第8次常务会议召开。会议审议通过《甲县节水办法》。")
    assert (plan.event.value, plan.meeting) == ("approved", "m1")


@pytest.mark.parametrize("text", ["战略协议签约" * 8000, "“十五”规划" * 8000, "方案（草案）" * 8000, "听取关于" * 8000])
def test_text_without_full_stops_costs_no_more_than_its_length(text: str) -> None:
    document = clean(Source(id="test", text=text))
    begin = time.process_time()
    find_plans(document, [], None)
    assert time.process_time() - begin < 4
