"""The home jurisdiction of an article, from what it calls its own and from the places that it names."""

import pytest

from zhiguan.clean import clean
from zhiguan.model import Source
from zhiguan.recognise import recognise
from zhiguan.resolve.spoken import spoken_levels

HOMES = [
    # a place in a person's name is none
    ("某区委书记李大明到会。区领导钱卫东参加。区长王小强讲话。", None),
    ("区委书记周石峰主持会议，区长吴桂平讲话，副区长郑建华出席。", None),
    # a common word counts once and never alone
    (
        "市政府与北方某大学签署合作协议。双方合作多年，合作领域广，合作前景好，合作成果多。石嘴山市副市长李大明出席。",
        "宁夏回族自治区石嘴山市",
    ),
    ("县委副书记、县长李大明主持会议。会议研究资源利用、资源保护、资源管理等工作。", None),
    ("3月2日，县委书记李大明主持召开县政府党组会议和县十六届第九次政府常务会议。", None),
    # a hill or a water is no place of organs
    ("区长李大明调研广阳岛、广阳湾。区政府有关部门参加。重庆市南岸区召开会议。", "重庆市南岸区"),
    # the guest's or the host's place is not the home
    (
        "4月6日，市委副书记、市长李大明带队拜访了北京市海淀区政府，与海淀区区委副书记、区长王小强等座谈。李大明说，"
        "聊城市高度重视合作。市委常委、副市长赵有才参加。",
        "山东省聊城市",
    ),
    (
        "众多客商了解我市项目。龙岩市代表团走访了徐汇区政府。徐汇区委副书记、区长李大明，区委常委、副区长王小强出席座谈会。"
        "龙岩市市长赵有才代表龙岩市委、市政府表示感谢。",
        "福建省龙岩市",
    ),
    (
        "师市党委书记、政委李大明率党政代表团先后到第八师石河子市、某大学学习考察。第八师石河子市党委副书记、第八师师长王小强参加。"
        "会上，第八师石河子市党委介绍情况。在第十四师昆玉市宣讲推介。李大明代表师市党委、师市表示感谢。",
        "新疆生产建设兵团第十四师",
    ),
    # 区党委 is the autonomous region's
    (
        "某省党政代表团在山南市考察。区党委副书记、自治区代主席李大明主持座谈会，自治区领导参加。代表团到乃东区某社区。",
        "西藏自治区",
    ),
    (
        "宁夏回族自治区第十届人民代表大会第一次会议开幕。自治区党委书记李大明、自治区代主席王小强出席，全区代表参加。",
        "宁夏回族自治区",
    ),
    # several equal places have their home above them
    (
        "黔江区政协主席李大明前往某镇调研。涪陵区政协主席王小强调研。渝中区政协主席赵有才参加会议。区政协召开会议，全区委员参加。区政协机关参加。",
        "重庆市",
    ),
    # short forms of banners; a town says in which county the home is
    (
        "旗委副书记、旗长李大明主持会议。呼伦贝尔市有关文件印发。擦亮“石榴花开鄂温克”品牌。",
        "内蒙古自治区呼伦贝尔市鄂温克族自治旗",
    ),
    ("州委副秘书长李大明到南华县某乡调研。调研组到我乡实地查看。", "云南省楚雄彝族自治州南华县"),
    (
        "县委副书记、县长李大明会见上海市嘉定区考察团一行，嘉定区副区长王小强、区农业农村委主任赵有才参加。"
        "县委常委、副县长钱多多介绍迁西县情况。",
        "河北省唐山市迁西县",
    ),
    ("兵团党委常委、第一师党委书记、政委李大明到阿拉尔市调研。师市领导王小强参加。", "新疆生产建设兵团第一师"),
    # the home's own organs count where the text names the place each time
    (
        "甘孜州召开会议，传达省委决定：李大明同志任甘孜州人民政府副州长，甘孜州委书记王小强讲话。",
        "四川省甘孜藏族自治州",
    ),
    # national media speak of the nation where no place at home is named
    ("央视网消息（新闻联播）：某国国防部20日称，该国军队在多个州推进。该国州长发表讲话。", "全国"),
    # no national organ, no place
    ("李大明当选政协第十四届某县委员会主席。", None),
    ("县十九届人大五次会议主席团举行第二次会议。主席团常务主席李大明出席。", None),
]


@pytest.mark.parametrize(("text", "home"), HOMES)
def test_the_home_is_what_the_text_calls_its_own(text: str, home: str | None) -> None:
    found = recognise(clean(Source(id="t", text=text))).jurisdiction
    assert (found.full_name if found else None) == home


LEVELS = [
    ("区委书记到会，我区部署", {"区": 6}, {}),
    ("海淀区区委副书记、区长到会", {}, {"区": 2}),
    ("开发区管委会、设区市政府", {}, {}),
    ("区党委副书记、自治区代主席到会", {"自治区": 4}, {}),
    ("县（市、区）委书记", {}, {}),
]


@pytest.mark.parametrize(("text", "bare", "owned"), LEVELS)
def test_levels_spoken_of(text: str, bare: dict[str, int], owned: dict[str, int]) -> None:
    spoken = spoken_levels(text)
    assert ({k: v for k, v in spoken.bare.items() if v}, dict(spoken.owned)) == (bare, owned)


def test_a_delegation_leaves_the_home() -> None:
    spoken = spoken_levels("县长李大明率考察团一行到通州区、滨海县考察。县委书记率团赴滨海县学习。")
    assert spoken.visited
