"""Edges of names that no list has: words that never stand in a body's name, and endings of names kept as written."""

import re

SENTENCE_WORDS = re.compile(
    "[的了在对向召举听到被让每个名所家要以或着等我们]|(?<!华)为|\\d省|包括|坚持|发挥|提高|审议|设立|落实|贯彻"
    "|开[展始幕]|领导(?!小组)|一行|欢迎|希望|相信|合作|助力|加强|推进|推动|实现|通过|深化|走访|落户|参加|出席|公办|民办|优质"
    "|国内|一流|央企|国企|民企|知名|龙头|帮扶|三大|两大|四大|五大|不足|以及|共建|签约"
    "|建设(?!局|厅|委|和|银行|集团|公司)|负责|主要|关于|印发|全面|有关|相关|各级|各类|等级"
)
SUB = re.compile(
    "（[一-鿿]{2,6}）|[一-鿿]{0,14}?(?:学院|校区|分校|研究院|研究所|基地|(?:附属|实验)(?:中学|小学|学校)|幼儿园|分公司|附属医院)"
)
WRITTEN = re.compile(
    "(?:大学|学院|中学|小学|学校|幼儿园|有限公司|公司|集团|银行|医院|协会|学会|(?<!协)商会|基金会|联谊会|研究会|促进会"
    "|研究院|研究所|校区|分校|基地|联合会"
    "|(?<!届)[一二三四五六七八九十]中(?!学|全|央|共|心|国|东|午|旬|期|小|型|等)|领导小组|指挥部|督导组|管委会|管理委员会"
    "|(?:镇|乡|街道)(?:党委|党工委|人民政府|政府|办事处|人大工委|人大|纪委))(?![长们])"
)
FIRM = re.compile("(?:股份|集团|控股){0,2}有限(?:责任)?公司")
"""The end of a firm's name behind words that can end one themselves (研究院|股份有限公司)."""
SITE = re.compile("(?<!教研|锻炼|实践|教育|研究|人才|创业|创新|培训)基地$|(?:展示|商贸|会展|集散|购物|展览)中心$")
"""Sites and works, which are no bodies."""
PLAIN = ("公司", "集团", "银行", "基地", "医院", "学校", "学院", "研究院", "协会", "联合会")
"""Endings that common words take to mean any such body (跨国公司, 商业银行)."""
_BRANCH = re.compile("(?<![一-鿿])[一-鿿]{2,10}（[一-鿿]{2,6}）[一-鿿]{0,6}$")
_STOP = re.compile(
    ".*(?:本次|此次|审议|设立|包括|我国|[们我其他的在到由对向是了等和与及把将从以让使各]"
    "|(?<!华)为|[来走]进|前往|参观|邀请|考察|调研|抽查|访问|成立|揭牌|举行|出席|参加|召开|组织|依托|了解|促进|曾任|历任|分别|围绕|带队|毕业于|负责人|领导|代表)"
)


def left_edge(text: str, end: int) -> int | None:
    """Where the name in front of an ending begins: behind punctuation or a word that no name holds."""
    begin = max(0, end - 18)
    window = text[begin:end]
    if branch := _BRANCH.search(window):
        return begin + branch.start()
    for mark in re.finditer("[^一-鿿A-Za-z0-9·-]", window):
        begin = end - len(window) + mark.end()
    if stop := _STOP.match(text[begin:end]):
        begin += stop.end()
    return begin if 2 <= end - begin <= 16 else None
