"""HTML from templates: words in the reader's language, links to this server, everything escaped by Jinja."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from urllib.parse import urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from zhiguan.serve.engine.backend import Term
from zhiguan.serve.http.addresses import Addresses, abridge, shorten
from zhiguan.serve.http.negotiate import choose_language
from zhiguan.serve.pages.assets import address
from zhiguan.serve.pages.words import fill_word, find_word, word


def _source(name: str) -> str:
    return (files("zhiguan.serve.pages") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def page_language(request: Request) -> str:
    """The language of the answer: `?lang=`, else Accept-Language."""
    return choose_language(request.headers.get("accept-language"), request.query_params.get("lang"))


@dataclass(frozen=True, slots=True)
class Links:
    """Links of one page; they keep a language that the reader chose by hand."""

    addresses: Addresses
    chosen: str | None

    def local(self, path: str, **query: object) -> str:
        """A path of this server with its parameters."""
        base, mark, fragment = path.partition("#")
        values = {**query, **({"lang": self.chosen} if self.chosen else {})}
        return base + ("?" + urlencode(values) if values else "") + mark + fragment

    def entity(self, iri: str) -> str | None:
        """Where the IRI is described: here for ours, at its own address otherwise; None for no web address."""
        path = self.addresses.path(iri)
        return self.addresses.href(iri) if path is None else self.local(path)

    def section(self, iri: str, name: str) -> str | None:
        """Where a list of a thing's page stands by itself."""
        path = self.addresses.path(iri)
        return None if path is None else self.local(path, section=name)

    def quote(self, article: str, anchor: str) -> str | None:
        """Where the quote of that anchor stands in the article's text."""
        path = self.addresses.path(article)
        return None if path is None else self.local(f"{path}#{anchor}", q=anchor)


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders the templates of one application; `title` is its name in the page's head."""

    addresses: Addresses
    title: str
    concepts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def concept(self, iri: str, language: str) -> str | None:
        """Label of a term of the ontology or the vocabulary, from its graph, else from the page's words."""
        labels = self.concepts.get(iri, {})
        return labels.get(language) or find_word(shorten(iri), language) or labels.get("en") or labels.get("zh")

    def show(self, term: Term, language: str) -> str:
        """A term's own words: a literal's value, an IRI's known label or short form."""
        if term.kind != "uri":
            return term.value
        return self.concept(term.value, language) or abridge(term.value)

    def links(self, request: Request) -> Links:
        chosen = request.query_params.get("lang")
        return Links(self.addresses, chosen if chosen in {"zh", "en"} else None)

    def respond(
        self,
        request: Request,
        template: str,
        values: Mapping[str, object],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """The page as an answer that says on which headers it depends."""
        language = page_language(request)
        links = self.links(request)
        asked = [(key, value) for key, value in request.query_params.multi_items() if key not in {"lang", "format"}]
        shared: dict[str, object] = {
            "lang": language,
            "page_lang": "zh-Hans" if language == "zh" else language,
            "site": self.title,
            # a page asks for the same words and links hundreds of times
            "t": cache(lambda key: word(key, language)),
            "fill": lambda key, **values: fill_word(key, language, **values),
            "find_word": cache(lambda key: find_word(key, language)),
            "concept": cache(lambda iri: self.concept(iri, language)),
            "show": lambda term: self.show(term, language),
            "short": cache(shorten),
            "asset": address,
            "link": links.local,
            "entity": cache(links.entity),
            "link_section": links.section,
            "quote_link": links.quote,
            "other_language": "?" + urlencode([*asked, ("lang", "zh" if language == "en" else "en")]),
            "lang_chosen": links.chosen,
            "in_format": lambda name: "?" + urlencode([*asked, ("format", name)]),
        }
        html = _environment().get_template(template).render({**shared, **values})
        vary = {"Vary": "Accept, Accept-Language", "Content-Language": language}
        return HTMLResponse(html, status, {**vary, **(headers or {})})
