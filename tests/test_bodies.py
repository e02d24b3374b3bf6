"""Canonical names of bodies from the words of a title, and bodies found in running text."""

import json
import os
import re
from pathlib import Path

import pytest

from zhiguan.clean import clean
from zhiguan.model import Body, BodyKind, Division, Document, Line, LineKind, Source, Span
from zhiguan.resolve.bodies import refer_back, resolve_body
from zhiguan.resolve.carry import across_sentences
from zhiguan.resolve.divisions import NATION, find_divisions
from zhiguan.resolve.jurisdiction import find_home
from zhiguan.rules.bodies import find_bodies
from zhiguan.rules.metadata import find_metadata
from zhiguan.rules.posts import body_begin

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


def place(name: str) -> Division:
    (match,) = find_divisions(name)
    (division,) = match.candidates
    return division


RESOLVED = [
    ("上海市宝山区", "市教委", "主任", "上海市教育委员会"),
    ("上海市宝山区", "区委", "书记", "中共上海市宝山区委员会"),
    ("上海市宝山区", "市教卫工作党委", "副书记", "中共上海市教育卫生工作委员会"),
    ("上海市宝山区", "区人大常委会", "主任", "上海市宝山区人民代表大会常务委员会"),
    ("上海市宝山区", "", "副区长", "上海市宝山区人民政府"),
    ("上海市宝山区", "区编办", "主任", "中共上海市宝山区委机构编制委员会办公室"),
    ("江苏省南京市鼓楼区", "公安鼓楼分局", "局长", "江苏省南京市公安局鼓楼分局"),
    ("江苏省南京市鼓楼区", "宁海路街道党工委", "书记", "中共江苏省南京市鼓楼区宁海路街道工作委员会"),
    ("江苏省南京市鼓楼区", "团区委", "书记", "共青团江苏省南京市鼓楼区委员会"),
    ("湖南省常德市澧县", "县人大", "主任", "湖南省常德市澧县人民代表大会常务委员会"),
    ("湖南省常德市澧县", "县人大", "代表", "湖南省常德市澧县人民代表大会"),
    ("湖南省常德市澧县", "县法院", "院长", "湖南省常德市澧县人民法院"),
    ("湖南省常德市澧县", "组织", "部长", "中共湖南省常德市澧县委组织部"),
    ("湖南省常德市澧县", "市委", "常委", "中共湖南省常德市委员会"),
    ("湖南省常德市澧县", "省教育厅党组", "书记", "中共湖南省教育厅党组"),
    ("湖南省常德市澧县", "延安市委党校", "副校长", "中共陕西省延安市委党校"),
    ("湖南省常德市澧县", "某某村党总支", "书记", "中共湖南省常德市澧县某某村总支部委员会"),
    ("湖南省常德市澧县", "某某村村委会", "主任", "湖南省常德市澧县某某村村民委员会"),
    ("湖南省常德市澧县", "某某经济开发区党工委", "书记", "中共某某经济开发区工作委员会"),
    ("湖南省常德市澧县", "县公安局交警大队", "大队长", "湖南省常德市澧县公安局交通警察大队"),
    ("福建省", "省法院", "院长", "福建省高级人民法院"),
    ("福建省", "省人大法制委", "委员", "福建省人民代表大会法制委员会"),
    ("福建省", "三明市人大常委会", "副主任", "福建省三明市人民代表大会常务委员会"),
    ("广西壮族自治区", "自治区党委", "书记", "中共广西壮族自治区委员会"),
    ("广西壮族自治区", "自治区", "主席", "广西壮族自治区人民政府"),
    ("内蒙古自治区巴彦淖尔市乌拉特中旗", "", "旗长", "内蒙古自治区巴彦淖尔市乌拉特中旗人民政府"),
    ("新疆生产建设兵团第八师", "师市党委", "书记", "中共新疆生产建设兵团第八师委员会"),
    ("新疆生产建设兵团第八师", "", "政委", "新疆生产建设兵团第八师"),
    ("香港特别行政区", "", "行政长官", "香港特别行政区政府"),
    ("广东省东莞市", "虎门镇", "镇长", "广东省东莞市虎门镇人民政府"),
    ("四川省凉山彝族自治州西昌市", "市教体局", "局长", "四川省凉山彝族自治州西昌市教育和体育局"),
]


