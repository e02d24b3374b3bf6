"""Facts as JSON: plain values, offsets into the text as read, rule names."""

import json

from zhiguan.facts_json import facts_to_json
from zhiguan.lexicon.confidence import confidence
from zhiguan.model import (
    Body,
    BodyFact,
    BodyKind,
    Division,
    Document,
    Evidence,
    Facts,
    Line,
    LineKind,
    MeetingFact,
    Metadata,
    ParticipationFact,
    PersonFact,
    PlanFact,
    PlanPartFact,
    PlanPartKind,
    PostFact,
    Role,
    Source,
    Span,
    Status,
)

TEXT = "〔〕区长赵文澜主持区务会"
CLEAN = TEXT[2:]
DISTRICT = Division(code="330211", name="镇海区", full_name="浙江省宁波市镇海区", level="county", parent="330200")
GOVERNMENT = Body(name="浙江省宁波市镇海区人民政府", kind=BodyKind.ADMINISTRATION, division=DISTRICT)


def evidence(words: str, rule: str) -> tuple[Evidence, ...]:
    begin = CLEAN.index(words)
    return (Evidence(Span(begin, begin + len(words)), rule),)


def make_facts() -> Facts:
    document = Document(
        source=Source(id="a", text=TEXT, origin="a.txt"),
        text=CLEAN,
        begins=range(2, len(TEXT)),
        ends=range(3, len(TEXT) + 1),
        lines=(Line(Span(0, len(CLEAN)), LineKind.BODY),),
    )
    post = PostFact(
        person="赵文澜",
        post="区长",
        body=GOVERNMENT,
        status=Status.CURRENT,
        mention="区长",
        evidence=evidence("区长赵文澜", "title-run"),
    )
    return Facts(
        document=document,
        metadata=Metadata(title="区务会", evidence={"title": evidence("区务会", "headline")[0]}),
        jurisdiction=DISTRICT,
        people=(PersonFact(name="赵文澜", scope=DISTRICT, evidence=evidence("赵文澜", "name")),),
        posts=(post,),
        bodies=(BodyFact(body=GOVERNMENT, evidence=evidence("区长", "post-body")),),
        meetings=(
            MeetingFact(id="m1", name="区务会", type="会议", date="2023-08-28", evidence=evidence("区务会", "named")),
        ),
        participation=(
            ParticipationFact(
                meeting="m1", person="赵文澜", role=Role.CHAIR, order=1, posts=(0,), evidence=evidence("主持", "chair")
            ),
        ),
        plans=(PlanFact(title="区务会纪要", issuers=(GOVERNMENT,), evidence=evidence("区务会", "named")),),
        plan_parts=(
            PlanPartFact(
                kind=PlanPartKind.TASK, label="区务", plan="区务会纪要", order=1, evidence=evidence("区务", "named")
            ),
        ),
    )


def test_everything_is_plain_json() -> None:
    found = facts_to_json(make_facts())
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def test_quotes_stand_in_the_text_as_read() -> None:
    found = facts_to_json(make_facts())
    kinds = ("people", "posts", "bodies", "meetings", "participation", "plans", "plan_parts")
    passages = [passage for kind in kinds for fact in found[kind] for passage in fact["evidence"]]
    assert len(passages) == 7
    for passage in [*passages, found["metadata_evidence"]["title"]]:
        assert TEXT[passage["begin"] : passage["end"]] == passage["quote"]
        assert passage["rule"]


def test_values_are_what_the_facts_say() -> None:
    found = facts_to_json(make_facts())
    assert found["jurisdiction"] == "浙江省宁波市镇海区"
    assert found["posts"][0]["body"]["name"] == "浙江省宁波市镇海区人民政府"
    assert found["posts"][0]["evidence"] == [{"begin": 2, "end": 7, "quote": "区长赵文澜", "rule": "title-run"}]
    assert found["participation"][0]["posts"] == ["区长"]
    part = found["plan_parts"][0]
    assert [part[key] for key in ("kind", "label", "count", "plan", "parent", "order")] == [
        "task",
        "区务",
        None,
        "区务会纪要",
        None,
        1,
    ]
    assert found["plans"][0]["issuers"] == ["浙江省宁波市镇海区人民政府"]


def test_a_post_without_a_body() -> None:
    facts = make_facts()
    post = facts.posts[0]
    open_post = PostFact(
        person=post.person, post=post.post, body=None, status=post.status, mention=post.mention, evidence=post.evidence
    )
    found = facts_to_json(Facts(document=facts.document, metadata=Metadata(), jurisdiction=None, posts=(open_post,)))
    assert found["posts"][0]["body"] is None
    assert found["jurisdiction"] is None


def test_each_fact_says_how_far_it_can_be_trusted() -> None:
    found = facts_to_json(make_facts())
    kinds = ("people", "posts", "bodies", "meetings", "participation", "plans", "plan_parts")
    facts = [fact for kind in kinds for fact in found[kind]]
    assert all(0 < fact["confidence"] < 1 for fact in [*facts, found["metadata_evidence"]["title"]])
    assert found["posts"][0]["confidence"] == float(confidence("post", "title-run"))
