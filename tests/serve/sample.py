"""A small store in the shape that docs/architecture.md promises, about invented people in an invented county."""

import hashlib
from itertools import count

from zhiguan.store import Store

BASE = "https://w3id.org/zhiguan/"
ARTICLE = "qs-001"
TEXT = """青山县召开教育提升工作推进会
2024-05-17 来源：青山日报 作者：文小舟

5月16日上午，青山县教育提升工作推进会在县会议中心召开。县委书记石大川出席并讲话，县委副书记、县长柳青禾主持会议。
副县长<b>白石</b>通报《青山县教育提升行动方案(2024—2026年)》。县教育局局长江小满等参加会议。
"""
SECOND = "qs-002"
SECOND_TEXT = "6月3日，青山县委书记石大川调研青山中学。\n"
_HEAD = """
@prefix zg: <https://w3id.org/zhiguan/ontology#> . @prefix zgv: <https://w3id.org/zhiguan/vocabulary/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <http://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix cv: <http://data.europa.eu/m8g/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @base <https://w3id.org/zhiguan/> .
"""
_SHARED = """
 <division/990101> a zg:Division ; skos:prefLabel "青山县"@zh-Hans ; zg:fullName "云中省青山县"@zh-Hans ;
   skos:notation "990101"^^zg:gbt2260 ; zg:divisionLevel zgv:level-county ; zg:partOf <division/990000> .
 <division/990000> a zg:Division ; skos:prefLabel "云中省"@zh-Hans ; zg:divisionLevel zgv:level-province .
 <body/committee> a zg:PartyOrgan ;
   skos:prefLabel "中共云中省青山县委员会"@zh-Hans ; dcterms:spatial <division/990101> ;
   org:classification zgv:kind-party-organ ; zg:nameResolution zgv:resolved .
 <post/secretary> a zg:Post ; skos:prefLabel "书记"@zh-Hans ; org:postIn <body/committee> .
 <person/shi> a zg:Person ; foaf:name "石大川" ; skos:prefLabel "石大川"@zh-Hans ; zg:homeScope <division/990000> .
 <tenure/shi-secretary> a zg:Tenure ; org:member <person/shi> ; zg:post <post/secretary> ;
   org:organization <body/committee> .
"""
_FIRST = """
 <body/government> a zg:AdministrativeOrgan ;
   skos:prefLabel "云中省青山县人民政府"@zh-Hans ;
   dcterms:spatial <division/990101> ; org:classification zgv:kind-administrative-organ ;
   zg:nameResolution zgv:resolved .
 <body/education> a zg:AdministrativeOrgan ; skos:prefLabel "云中省青山县教育局"@zh-Hans ;
   dcterms:spatial <division/990101> ; org:classification zgv:kind-administrative-organ ;
   org:subOrganizationOf <body/government> .
 <post/deputy-secretary> a zg:Post ; skos:prefLabel "副书记"@zh-Hans ; org:postIn <body/committee> .
 <post/head> a zg:Post ; skos:prefLabel "县长"@zh-Hans ; org:postIn <body/government> .
 <post/deputy-head> a zg:Post ; skos:prefLabel "副县长"@zh-Hans ; org:postIn <body/government> .
 <post/director> a zg:Post ; skos:prefLabel "局长"@zh-Hans ; org:postIn <body/education> .
 <person/liu> a zg:Person ; foaf:name "柳青禾" ; skos:prefLabel "柳青禾"@zh-Hans .
 <person/bai> a zg:Person ; foaf:name "白石" ; skos:prefLabel "白石"@zh-Hans .
 <person/jiang> a zg:Person ; foaf:name "江小满" ; skos:prefLabel "江小满"@zh-Hans .
 <tenure/liu-head> a zg:Tenure ; org:member <person/liu> ; zg:post <post/head> ; org:organization <body/government> .
 <tenure/liu-deputy> a zg:Tenure ; org:member <person/liu> ; zg:post <post/deputy-secretary> ;
   org:organization <body/committee> .
 <tenure/bai> a zg:Tenure ; org:member <person/bai> ; zg:post <post/deputy-head> ; org:organization <body/government> .
 <tenure/jiang> a zg:Tenure ; org:member <person/jiang> ; zg:post <post/director> ; org:organization <body/education> .
 <meeting/m1> a zg:OfficialActivity ;
   skos:prefLabel "青山县教育提升工作推进会"@zh-Hans ; zg:activityType "推进会"@zh-Hans ;
   zg:date "2024-05-16"^^edtf:EDTF ; zg:timeOfDay "上午" ; zg:placeName "县会议中心"@zh-Hans .
 <participation/1> a zg:Participation ; zg:activity <meeting/m1> ; cv:hasParticipant <person/shi> ;
   cv:role zgv:role-speaker ; zg:inCapacity <tenure/shi-secretary> ; zg:listOrder 1 .
 <participation/2> a zg:Participation ; zg:activity <meeting/m1> ; cv:hasParticipant <person/liu> ;
   cv:role zgv:role-chair ; zg:inCapacity <tenure/liu-head>, <tenure/liu-deputy> ; zg:listOrder 2 .
 <participation/3> a zg:Participation ; zg:activity <meeting/m1> ; cv:hasParticipant <person/bai> ;
   cv:role zgv:role-presenter ; zg:inCapacity <tenure/bai> ; zg:listOrder 3 .
 <participation/4> a zg:Participation ; zg:activity <meeting/m1> ; cv:hasParticipant <person/jiang> ;
   cv:role zgv:role-attendee ; zg:inCapacity <tenure/jiang> ; zg:listOrder 4 .
 <plan/p1> a zg:Plan ; dcterms:title "青山县教育提升行动方案(2024—2026年)"@zh-Hans ; zg:periodStart "2024"^^edtf:EDTF ;
   zg:periodEnd "2026"^^edtf:EDTF ; zg:issuer <body/government> .
 <document-event/d1> a zg:DocumentEvent ; zg:document <plan/p1> ; zg:eventKind zgv:event-interpreted ;
   zg:atMeeting <meeting/m1> ; zg:agent <person/bai> .
 <plan-part/a> a zg:PlanPart, zg:Action ; skos:prefLabel "两大行动"@zh-Hans ; zg:statedCount 2 ; zg:partOrder 1 ; zg:partOfPlan <plan/p1> .
 <plan-part/b> a zg:PlanPart, zg:Action ; skos:prefLabel "强师行动"@zh-Hans ; zg:partOrder 1 ; zg:partOfPlan <plan/p1> ;
   dcterms:isPartOf <plan-part/a> .
"""
_FIRST_QUOTES = {
    "tenure/shi-secretary": "县委书记石大川",
    "tenure/liu-head": "县委副书记、县长柳青禾",
    "tenure/liu-deputy": "县委副书记、县长柳青禾",
    "tenure/bai": "副县长<b>白石",
    "tenure/jiang": "县教育局局长江小满",
    "person/shi": "石大川",
    "person/liu": "柳青禾",
    "person/bai": "白石",
    "body/education": "县教育局",
    "meeting/m1": "青山县教育提升工作推进会在县会议中心召开",
    "participation/1": "石大川出席并讲话",
    "participation/2": "柳青禾主持会议",
    "participation/3": "白石</b>通报",
    "participation/4": "江小满等参加会议",
    "document-event/d1": "通报《青山县教育提升行动方案(2024—2026年)》",
    "article/qs-001": "来源：青山日报",
}


