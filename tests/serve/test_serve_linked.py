"""Linked data: profiles, our JSON-LD, schema.org, pages of inverse links, Link headers, what is gone."""

import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import Graph
from rdflib.compare import to_isomorphic

from zhiguan import resources
from zhiguan.serve import create_app
from zhiguan.serve.data.context import context_document, context_terms
from zhiguan.serve.data.describe import INVERSE_LINKS
from zhiguan.serve.data.jsonld import write_jsonld
from zhiguan.serve.data.schema_org import embedded_jsonld
from zhiguan.serve.engine.live import Still
from zhiguan.serve.linked.links import link
from zhiguan.store import Loaded, Store

from .conftest import Ask, asker
from .sample import ARTICLE, BASE, TEXT, sample_trig

ZG, SCHEMA = "https://w3id.org/zhiguan/ontology#", "https://schema.org/"
THINGS = ["/person/shi", "/body/committee", "/meeting/m1", "/plan/p1", "/division/990101", "/article/qs-001"]
Links = dict[str, list[tuple[str, dict[str, str]]]]


def read_links(header: str) -> Links:
    """Link headers by relation: target and attributes."""
    found: Links = {}
    for target, rest in re.findall(r"<([^>]*)>((?:; [a-z]+=\"[^\"]*\")+)", header):
        attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', rest))
        found.setdefault(attributes.pop("rel"), []).append((target, attributes))
    return found


def _triples(nt: bytes) -> set[str]:
    """Statements without nameless nodes, as text."""
    return {line for line in nt.decode().splitlines() if "_:" not in line}


def _expanded(document: str) -> set[str]:
    """What the reference processor reads in a JSON-LD document of ours."""
    loaded: Any = json.loads(document)
    if isinstance(loaded["@context"], str):
        loaded |= context_document()
    options = {"format": "application/n-quads", "processingMode": "json-ld-1.1"}
    nquads = str(jsonld.to_rdf(loaded, options))
    parsed = ox.parse(nquads, ox.RdfFormat.N_QUADS)
    return _triples(ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.N_TRIPLES) or b"")


@pytest.mark.parametrize("path", [*THINGS, "/graph/qs-001", "/vocabulary/role-chair", "/tenure/shi-secretary"])
@pytest.mark.parametrize("profile", ["evidence", "plain", "schema"])
def test_our_jsonld_means_the_same_to_the_reference_processor(ask: Ask, path: str, profile: str) -> None:
    document = ask(f"{path}.jsonld?_profile={profile}")
    if document.status_code == 400:
        assert (profile, path in THINGS) in {("plain", False), ("schema", False)}
        return
    ntriples = ask(f"{path}.nt?_profile={profile}")
    assert _expanded(document.text) == _triples(ntriples.content)
    assert len(_triples(ntriples.content)) > 3


def test_the_ontology_too(ask: Ask) -> None:
    """With its nameless nodes, which the other test leaves out."""
    document = json.loads(ask("/ontology.jsonld").text) | context_document()
    nquads = str(jsonld.to_rdf(document, {"format": "application/n-quads"}))
    read = Graph().parse(data=nquads, format="nt")
    assert to_isomorphic(read) == to_isomorphic(Graph().parse(data=ask("/ontology.nt").text, format="nt"))


def test_jsonld_is_a_tree_from_the_thing(ask: Ask) -> None:
    document = ask("/person/shi.jsonld?_profile=plain").json()
    assert document["@context"] == "http://zhiguan.test/context.jsonld"
    person = document["@graph"][0] if "@graph" in document else document
    assert person["id"] == BASE + "person/shi"
    assert person["type"] == "Person"
    assert person["prefLabel"] == {"zh-hans": "石大川"}
    tenure = person["@reverse"]["member"]
    assert tenure[0]["post"]["prefLabel"] == {"zh-hans": "书记"}


