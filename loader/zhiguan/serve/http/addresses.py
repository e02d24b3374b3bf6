"""Where an IRI of the data lies on this server, and which IRIs a path of this server may name."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

ONTOLOGY_BASE = "https://w3id.org/zhiguan/"
"""The ontology's and the vocabulary's own base: fixed, whatever the base of the data."""
PREFIXES = {
    "zg": ONTOLOGY_BASE + "ontology#",
    "zgv": ONTOLOGY_BASE + "vocabulary/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "cv": "http://data.europa.eu/m8g/",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}


SHOWN = 48
"""Characters of an IRI that a page shows; a longer one loses its middle."""


def abridge(iri: str) -> str:
    """The IRI as a page shows it where it has no name: prefixed or without our base, and not too long."""
    text = shorten(iri).removeprefix(ONTOLOGY_BASE)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 13]}…{text[-12:]}"


def shorten(iri: str) -> str:
    """`prefix:name` where a prefix fits, else the IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@dataclass(frozen=True, slots=True)
class Addresses:
    """`base` is the IRI that data IRIs begin with; it stands for the server's root."""

    base: str

    def path(self, iri: str) -> str | None:
        """The path that describes an IRI of ours; None for the rest of the web."""
        for base in (self.base, ONTOLOGY_BASE):
            if iri.startswith(base) and len(iri) > len(base):
                return "/" + iri.removeprefix(base)
        return None

    def href(self, iri: str) -> str | None:
        """What a page may link to for an IRI: our path, the address itself if it is of the web, else nothing."""
        path = self.path(iri)
        if path is not None:
            return path
        return iri if iri.startswith(("http://", "https://")) else None

    def candidates(self, path: str) -> tuple[str, ...]:
        """The IRIs that a path may stand for, likeliest first."""
        rest = path.removeprefix("/")
        return tuple(dict.fromkeys((self.base + rest, ONTOLOGY_BASE + rest)))

    def kind(self, iri: str) -> str:
        """First step of a data IRI's path (`person`, `meeting`); empty for other IRIs."""
        path = self.path(iri) or "/"
        return path.split("/")[1].partition("#")[0]


def request_path(request: Request) -> str:
    """The path as it was sent, its percent-encoding kept: IRIs are compared as they are written."""
    raw = request.scope.get("raw_path")
    if isinstance(raw, bytes):
        return raw.partition(b"?")[0].decode("latin-1")
    return quote(request.url.path, safe="/:@!$&'()*+,;=-._~")


def public_root(request: Request, public_url: str | None) -> str:
    """Address of the server as its clients see it, with a slash at the end."""
    root = public_url or f"{request.url.scheme}://{request.url.netloc}"
    return root.rstrip("/") + "/"