@pytest.mark.parametrize(("home", "surface", "post", "name"), RESOLVED)
def test_a_title_names_its_body(home: str, surface: str, post: str, name: str) -> None:
    body = resolve_body(surface, home=place(home), post=post)
    assert body is not None
    assert body.name == name


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("国家卫健委", "国家卫生健康委员会"),
        ("国家卫生健康委规划司", "国家卫生健康委员会规划司"),
        ("中央军委", "中央军事委员会"),
        ("全国人大教科文卫委", "全国人民代表大会教育科学文化卫生委员会"),
        ("江苏省委", "中共江苏省委员会"),
        ("上海交大", "上海交通大学"),
        ("民盟郑州市委", "民盟河南省郑州市委员会"),
        ("中国外交部", "外交部"),
        ("中华人民共和国全国人民代表大会常务委员会", "全国人民代表大会常务委员会"),
        ("中国人民银行", "中国人民银行"),
    ],
)
def test_bodies_of_the_nation_and_of_named_places(surface: str, name: str) -> None:
    body = resolve_body(surface, home=NATION, post="主任")
    assert body is not None
    assert body.name == name


RUNS = [
    ("湖南省常德市澧县", [("县委", "副书记"), ("", "县长")], "湖南省常德市澧县人民政府"),
    ("上海市奉贤区", [("庄行镇党委", "副书记"), ("", "镇长")], "上海市奉贤区庄行镇人民政府"),
    ("上海市奉贤区", [("区教育局党委", "书记"), ("", "局长")], "上海市奉贤区教育局"),
    ("贵州省", [("省委巡察工作领导小组", "成员"), ("办公室", "主任")], "中共贵州省委巡察工作领导小组办公室"),
    ("天津市滨海新区", [("汉沽工委", "书记"), ("管委会", "主任")], "天津市滨海新区汉沽管理委员会"),
    ("甘肃省", [("省政协党组", "书记"), ("", "主席")], "政协甘肃省委员会"),
    ("新疆生产建设兵团第七师", [("乌苏市委", "副书记"), ("", "代市长")], "新疆维吾尔自治区塔城地区乌苏市人民政府"),
    ("湖北省", [("某某集团党组", "书记"), ("", "董事长")], "某某集团"),
    ("湖北省", [("国家卫生健康委", "新闻发言人"), ("宣传司", "副司长")], "国家卫生健康委员会宣传司"),
    ("湖北省", [("省人大常委会", "副秘书长"), ("办公厅", "主任")], "湖北省人民代表大会常务委员会办公厅"),
    ("湖北省", [("省政府", "副秘书长"), ("研究室", "主任")], "湖北省人民政府研究室"),
    ("湖北省", [("省委", "副秘书长"), ("办公厅", "主任")], "中共湖北省委办公厅"),
]


@pytest.mark.parametrize(("home", "run", "name"), RUNS)
def test_a_run_of_titles_carries_its_body_on(home: str, run: list[tuple[str, str]], name: str) -> None:
    previous: Body | None = None
    for surface, post in run:
        previous = resolve_body(surface, home=place(home), post=post, previous=previous)
    assert previous is not None
    assert previous.name == name


BY_KIND = [
    ("区委", "副书记", "中共区委员会"),
    ("", "区长", "区人民政府"),
    ("县人大常委会", "主任", "县人民代表大会常务委员会"),
    ("县人大常委会党组", "书记", "中共县人民代表大会常务委员会党组"),
    ("区政协", "主席", "政协区委员会"),
    ("市委宣传部", "部长", "中共市委宣传部"),
    ("鼓楼区委", "书记", "中共鼓楼区委员会"),
]


@pytest.mark.parametrize(("surface", "post", "name"), BY_KIND)
def test_without_a_place_an_organ_is_named_by_its_kind(surface: str, post: str, name: str) -> None:
    body = resolve_body(surface, home=None, post=post)
    assert body is not None
    assert (body.name, body.resolved, body.division) == (name, False, None)


def test_a_head_of_government_leaves_the_party_committee() -> None:
    party = resolve_body("县委", home=None, post="副书记")
    for surface, post, name in [("", "县长", "县人民政府"), ("组织", "部长", "中共县委组织部")]:
        body = resolve_body(surface, home=None, post=post, previous=party)
        assert body is not None
        assert body.name == name


