"""Goals, tasks and actions of plans: numbers, lists and what they belong to. All sentences are invented."""

import pytest

from zhiguan.clean import clean
from zhiguan.lexicon.loading import load_table
from zhiguan.model import PlanPartFact, Source
from zhiguan.rules.part_lists import WORDS
from zhiguan.rules.plan_parts import count_of, find_plan_parts
from zhiguan.rules.plans import find_plans


def parts_of(text: str) -> list[PlanPartFact]:
    document = clean(Source(id="test", text=text, published="2024-03-20"))
    return find_plan_parts(document, find_plans(document, [], None))


def told(text: str) -> list[str]:
    """Each part as kind, label, its parent's label and its place in the list, in short."""
    parts = parts_of(text)
    return [
        f"{part.kind} {part.label}" + ("" if part.parent is None else f" < {parts[part.parent].label} {part.order}")
        for part in parts
    ]


NUMBERS = [
    ("《甲市节水方案》提出12项重点任务。", ["task 12项重点任务"]),
    ("《甲市节水方案》明确了三大目标、二十六条具体措施。", ["goal 三大目标", "action 二十六条具体措施"]),
    ("甲市印发《甲市节水方案》，从五个方面推出18条政策措施。", ["action 18条政策措施"]),
    ("《甲市节水方案》聚焦20项重点任务68个子任务。", ["task 20项重点任务", "task 68个子任务 < 20项重点任务 1"]),
    ("《甲市节水方案》确定6项任务，细化为32条举措。", ["task 6项任务", "action 32条举措 < 6项任务 1"]),
    ("《甲市节水方案》部署“九大专项行动”。", ["action 九大专项行动"]),
    ("《甲市节水方案》共设置8个工程。", ["action 8个工程"]),
    ("《甲市节水方案》实施五大专项。", ["action 五大专项"]),
    ("会上发布了涵盖14项具体任务的《甲市节水方案》。", ["task 14项具体任务"]),
    ("《甲市节水方案》近日印发。方案共列出40项任务。", ["task 40项任务"]),
    ("《甲市节水方案》近日印发。其中，重点工程有三类。全市将实施十大工程。", ["action 十大工程"]),
]  # fmt: skip

LISTS = [
    ("《甲市节水方案》提出5大行动、23项水利改革任务。“五大行动”分别是源头减量、管网提质、再生利用、全民护水、依法治水。", ["action 5大行动", *(f"action {name} < 5大行动 {order}" for order, name in enumerate(("源头减量", "管网提质", "再生利用", "全民护水", "依法治水"), 1)), "task 23项水利改革任务"]),
    ("《甲市节水方案》以供水安全为本，部署实施引水、蓄水等“八大工程”。", ["action 八大工程", "action 引水 < 八大工程 1", "action 蓄水 < 八大工程 2"]),
    ("《甲市节水方案》提出“三大行动”——源头减量行动、管网提质行动和再生利用行动，夯实基础。", ["action 三大行动", "action 源头减量行动 < 三大行动 1", "action 管网提质行动 < 三大行动 2", "action 再生利用行动 < 三大行动 3"]),
    ("《甲市节水方案》实施四大工程：引水、蓄水、治水以及护水。", ["action 四大工程", "action 引水 < 四大工程 1", "action 蓄水 < 四大工程 2", "action 治水 < 四大工程 3", "action 护水 < 四大工程 4"]),
    ("《甲市节水方案》确立两大目标，即用水总量下降、用水效率上升。", ["goal 两大目标", "goal 用水总量下降 < 两大目标 1", "goal 用水效率上升 < 两大目标 2"]),
    ("《甲市节水方案》将通过实施源头减量、管网提质、再生利用三大行动，提高用水效率。", ["action 三大行动", "action 源头减量 < 三大行动 1", "action 管网提质 < 三大行动 2", "action 再生利用 < 三大行动 3"]),
    ("《甲市节水方案》提出源头减量、管网提质等七大行动。", ["action 七大行动", "action 源头减量 < 七大行动 1", "action 管网提质 < 七大行动 2"]),
    ("《甲市节水方案》围绕“减量、提质”“共治、共享”两大任务展开。", ["task 两大任务", "task 减量、提质 < 两大任务 1", "task 共治、共享 < 两大任务 2"]),
    ("《甲市节水方案》提出农业节水和工业节水、城镇降损、和谐用水三项任务。", ["task 三项任务", "task 农业节水和工业节水 < 三项任务 1", "task 城镇降损 < 三项任务 2", "task 和谐用水 < 三项任务 3"]),
    ("《甲市节水方案》提出推进“一网统管”、“一码通办”两项任务。", ["task 两项任务", "task 一网统管 < 两项任务 1", "task 一码通办 < 两项任务 2"]),
    # the number of names is not the number stated: the list is something else
    ("《甲市节水方案》围绕农业、工业、城镇提出五项任务。", ["task 五项任务"]),
    ("《甲市节水方案》提出四大行动——减量、提质。", ["action 四大行动"]),
]  # fmt: skip