def _attest(article: str, text: str, quotes: dict[str, str]) -> str:
    """Attestations with quotes where the words first stand in the text."""
    lines = []
    for number, (fact, exact) in zip(count(1), quotes.items(), strict=False):
        begin = text.index(exact)
        status = "zg:observedStatus zgv:status-current ; " if fact.startswith("tenure/") else ""
        lines.append(
            f"<attestation/{article}/{number}> a zg:Attestation ; zg:attests <{fact}> ;"
            f' prov:wasDerivedFrom <article/{article}> ; {status} zg:rule "title-run" ;'
            f' oa:start {begin} ; oa:end {begin + len(exact)} ; oa:exact "{exact}" .'
        )
    return "\n".join(lines)


def _article(article: str, text: str, title: str, day: str, observed: str) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (
        f'<article/{article}> a zg:Article ; dcterms:identifier "{article}" ; dcterms:title "{title}"@zh-Hans ;'
        f' zg:published "{day}"^^edtf:EDTF ; zg:sourceName "青山日报" ; dcterms:spatial <division/990101> ;'
        f' schema:url "https://news.example/{article}"^^xsd:anyURI ; zg:text <text/sha256-{digest}> ;'
        f' zg:observedOn "{observed}"^^edtf:EDTF .\n'
    )


def sample_trig() -> str:
    """Both articles' graphs in TriG."""
    first = _article(ARTICLE, TEXT, "青山县召开教育提升工作推进会", "2024-05-17", "2024-05-16")
    first += _SHARED + _FIRST + _attest(ARTICLE, TEXT, _FIRST_QUOTES)
    title = "石大川调研青山中学 <script>alert(1)</script>"
    second = _article(SECOND, SECOND_TEXT, title, "2024-06-03", "2024-06-03") + _SHARED
    second += _attest(SECOND, SECOND_TEXT, {"tenure/shi-secretary": "青山县委书记石大川"})
    return f"{_HEAD} <graph/{ARTICLE}> {{ {first} }} <graph/{SECOND}> {{ {second} }}"


def fill(store: Store) -> None:
    """Put the sample into a store."""
    from pyoxigraph import Quad, RdfFormat, parse, serialize

    graphs: dict[str, list[Quad]] = {}
    for quad in parse(sample_trig(), RdfFormat.TRIG):
        graphs.setdefault(str(quad.graph_name)[1:-1], []).append(quad)
    for graph, quads in graphs.items():
        store.replace_graph(graph, (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode())
    for text in (TEXT, SECOND_TEXT):
        store.put_text(text)
    store.flush()