CONTEXT = [
    ("四川省凉山彝族自治州", "率州委", "副秘书长", "中共四川省凉山彝族自治州委员会"),
    ("西藏自治区拉萨市", "以丽江市委", "书记", "中共云南省丽江市委员会"),
    ("河北省廊坊市", "】廊坊市委宣传部", "副部长", "中共河北省廊坊市委宣传部"),
    ("河南省商丘市梁园区", "李大明与梁园区", "副区长", "河南省商丘市梁园区人民政府"),
    ("重庆市", "志围绕市委", "书记", "中共重庆市委员会"),
    ("内蒙古自治区鄂尔多斯市乌审旗", "传达并领学旗政法委", "书记", "中共内蒙古自治区鄂尔多斯市乌审旗委政法委员会"),
    ("宁夏回族自治区石嘴山市", "市政府与某某大学", "副校长", "某某大学"),
    ("河北省廊坊市", "市文明办专职", "副主任", "河北省廊坊市精神文明建设委员会办公室"),
    ("江西省萍乡市", "市应急管理局分管", "副局长", "江西省萍乡市应急管理局"),
    ("西藏自治区山南市", "新一届市委", "常委", "中共西藏自治区山南市委员会"),
    # never inside a division's name, and not at a conjunction of the name itself
    ("新疆维吾尔自治区和田地区", "和田地委", "副书记", "中共新疆维吾尔自治区和田地区委员会"),
    ("黑龙江省佳木斯市", "前进区", "区长", "黑龙江省佳木斯市前进区人民政府"),
    ("江西省萍乡市", "市人力资源和社会保障局", "局长", "江西省萍乡市人力资源和社会保障局"),
    # conferences with their sessions, committees of congresses, working committees of the party
    ("山东省青岛市", "政协第十三届青岛市委员会常务委员会", "主席", "政协山东省青岛市委员会常务委员会"),
    ("山东省青岛市", "中国人民政治协商会议第十三届青岛市委员会", "主席", "政协山东省青岛市委员会"),
    ("山东省青岛市", "中国人民政治协商会议青岛市第十三届委员会", "主席", "政协山东省青岛市委员会"),
    ("山东省青岛市", "市人大常委会内务司法委员会", "主任", "山东省青岛市人民代表大会内务司法委员会"),
    (
        "福建省漳州市",
        "中共漳州市委某某经济开发区工作委员会",
        "书记",
        "中共福建省漳州市委某某经济开发区工作委员会",
    ),
    ("山东省青岛市", "市经合局", "局长", "山东省青岛市经济合作局"),
]


@pytest.mark.parametrize(("home", "surface", "post", "name"), CONTEXT)
def test_what_stands_around_a_body_is_no_part_of_it(home: str, surface: str, post: str, name: str) -> None:
    body = resolve_body(surface, home=place(home), post=post)
    assert body is not None
    assert (body.name, body.resolved) == (name, True)


def test_a_name_before_a_conjunction_is_no_body() -> None:
    assert resolve_body("李大明及", home=place("上海市"), post="秘书长") is None


def test_a_guest_ends_with_the_sentence() -> None:
    guest = resolve_body("丽江市委", home=place("西藏自治区拉萨市"), post="书记")
    above = resolve_body("自治区党委", home=place("西藏自治区拉萨市"), post="常委")
    assert across_sentences(guest, place("西藏自治区拉萨市")) is None
    assert across_sentences(above, place("西藏自治区拉萨市")) == above
    assert across_sentences(guest, None) == guest


def test_the_office_of_a_group_is_known_by_its_short_name() -> None:
    home = place("四川省凉山彝族自治州")
    group = resolve_body("州脱贫攻坚领导小组", home=home, post="副组长")
    body = resolve_body("州脱贫攻坚办", home=home, post="主任", previous=group)
    assert body is not None
    assert body.name == "四川省凉山彝族自治州脱贫攻坚领导小组办公室"


def test_a_division_keeps_its_first_character() -> None:
    for text, begin in [("李大明和和田地委", 4), ("会议由前进区委", 3), ("李大明和县委", 4)]:
        assert text[body_begin(text, 3, len(text)) :] == text[begin:]


FIRMS = [
    ("投资公司", "某某投资有限公司"),
    ("公司", "某某投资有限公司"),
    ("投资公司党委", "中共某某投资有限公司委员会"),
    ("投资公司商丘公司", "某某投资有限公司商丘公司"),
]


@pytest.mark.parametrize(("words", "name"), FIRMS)
def test_a_firm_is_known_by_its_last_word(words: str, name: str) -> None:
    firm = Body(name="某某投资有限公司", kind=BodyKind.COMPANY)
    other = Body(name="中共某某投资有限公司委员会", kind=BodyKind.PARTY)
    body = refer_back(words, [firm, other])
    assert body is not None
    assert body.name == name
    assert refer_back(words, [other]) is None


def test_a_committee_belongs_to_the_assembly_before() -> None:
    congress = Body(name="某", kind=BodyKind.CONGRESS, division=place("湖南省常德市澧县"))
    body = refer_back("城建环保委员会", [congress])
    assert body is not None
    assert body.name == "湖南省常德市澧县人民代表大会城建环保委员会"
    assert refer_back("城建环保委员会", []) is None


def test_an_unknown_body_keeps_its_name() -> None:
    body = resolve_body("某某专班", home=place("湖北省"), post="组长")
    assert body is not None
    assert (body.name, body.resolved) == ("某某专班", False)


def test_a_repeated_end_refers_back() -> None:
    known = Body(name="中共湖北省委全面深化改革领导小组", kind=BodyKind.COORDINATING)
    assert refer_back("领导小组", [known]) == known
    assert refer_back("指挥部", [known]) is None


