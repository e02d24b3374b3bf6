"""Runs the tests of a W3C manifest over HTTP: their requests in order, and what the answers have that they should not.

https://github.com/w3c/rdf-tests/tree/main/sparql/sparql11
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from rdflib import RDF, Graph, Namespace, Node, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from .served import AUTHORISED

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
_FAMILIES = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


def require_suite() -> None:
    """Skip without the suite, but fail where everything has to be there."""
    if SUITE.is_dir():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"the W3C test suite is not at {SUITE}")
    pytest.skip("the W3C test suite is not here", allow_module_level=True)


@dataclass(frozen=True)
class Manifest:
    """The tests of one file."""

    graph: Graph

    @classmethod
    def read(cls, path: str) -> "Manifest":
        return cls(Graph().parse(SUITE / path, publicID=f"http://suite.example/{path}"))

    def names(self) -> list[str]:
        manifest = self.graph.value(None, RDF.type, MF.Manifest)
        return [str(test).rpartition("#")[2] for test in self.items(manifest, MF.entries)]

    def test(self, name: str) -> Node:
        return next(each for each in set(self.graph.subjects(MF.name)) if str(each).endswith(f"#{name}"))

    def text(self, node: Node | None, name: URIRef) -> str | None:
        value = self.graph.value(node, name) if node is not None else None
        return None if value is None else str(value)

    def items(self, node: Node | None, name: URIRef) -> Iterator[Node]:
        listed = self.graph.value(node, name) if node is not None else None
        if listed is not None:
            yield from Collection(self.graph, listed)

    def headers(self, node: Node | None) -> dict[str, str]:
        listed = self.items(node, HT.headers)
        return {str(self.text(each, HT.fieldName)): str(self.text(each, HT.fieldValue)) for each in listed}

    def body(self, node: Node | None) -> bytes | None:
        body = self.graph.value(node, HT.body) if node is not None else None
        text = self.text(body, CNT.chars)
        return None if text is None else text.encode(self.text(body, CNT.characterEncoding) or "UTF-8")


@dataclass
class Run:
    """One test against the server at `url`; `paths` maps the suite's paths to the server's."""

    manifest: Manifest
    url: str
    paths: tuple[str, str]
    location: str = ""

    def faults(self, name: str) -> list[str]:
        """What is wrong with the answers, none where the test passes."""
        action = self.manifest.graph.value(self.manifest.test(name), MF.action)
        requests = list(self.manifest.items(action, HT.requests))
        assert requests
        return [fault for request in requests for fault in self._faults(request, self._send(request))]

    def _send(self, request: Node) -> httpx.Response:
        path = str(self.manifest.text(request, HT.absolutePath)).replace(*self.paths, 1)
        method = str(self.manifest.text(request, HT.methodName))
        return httpx.request(
            method,
            self.url + path.replace("$LOCATION$", self.location),
            headers={**self.manifest.headers(request), **AUTHORISED},
            content=self.manifest.body(request),
            timeout=60,
        )

    def _faults(self, request: Node, answer: httpx.Response) -> Iterator[str]:
        expected = self.manifest.graph.value(request, HT.resp)
        if not self._status_fits(expected, answer.status_code):
            yield f"status {answer.status_code}: {answer.text}"
            return
        if self.manifest.text(expected, MF.expectedLocation):
            self.location = answer.headers["location"]
        wanted = self.manifest.graph.value(expected, MF.expectedBoolean)
        if wanted is not None and answer.json()["boolean"] is not bool(wanted.toPython()):  # type: ignore[attr-defined]
            yield f"answered {answer.text}"
        yield from self._form_faults(expected, answer)
        yield from self._body_faults(expected, answer)

    def _status_fits(self, expected: Node | None, status: int) -> bool:
        names = [str(each).rpartition("#")[2] for each in self.manifest.graph.objects(expected, MF.expectedStatus)]
        exact = {_FAMILIES[each] for each in names if each in _FAMILIES}
        families = {each.removeprefix("StatusCode")[0] for each in names if each.startswith("StatusCode")}
        return str(status) in exact or str(status)[0] in families

    def _form_faults(self, expected: Node | None, answer: httpx.Response) -> Iterator[str]:
        kind, media = self.manifest.text(expected, MF.expectedFormat), answer.headers.get("content-type", "")
        right = {"RDF": ("turtle", "rdf+xml", "n-triples", "ld+json")}.get(
            kind or "", ("sparql-results", "csv", "tab-")
        )
        if kind and not any(word in media for word in right):
            yield f"format {media}"
        for name, value in self.manifest.headers(expected).items():
            if answer.headers.get(name) != value:
                yield f"{name}: {answer.headers.get(name)}"

    def _body_faults(self, expected: Node | None, answer: httpx.Response) -> Iterator[str]:
        body = self.manifest.body(expected)
        if body is None:
            return
        got, wanted = Graph().parse(data=answer.content, format="turtle"), Graph().parse(data=body, format="turtle")
        if not isomorphic(got, wanted):
            yield f"answered {answer.text}"
