"""Who did what, in the phrasings of sessions, visits, signings, oaths and notices. All people are invented."""

import pytest
from tests.phrases import deeds, people, table

DEEDS = table("""
市委书记李晓梅主持会议并讲话，市长吴建军作工作部署，市委副书记赵强传达省委会议精神。 -> 吴建军 speaker, 李晓梅 chair, 李晓梅 speaker, 赵强 presenter
市委书记李晓梅出席会议并作重要讲话，市委副书记、市长吴建军主持会议，市人大常委会主任孙立新、市政协主席周文博等市四大班子领导出席会议。 -> 吴建军 chair, 周文博 attendee, 孙立新 attendee, 李晓梅 attendee, 李晓梅 speaker
市长吴建军在会上强调，各县区要深入调研，参加会议，听取汇报，主持工作。 -> 吴建军 speaker
会议由市委副书记赵强主持，市教育局、市财政局主要负责人分别作了发言。 -> 赵强 chair
市教育局局长钱芳、市财政局局长冯磊、市科技局局长郭强分别作了发言。 -> 冯磊 presenter, 郭强 presenter, 钱芳 presenter
市教育局局长钱芳作表态发言，市财政局局长冯磊作书面发言。 -> 冯磊 presenter, 钱芳 presenter
省教育厅厅长何勇通过视频讲话。 -> 何勇 speaker
省教育厅厅长何勇发表视频致辞。 -> 何勇 speaker
受市长吴建军委托，副市长赵强向大会报告工作。 -> 赵强 presenter
受市委书记李晓梅的委托，副市长赵强看望慰问了困难教师。 -> 赵强 attendee
副市长赵强代表市政府作工作报告。 -> 赵强 presenter
市政府秘书长许杰宣读表彰决定。 -> 许杰 presenter
市委常委、组织部部长程亮宣布任职决定。 -> 程亮 presenter
市委书记李晓梅为获奖者颁奖。 -> 李晓梅 awarder
市委书记李晓梅、市长吴建军共同为中心揭牌。 -> 吴建军 attendee, 李晓梅 attendee
市长吴建军与企业代表签订合作协议。 -> 吴建军 attendee
副市长赵强代表市政府与江南集团总经理刘波签署战略合作协议。 -> 刘波 attendee, 赵强 attendee
在市委书记李晓梅、市长吴建军的见证下，副市长赵强与江南集团总裁刘波代表双方签约。 -> 刘波 attendee, 吴建军 attendee, 李晓梅 attendee, 赵强 attendee
市委常委、秘书长许杰，副市长赵强参加活动。 -> 许杰 attendee, 赵强 attendee
市领导许杰、赵强、程亮一同调研。 -> 程亮 attendee, 许杰 attendee, 赵强 attendee
市长吴建军陪同省教育厅厅长何勇调研。 -> 何勇 attendee, 吴建军 attendee
省教育厅厅长何勇在市长吴建军陪同下调研东江中学。 -> 何勇 attendee, 吴建军 attendee
应邀出席会议的有省教育厅厅长何勇、江南大学校长文兵。 -> 何勇 attendee, 文兵 attendee
列席会议的还有市政协副主席周文博。 -> 周文博 attendee
参加会议的领导有：李晓梅、吴建军、赵强。 -> 吴建军 attendee, 李晓梅 attendee, 赵强 attendee
市政协副主席周文博应邀列席会议。 -> 周文博 attendee
市委书记李晓梅充分肯定了市教育局局长钱芳所做的工作。 -> 李晓梅 speaker
会上，市教育局局长钱芳汇报了今年以来的工作，市委书记李晓梅点评。 -> 李晓梅 speaker, 钱芳 presenter
“我们要办好教育。”市委书记李晓梅说。 -> 李晓梅 speaker
“今年任务很重。”在东江中学，市长吴建军对校长林涛说，“要抓紧。” -> 吴建军 speaker
校长林涛介绍了学校情况。 -> 林涛 presenter
市委秘书长许杰、副市长赵强等陪同。 -> 许杰 attendee, 赵强 attendee
市领导许杰、赵强及市直有关部门主要负责人参加上述活动。 -> 许杰 attendee, 赵强 attendee
市人大常委会副主任孙立新，副市长赵强，市政协副主席周文博出席，市政府副秘书长郭强主持。 -> 周文博 attendee, 孙立新 attendee, 赵强 attendee, 郭强 chair
大会执行主席孙立新、周文博、赵强在主席台前排就座。 -> 周文博 attendee, 孙立新 attendee, 赵强 attendee
主席团常务主席孙立新主持大会。 -> 孙立新 chair
在主席台就座的还有周文博、郭强、林涛、程亮。 -> 周文博 attendee, 林涛 attendee, 程亮 attendee, 郭强 attendee
新当选的市长李卫东进行宪法宣誓，市人大常委会主任孙立新监誓。 -> 孙立新 attendee, 李卫东 attendee
市长李卫东领誓，副市长赵强等依次宣誓。 -> 李卫东 attendee, 赵强 attendee
市委书记李晓梅在开幕式上致辞并宣布开幕。 -> 李晓梅 presenter, 李晓梅 speaker
副市长赵强从三个方面对教育工作进行了安排部署。 -> 赵强 speaker
副市长赵强就做好下一步工作提出三点要求。 -> 赵强 speaker
副市长赵强回答记者提问。 -> 赵强 presenter
市教育局局长钱芳表示，将认真贯彻落实。 -> 钱芳 speaker
副市长赵强传达学习全省会议精神。 -> 赵强 presenter
市纪委书记邱成通报典型案例。 -> 邱成 presenter
教师代表陈小燕作交流发言。 -> 陈小燕 presenter
市长吴建军到会看望委员并听取意见。 -> 吴建军 attendee
市委书记李晓梅，市委副书记、市长吴建军，市委副书记赵强出席会议。李晓梅讲话，吴建军主持。 -> 吴建军 attendee, 吴建军 chair, 李晓梅 attendee, 李晓梅 speaker, 赵强 attendee
图为市委书记李晓梅讲话。 -> 李晓梅 speaker
图为市长吴建军（左二）在东江中学调研。 -> 吴建军 attendee
市长吴建军（右）向教师代表林涛（左）颁发证书。 -> 吴建军 awarder, 林涛 attendee
市委原书记程大亮同志的遗体在东江火化，市委书记李晓梅前往送别。 -> 李晓梅 attendee
市长吴建军受市委书记李晓梅委托主持会议。 -> 吴建军 chair
市长吴建军因公出差，委托副市长赵强主持会议。 -> 赵强 chair
市委常委会委员出席会议，市人大常委会主任孙立新、市政协主席周文博列席。 -> 周文博 attendee, 孙立新 attendee
副市长赵强点评讲话。 -> 赵强 speaker
副市长赵强出席并作总结讲话。 -> 赵强 attendee, 赵强 speaker
副市长赵强作开班动员。 -> 赵强 speaker
江南大学教授梁峰作专题辅导。 -> 梁峰 presenter
江南大学教授梁峰应邀授课。 -> 梁峰 presenter
市委书记李晓梅带头谈体会。 -> 李晓梅 presenter
市委书记李晓梅率党政代表团到西江市考察，西江市委书记唐明陪同。 -> 唐明 attendee, 李晓梅 guest
市委书记李晓梅会见来访的江南集团董事长刘波，双方就合作进行交流，副市长赵强参加会见。 -> 刘波 guest, 李晓梅 host, 赵强 attendee
市委书记李晓梅、市长吴建军会见了江南集团董事长刘波、总裁林涛一行。 -> 刘波 guest, 吴建军 host, 李晓梅 host, 林涛 guest
副市长赵强主持召开专题会议，市教育局局长钱芳汇报工作情况。 -> 赵强 chair, 钱芳 presenter
市长吴建军说，他将出席下次会议并讲话。 -> 吴建军 speaker
市委书记李晓梅宣布大会开幕，市长吴建军作政府工作报告。 -> 吴建军 presenter, 李晓梅 presenter
市人大常委会主任孙立新主持第一次全体会议，市中级人民法院院长冯磊作工作报告。 -> 冯磊 presenter, 孙立新 chair
市委书记李晓梅先后来到东江中学、东江小学，看望慰问教师代表。 -> 李晓梅 attendee
市教育局局长钱芳参加调研。 -> 钱芳 attendee
市委常委、宣传部部长程亮出席并致辞，市文联主席郭强宣读贺信。 -> 程亮 attendee, 程亮 speaker, 郭强 presenter
市委书记李晓梅、市长吴建军分别讲话。 -> 吴建军 speaker, 李晓梅 speaker
副市长赵强出席签约仪式并见证签约。 -> 赵强 attendee
江南大学校长文兵、市教育局局长钱芳代表双方签署合作协议。 -> 文兵 attendee, 钱芳 attendee
副市长赵强为江南大学校长文兵颁发聘书。 -> 文兵 attendee, 赵强 awarder
市教育局副局长郭强就有关问题回答了记者提问。 -> 郭强 presenter
市教育局新闻发言人林涛通报有关情况。 -> 林涛 presenter
市委书记李晓梅作专题党课报告。 -> 李晓梅 presenter
会议由市政府秘书长许杰主持。 -> 许杰 chair
仪式由市委宣传部副部长何勇主持，副市长赵强致辞，江南大学校长文兵发言。 -> 何勇 chair, 文兵 presenter, 赵强 speaker
会前，市委书记李晓梅会见了与会代表。 -> 李晓梅 host
市政协主席周文博率队视察东江中学，市政协副主席冯磊参加。 -> 冯磊 attendee, 周文博 attendee
市委书记李晓梅主持学习会，市委常委赵强、程亮作交流发言。 -> 李晓梅 chair, 程亮 presenter, 赵强 presenter
市长吴建军强调，市委书记李晓梅的讲话为我们指明了方向。 -> 吴建军 speaker
市委副书记赵强作动员部署，市委组织部副部长何勇宣读通知。 -> 何勇 presenter, 赵强 speaker
市纪委副书记林涛领学条例。 -> 林涛 presenter
全国人大代表陈小燕分享履职体会。 -> 陈小燕 presenter
市委书记李晓梅看望政协委员并参加讨论。 -> 李晓梅 attendee
市长吴建军与会并讲话。 -> 吴建军 attendee, 吴建军 speaker
市长吴建军在会议结束时作了总结讲话。 -> 吴建军 speaker
市委书记李晓梅要求，市教育局局长钱芳要牵头抓好落实。 -> 李晓梅 speaker
省委常委、市委书记冯远征今日到东江县调研，市领导丁力、赵立新参加，东江县委书记何国强陪同。 -> 丁力 attendee, 何国强 attendee, 冯远征 attendee, 赵立新 attendee
市委书记冯远征与市长丁力一同会见客人。 -> 丁力 host, 冯远征 host
会议邀请江南大学教授梁峰作辅导。 -> 梁峰 presenter
江南大学教授梁峰受邀作主题报告。 -> 梁峰 presenter
会议由市委书记冯远征主持，市长丁力作工作报告，会议听取了市中级人民法院院长赵立新、市人民检察院检察长何国强的工作报告。 -> 丁力 presenter, 何国强 presenter, 冯远征 chair, 赵立新 presenter
市长丁力首先介绍了全市经济社会发展情况。 -> 丁力 presenter
副市长赵强汇报，市委书记冯远征讲话，市长丁力主持。 -> 丁力 chair, 冯远征 speaker, 赵强 presenter
市委书记冯远征，市委副书记、市长丁力在主会场出席会议，各县区设分会场。 -> 丁力 attendee, 冯远征 attendee
县委书记何国强在东江分会场参加会议。 -> 何国强 attendee
市委书记冯远征、市长丁力等市领导参加植树。 -> 丁力 attendee, 冯远征 attendee
市长丁力深入企业走访，详细了解生产情况，现场协调解决问题。 -> 丁力 attendee
副市长赵强带队检查节前安全生产，市应急管理局局长林涛陪同检查。 -> 林涛 attendee, 赵强 attendee
市长丁力在市政府会议室主持召开第十次常务会议，研究教育工作。 -> 丁力 chair
市委书记冯远征、市长丁力出席，市委副书记赵强主持并宣读名单。 -> 丁力 attendee, 冯远征 attendee, 赵强 chair, 赵强 presenter
市纪委书记邱成列席会议并宣读处分决定。 -> 邱成 attendee, 邱成 presenter
副市长赵强向受聘专家颁发聘书，受聘专家代表梁峰发言。 -> 梁峰 presenter, 赵强 awarder
江南大学党委书记文兵为学生讲思政课。 -> 文兵 presenter
市委书记冯远征为党员干部讲授专题党课。 -> 冯远征 presenter
副市长赵强与林涛、郭强共同推杆启动。 -> 林涛 attendee, 赵强 attendee, 郭强 attendee
江南集团董事长刘波介绍了项目情况，市长丁力表示欢迎。 -> 丁力 speaker, 刘波 presenter
国务院副总理何大勇在东江考察，省委书记冯远征、省长丁力陪同。 -> 丁力 attendee, 何大勇 attendee, 冯远征 attendee
省长丁力陪同国务院副总理何大勇考察了东江港。 -> 丁力 attendee, 何大勇 attendee
""")
NO_DEED = """
市委书记李晓梅听取了市教育局局长钱芳关于教育工作的汇报。
市委书记李晓梅致电慰问教师代表林涛。
国家主席何大勇致电祝贺赵二强当选总统。
市委书记李晓梅致信江南大学校长文兵表示祝贺。
会议传达学习了省委书记何大勇在全省教育大会上的讲话精神。
会议强调，市委书记李晓梅的讲话十分重要。
会议审议了市长吴建军提请的人事任免议案。
会议书面印发了市长吴建军的讲话。
市教育局、市财政局负责人列席会议。
"""


@pytest.mark.parametrize(("text", "expected"), DEEDS)
def test_deeds(text: str, expected: str) -> None:
    assert deeds("9月5日，东江市教育工作会议召开。" + text) == expected


@pytest.mark.parametrize("text", NO_DEED.split())
def test_people_who_did_nothing_there(text: str) -> None:
    assert deeds("9月5日，东江市教育工作会议召开。" + text) == ""


def test_whoever_wrote_from_afar_is_a_person_but_not_present() -> None:
    text = "市委书记李晓梅致电慰问教师代表林涛。"
    assert people(text) == ["李晓梅", "林涛"]
    assert deeds("9月5日，东江市教育工作会议召开。" + text) == ""