def document(text: str) -> Document:
    lines, begin = [], 0
    for row in text.split("\n"):
        lines.append(Line(Span(begin, begin + len(row)), LineKind.BODY))
        begin += len(row) + 1
    return Document(
        source=Source(id="t", text=text),
        text=text,
        begins=range(len(text)),
        ends=range(1, len(text) + 1),
        lines=tuple(lines),
    )


TEXTS = [
    (
        "县政府办、公安局、财政局负责人列席。",
        {"湖南省常德市澧县人民政府办公室", "湖南省常德市澧县公安局", "湖南省常德市澧县财政局"},
    ),
    ("县纪委县监委到会。", {"中共湖南省常德市澧县纪律检查委员会", "湖南省常德市澧县监察委员会"}),
    ("县委托中介办理，县长到场，各县区委员参加。", set()),
    ("跨国公司与各有关部门参加。", set()),
    ("上海大学派人参加。", {"上海大学"}),
    ("中国人民政治协商会议澧县第九届委员会第二次会议开幕。", {"政协湖南省常德市澧县委员会"}),
    ("政协第九届澧县委员会提案委员会主任李大明作报告。", {"政协湖南省常德市澧县委员会提案委员会"}),
    (
        "县人大常委会召开主任会议，听取了内务司法委员会的说明。",
        {"湖南省常德市澧县人民代表大会常务委员会", "湖南省常德市澧县人民代表大会内务司法委员会"},
    ),
    ("一行察看蔬菜种植基地和商品展示中心。", set()),
    (
        "县里圆满完成县委换届，会议和县政府工作报告一致通过。",
        {"中共湖南省常德市澧县委员会", "湖南省常德市澧县人民政府"},
    ),
    ("来访的华为技术有限公司派人参加。", {"华为技术有限公司"}),
    ("中共澧县第十五届纪律检查委员会开会。", {"中共湖南省常德市澧县纪律检查委员会"}),
    ("中科院新疆分院派人参加。", {"中国科学院新疆分院"}),
    ("某某汽车工程研究院股份有限公司派人参加。", {"某某汽车工程研究院股份有限公司"}),
    ("国内一流投资建设集团参会，双河区管委会主任到会。", {"双河区管理委员会"}),
    ("全国政协委员参加讨论，设区市副厅级干部到会。", set()),
]


@pytest.mark.parametrize(("text", "names"), TEXTS)
def test_running_text_names_bodies(text: str, names: set[str]) -> None:
    found = find_bodies(document(text), place("湖南省常德市澧县"))
    assert {fact.body.name for fact in found} == names
    for fact in found:
        assert all(0 <= e.span.begin < e.span.end <= len(text) and e.rule for e in fact.evidence)


def _gold() -> list[tuple[dict[str, object], Document]]:
    if not GOLD.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("gold articles are missing")
        pytest.skip("gold articles are not beside the checkout")
    pairs = []
    for path in sorted([*GOLD.glob("seeds/*.json"), *GOLD.glob("dev/*.json")]):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8-sig")
        pairs.append((json.loads(path.read_text(encoding="utf-8")), clean(Source(id=path.stem, text=text))))
    return pairs


_SHORT = [
    ("人民代表大会", "人大"),
    ("常务委员会", "常委会"),
    ("工作委员会", "工委"),
    ("管理委员会", "管委会"),
    ("委员会", "委"),
    ("人民政府", "政府"),
    ("办公厅", "办"),
    ("办公室", "办"),
    ("中国人民政治协商会议", "政协"),
]


def _key(name: str) -> str:
    for long, short in _SHORT:
        name = name.replace(long, short)
    return re.sub("^中共(?=中央)|[“”·\\s（）()]", "", name)


def test_home_jurisdictions_of_the_gold() -> None:
    pairs = _gold()
    right = 0
    for gold, doc in pairs:
        home = find_home(doc, find_metadata(doc))
        right += home is not None and home.full_name == gold["jurisdiction"]
    assert right >= 0.95 * len(pairs)


def test_bodies_of_the_gold() -> None:
    hit = found_count = gold_count = 0
    for gold, doc in _gold():
        found = {_key(f.body.name) for f in find_bodies(doc, find_home(doc, find_metadata(doc)))}
        bodies, posts = gold["bodies"], gold["posts"]
        assert isinstance(bodies, list)
        assert isinstance(posts, list)
        held = {_key(p["body"]) for p in posts if p["body"]}
        want = {_key(b["name"]) for b in bodies} | held
        hit, found_count, gold_count = (
            hit + len((found | held) & want),
            found_count + len(found | held),
            gold_count + len(want),
        )
    assert 2 * hit / (found_count + gold_count) >= 0.95