def test_values_that_a_context_would_change() -> None:
    """A term's coercion must not touch values of another kind."""
    thing, xsd = ox.NamedNode("https://a.example/1"), "http://www.w3.org/2001/XMLSchema#"
    values: list[ox.Literal | ox.NamedNode] = [
        ox.Literal("12", datatype=ox.NamedNode(xsd + "integer")),
        ox.Literal("012", datatype=ox.NamedNode(xsd + "integer")),
        ox.Literal("plain"),
        ox.Literal("true", datatype=ox.NamedNode(xsd + "boolean")),
        ox.Literal("1", datatype=ox.NamedNode(xsd + "boolean")),
        ox.Literal("2024-05", datatype=ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")),
        ox.Literal("词", language="zh"),
        ox.NamedNode("https://a.example/2"),
        ox.NamedNode("urn:x:1"),
    ]
    for term in context_terms().values():
        triples = [ox.Triple(thing, ox.NamedNode(term.iri), value) for value in values]
        written = write_jsonld(triples, context_document()["@context"], thing.value).decode()
        expected = _triples(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        options = {"format": "application/n-quads"}
        assert _triples(str(jsonld.to_rdf(json.loads(written), options)).encode()) == expected


def test_the_context_is_served(ask: Ask) -> None:
    answer = ask("/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    context = answer.json()["@context"]
    assert context["post"] == {"@id": ZG + "post", "@type": "@id"}
    assert context["Tenure"] == ZG + "Tenure"
    assert context["prefLabel"]["@container"] == "@language"
    own = {term.iri for term in context_terms().values() if term.iri.startswith(ZG)}
    defined = {
        str(quad.subject.value)
        for quad in ox.parse(ask("/ontology.nt").content, ox.RdfFormat.N_TRIPLES)
        if isinstance(quad.subject, ox.NamedNode)
        and "#" in quad.subject.value
        and quad.object
        in {
            ox.NamedNode("http://www.w3.org/2002/07/owl#" + kind)
            for kind in ("Class", "ObjectProperty", "DatatypeProperty")
        }
    }
    assert own == defined


@pytest.mark.parametrize(
    ("options", "token"),
    [
        ({}, "evidence"),
        ({"headers": {"Accept-Profile": "<https://w3id.org/zhiguan/profile/plain>"}}, "plain"),
        ({"headers": {"Accept-Profile": "plain"}}, "plain"),
        ({"headers": {"Accept-Profile": "<http://unknown.example/>, plain;q=0.1"}}, "plain"),
        ({"headers": {"Accept-Profile": "plain;q=0.4, <https://schema.org/>;q=0.7"}}, "schema"),
        ({"headers": {"Accept-Profile": "<http://unknown.example/>"}}, "evidence"),
        ({"headers": {"Accept-Profile": "plain;q=0"}}, "evidence"),
        ({"headers": {"Accept-Profile": '<<;;,"=q'}}, "evidence"),
        ({"params": {"_profile": "schema"}, "headers": {"Accept-Profile": "plain"}}, "schema"),
        ({"params": {"_profile": "https://schema.org"}}, "schema"),
        ({"params": {"_profile": "alt"}}, "alt"),
    ],
)
def test_profiles(ask: Ask, options: dict[str, Any], token: str) -> None:
    headers = {"Accept": "text/turtle"} | options.get("headers", {})
    answer = ask("/person/shi", params=options.get("params"), headers=headers)
    assert answer.status_code == 200
    links = read_links(answer.headers["link"])
    tokens = {attributes["anchor"]: attributes["token"] for _, attributes in links["type"]}
    ((profile, _),) = links["profile"]
    assert tokens[profile] == token
    assert answer.headers["content-profile"] == f"<{profile}>"
    assert "Accept-Profile" in answer.headers["vary"]
    text = answer.text
    assert ("attests" in text) == (token == "evidence")
    assert ("schema:Person" in text) == (token == "schema")
    assert ("hasRepresentation" in text) == (token == "alt")


def test_unknown_profiles_and_media_types(ask: Ask) -> None:
    assert ask("/person/shi?_profile=nothing").status_code == 400
    assert ask("/graph/qs-001?_profile=schema").status_code == 400
    assert ask("/person/shi?_mediatype=image/png").status_code == 400
    assert ask("/person/shi?_mediatype=application/ld%2Bjson").headers["content-type"] == "application/ld+json"
    assert ask("/person/shi.ttl?_mediatype=text/html").headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize("path", [*THINGS, "/graph/qs-001", "/ontology", "/vocabulary/role-chair"])
def test_every_linked_representation_is_there(ask: Ask, path: str) -> None:
    for profile in ("", "?_profile=alt"):
        answer = ask(path + profile, headers={"Accept": "text/turtle"})
        links = read_links(answer.headers["link"])
        assert links["canonical"][0][0] == BASE + path[1:]
        for target, attributes in links["alternate"]:
            found = ask(target, headers={"Accept": attributes["type"]})
            assert found.status_code in {200, 303}
            if found.status_code == 200:
                assert found.headers["content-type"].partition(";")[0] == attributes["type"]


def test_the_list_of_representations(ask: Ask) -> None:
    graph = Graph().parse(data=ask("/person/shi?_profile=alt&_mediatype=text/turtle").text, format="turtle")
    rows = list(
        graph.query(
            "PREFIX altr: <http://www.w3.org/ns/dx/connegp/altr#> PREFIX dct: <http://purl.org/dc/terms/>"
            " SELECT ?media ?profile ?at { <" + BASE + "person/shi> altr:hasRepresentation"
            " [ dct:format ?media ; dct:conformsTo ?profile ; dct:source ?at ] }"
        )
    )
    assert len(rows) > 15
    for media, profile, address in rows:  # type: ignore[misc]
        found = ask(str(address).removeprefix("http://zhiguan.test"))
        assert found.headers["content-type"].partition(";")[0] == str(media)
        assert found.headers["content-profile"] == f"<{profile}>"
    page = ask("/person/shi?_profile=alt", headers={"Accept": "text/html"}).text
    assert 'href="/person/shi.jsonld?_profile=schema"' in page


def test_content_location_gives_the_same_again(ask: Ask) -> None:
    for query in ("", "?_profile=plain", "?_profile=schema"):
        first = ask("/person/shi" + query, headers={"Accept": "application/n-triples"})
        again = ask(first.headers["content-location"])
        assert _triples(again.content) == _triples(first.content)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A division that many things point to."""
    name = ox.NamedNode(BASE + "graph/hub")
    division, spatial = ox.NamedNode(BASE + "division/1"), ox.NamedNode("http://purl.org/dc/terms/spatial")
    bodies = [ox.NamedNode(f"{BASE}body/{number:04}") for number in range(2 * INVERSE_LINKS + 50)]
    quads = [ox.Quad(body, spatial, division, name) for body in bodies]
    quads.append(
        ox.Quad(division, ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), ox.Literal("x"), name)
    )
    path = tmp_path_factory.mktemp("hub") / "store"
    with Store.open(path) as store:
        store.replace_graph(name.value, (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode())
    return asker(create_app(Store.open(path, read_only=True), base=BASE))


def test_inverse_links_come_in_pages(hub: Ask) -> None:
    address, seen, pages = "/division/1", [], 0
    while address:
        answer = hub(address, headers={"Accept": "text/turtle"})
        graph = Graph().parse(data=answer.text, format="turtle")
        links = read_links(answer.headers["link"])
        address = links["next"][0][0] if "next" in links else ""
        hydra = "http://www.w3.org/ns/hydra/core#next"
        following = [str(o) for _, p, o in graph if str(p) == hydra]
        assert following == (["http://zhiguan.test" + address] if address else [])
        seen += [str(s) for s, p, _ in graph if str(p).endswith("spatial")]
        pages += 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == 2 * INVERSE_LINKS + 50
    assert hub("/division/1.ttl?page=4").status_code == 404
    assert hub("/division/1.ttl?page=99999999999999999999").status_code == 400


def test_removed_articles_are_gone(tmp_path: Path) -> None:
    quads = [q for q in ox.parse(sample_trig(), ox.RdfFormat.TRIG) if str(q.graph_name).endswith(ARTICLE + ">")]
    nquads = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()
    loaded = Loaded(article=ARTICLE, content_digest="1", loader="1", ontology="1", text=TEXT, nquads=nquads)
    with Store.open(tmp_path / "store") as store:
        store.commit([loaded])
        ask = asker(create_app(Still(store), base=BASE))
        assert ask(f"/article/{ARTICLE}").status_code == 200
        store.remove_article(ARTICLE)
        for path in (f"/article/{ARTICLE}", f"/article/{ARTICLE}.ttl", f"/graph/{ARTICLE}"):
            assert ask(path).status_code == 410
        assert ask("/article/never").status_code == 404
        store.commit([loaded])
        assert ask(f"/article/{ARTICLE}").status_code == 200


def test_links_cannot_be_broken_out_of() -> None:
    hostile = 'https://a.example/x>; rel="next"\r\nSet-Cookie: a=b'
    written = link(hostile, "canonical", title='"\r\n')
    assert "\r" not in written
    assert "\n" not in written
    assert written.count(">") == 1
    assert written.isascii()


def test_embedded_jsonld_cannot_end_its_script(store: Store) -> None:
    """The second article's title is hostile."""
    text = embedded_jsonld(Still(store), BASE + "article/qs-002", "article")
    assert "<" not in text
    assert "&" not in text
    assert json.loads(text)["headline"] == "石大川调研青山中学 <script>alert(1)</script>"
    assert embedded_jsonld(Still(store), BASE + "tenure/bai", "tenure") == ""


def _own(store: Store) -> set[str]:
    """Every IRI of ours that the store or a document of the ontology speaks of, without its fragment."""
    quads = [(q["g"], q["s"], q["p"], q["o"]) for q in store.query("SELECT * { GRAPH ?g { ?s ?p ?o } }", trusted=True)]  # type: ignore[union-attr]
    for name in ("zhiguan.ttl", "shapes.ttl"):
        found = ox.parse(resources.read_ontology(name), ox.RdfFormat.TURTLE)
        quads += [(quad.graph_name, quad.subject, quad.predicate, quad.object) for quad in found]
    iris = {term.value.partition("#")[0] for quad in quads for term in quad if isinstance(term, ox.NamedNode)}
    return {iri for iri in iris if iri.startswith(BASE)}


@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_every_iri_of_ours_is_described(ask: Ask, store: Store, accept: str) -> None:
    concepts = sorted(iri for iri in _own(store) if "/vocabulary/" in iri)
    others = sorted(_own(store) - set(concepts))
    assert len(others) > 90
    for iri in others + concepts[::25]:
        answer = ask("/" + iri.removeprefix(BASE), headers={"Accept": accept})
        assert answer.status_code in {200, 303}, iri
        if answer.status_code == 303:
            assert ask(answer.headers["location"], headers={"Accept": accept}).status_code in {200, 303, 400}, iri


@pytest.mark.parametrize("path", ["/query/holders", "/profile/plain", "/shapes"])
@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_what_stands_outside_the_store(ask: Ask, path: str, suffix: str) -> None:
    by_suffix = ask(f"{path}.{suffix}")
    media = by_suffix.headers["content-type"].partition(";")[0]
    assert ask(path, headers={"Accept": media}).content == by_suffix.content
    assert ask(f"{path}.png").status_code == 404
    assert ask(path + "x.ttl").status_code == 404


def test_a_named_query_gives_its_text(ask: Ask) -> None:
    text = ask("/query/holders.rq").text
    assert ask("/query/holders", headers={"Accept": "application/sparql-query"}).text == text
    assert "SELECT" in text


def test_the_base_is_the_catalogue(ask: Ask) -> None:
    answer = ask("/", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/dataset")
    assert f"<{BASE}> " in ask("/dataset.nt").text
    assert ask("/", headers={"Accept": "*/*"}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "meant"), [("/dumps", "/dumps/"), ("/reference", "/reference/"), ("/queries", "/sparql")]
)
def test_addresses_that_people_type_lead_on(ask: Ask, typed: str, meant: str) -> None:
    answer = ask(typed)
    assert (answer.status_code, answer.headers["location"]) == (303, meant)