GOALS = [
    ("《甲市节水方案》提出，到2027年，全市用水总量下降10%以上，并建立长效机制。", ["goal 到2027年，全市用水总量下降10%以上"]),
    ("《甲市节水方案》明确，到2025年，漏损率降到9%；到2030年底，再生水利用率达到35%。", ["goal 到2025年，漏损率降到9%", "goal 到2030年底，再生水利用率达到35%"]),
    ("《甲市节水方案》印发。到2026年，实现节水型单位全覆盖的总体目标。", ["goal 到2026年，实现节水型单位全覆盖"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*NUMBERS, *LISTS, *GOALS])
def test_phrasing(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # no plan is named
        "甲市部署实施十大行动，推出20条措施。",
        "会议提出，到2027年，全市用水总量下降10%以上。",
        # catchwords with numerals
        "《甲市节水方案》要求增强“四个意识”、做到“两个维护”，坚持五育并举，落实“双减”。",
        "《甲市党员教育方案》提出三会一课、三严三实，弘扬四个自信，严守八项规定。",
        "《甲市人才方案》服务两个一百年奋斗目标，组织五个一工程评选。",
        # no exact number, or an ordinal
        "《甲市节水方案》提出第三项任务，推出近20项举措、十余条措施、上百个工程。",
        "《甲市节水方案》要求完成每一项任务，这两项措施也不例外。",
        "《甲市节水方案》提出20多项重点任务。",
        # other things that begin with such words
        "《甲市节水方案》包括三大行动计划、两大专项资金、四个工程技术中心、12名工程师。",
        "会上发布了《甲市节水方案》《甲市治水方案》两大专项方案。",
        "《甲市节水方案》覆盖30个项目、5个方面。",
        # somebody else speaks, or something else is told
        "会议审议了《甲市节水方案》，部署了三项重点任务。",
        "《甲市节水方案》印发。丁一鸣强调，要抓好三项重点任务。",
        "《甲市节水方案》印发。乙县召开动员会，提出12项任务。",
        "会议听取了《甲市节水情况的报告》，明确四项任务。",
        # the plans in a row leave open which is meant
        "《甲市节水方案》《甲市治水方案》提出12项任务。",
        "《甲市节水方案》印发。\n乙县召开动员会。会上提出12项任务。",
        "制定《甲市节水方案》，编印《节水宣传画册》，列出12项任务。",
        # within a title
        "甲市出台《甲市节水二十条措施》。",
        # reached already
        "《甲市节水方案》印发，到2023年底，全市已建成节水型单位300家。",
    ],
)
def test_no_part(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("《甲市节水方案》《甲市治水方案》发布。其中，《甲市节水方案》提出12项任务。", "甲市节水方案"),
        ("会上，丁一鸣解读《甲市水网建设方案》，并学习《乙省条例》。\n甲市水网建设确定四大行动。", "甲市水网建设方案"),
        ("《乙省条例》施行多年。会上印发《甲市水网建设方案》。\n据了解，将实施12项任务。", "甲市水网建设方案"),
        ("《甲市节水方案》《甲市治水方案》发布。\n全市将实施减量、提质两大行动。", None),
    ],
)
def test_owner(text: str, plan: str | None) -> None:
    assert {part.plan for part in parts_of(text)} == {plan}


def test_a_part_named_again_is_one_part() -> None:
    first, *_ = parts_of(
        "《甲市节水方案》《甲市治水方案》发布，实现减量、提质两大目标。\n为实现两大目标，《甲市节水方案》提出两大目标任务。"
    )
    assert (first.label, first.count, len(first.evidence)) == ("两大目标", 2, 2)


def test_orders_count_within_a_plan_and_a_group() -> None:
    parts = parts_of("《甲市节水方案》提出三大目标、两大行动：减量和提质，以及20条措施。")
    assert [(part.order, part.parent) for part in parts] == [(1, None), (2, None), (1, 1), (2, 1), (3, None)]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("20", 20), ("六", 6), ("十", 10), ("十二", 12), ("二十六", 26), ("两", 2), ("一百零二", 102), ("两百", 200), ("三百一十", 310)],
)  # fmt: skip
def test_count(numeral: str, value: int) -> None:
    assert count_of(numeral) == value


def test_words_are_sorted_and_unique() -> None:
    keys = [(entry.form, entry.cls) for entry in load_table(WORDS)]
    assert keys == sorted(set(keys))
